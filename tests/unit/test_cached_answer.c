/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "cached_answer.h"
#include "clock.h"
#include "kept.h"
#include "rooms.h"
#include "search_list.h"

static struct outcome outcome;
static struct packet packet;

static struct cached_request request;

static void
set_up_cache(void)
{
	static const char *const suffixes[] = { "x.test", "test" };

	kept.now = clock_now();
	kept.cache = answer_cache_create(100);
	request = (struct cached_request){ .cache = kept.cache,
					   .now = kept.now,
					   .begun = clock_microseconds(),
					   .name = "both",
					   .search = search_list_create(suffixes, 2, 1),
					   .family = AF_UNSPEC };
	ck_assert(kept.cache != NULL && request.search != NULL);
	keep_no_name("both.x.test");
	keep_both("both.test");
}

static void
tear_down_cache(void)
{
	outcome_clear(&outcome);
	ck_assert_uint_eq(atomic_load(&request.search->references), 1);
	search_list_release(request.search);
	answer_cache_free(kept.cache);
}

static bool
find(void)
{
	bool is_known;

	outcome_clear(&outcome);
	is_known = cached_answer_find(&request, &outcome);
	if (is_known)
		ck_assert_int_eq(DnsReportGetSource(outcome.report), DNS_SOURCE_CACHE);
	else
		ck_assert(outcome.entry == NULL && outcome.report == NULL);
	return is_known;
}

static void
expect_step(size_t step, const char *name, DnsStatus status)
{
	ck_assert_str_eq(DnsReportGetStepName(outcome.report, step), name);
	ck_assert_int_eq(DnsReportGetStepStatus(outcome.report, step), status);
}

START_TEST(it_goes_along_the_search_list)
{
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(outcome.entry), "both.test");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 2);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(outcome.entry), 200);
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), 2);
	expect_step(0, "both.x.test", DNS_STATUS_HOST_NOT_FOUND);
	expect_step(1, "both.test", DNS_STATUS_OK);
	ck_assert_uint_eq(DnsReportGetTryCount(outcome.report), 0);
	request.name = "both.test";
	request.is_absolute = true;
	ck_assert(find());
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), 1);
}
END_TEST

/* At whichever step, of whichever family. */
START_TEST(all_has_to_be_known)
{
	static const char *const names[] = { "both.x.test", "both.test" };

	/* What has no time to live replaces what was known, and is not kept. */
	keep_address(names[_i / 2], _i % 2 == 0 ? A : AAAA,
		     _i % 2 == 0 ? "192.0.2.9" : "2001:db8::9", 0, 0);
	ck_assert(!find());
}
END_TEST

START_TEST(it_is_known_until_the_first_is_over)
{
	request.now = kept.now + 199 * 1000;
	ck_assert(find());
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(outcome.entry), 1);
	request.now = kept.now + 200 * 1000;
	ck_assert(!find());
}
END_TEST

START_TEST(one_family_needs_no_other)
{
	answer_cache_flush(kept.cache);
	keep_address("both.test", _i == 0 ? A : AAAA,
		     _i == 0 ? "192.0.2.1" : "2001:db8::1", 300, 0);
	request.name = "both.test";
	ck_assert(!find());
	request.family = _i == 0 ? AF_INET6 : AF_INET;
	ck_assert(!find());
	request.family = _i == 0 ? AF_INET : AF_INET6;
	ck_assert(find());
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 1);
	ck_assert(!DnsHostEntryIsPartial(outcome.entry));
}
END_TEST

START_TEST(that_there_is_nothing_is_known_too)
{
	request.name = "nothing.test";
	request.is_absolute = true;
	keep_address("nothing.test", A, NULL, 300, 0);
	ck_assert(!find());
	keep_address("nothing.test", AAAA, NULL, 300, 0);
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_NO_DATA);
	expect_step(0, "nothing.test", DNS_STATUS_NO_DATA);
	request.name = "both.x.test";
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(a_failure_is_not_known)
{
	request.name = "failing.test";
	request.is_absolute = true;
	keep("failing.test", A, replies_failure(DNS_STATUS_TRY_AGAIN));
	keep("failing.test", AAAA, replies_failure(DNS_STATUS_TRY_AGAIN));
	ck_assert(!find());
}
END_TEST

START_TEST(backwards_both_have_to_be_known)
{
	request.reverse_name = REVERSE;
	request.name = NULL;
	ck_assert(!find());
	keep_pointer("Both.test", 30);
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 2);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(outcome.entry), 30);
	expect_step(0, REVERSE, DNS_STATUS_OK);
	expect_step(1, "both.test", DNS_STATUS_OK);
	keep_pointer("unknown.test", 30);
	ck_assert(!find());
}
END_TEST

START_TEST(backwards_there_may_be_no_name)
{
	request.reverse_name = REVERSE;
	packet_begin(&packet, REPLIES_NXDOMAIN, REVERSE, PTR);
	replies_add_soa(&packet, "192.in-addr.arpa", 300, 300);
	keep(REVERSE, PTR, replies_take(&packet, kept.now));
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(outcome.entry);
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), 1);
	expect_step(0, REVERSE, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(backwards_a_name_is_enough)
{
	request.reverse_name = REVERSE;
	keep_pointer(_i == 0 ? "both.x.test" : "localhost", 30);
	ck_assert(find());
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
	ck_assert_str_eq(DnsHostEntryGetName(outcome.entry),
			 _i == 0 ? "both.x.test" : "localhost");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(outcome.entry), 0);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(outcome.entry), 30);
	ck_assert(!DnsHostEntryIsPartial(outcome.entry));
	ck_assert_uint_eq(DnsReportGetStepCount(outcome.report), _i == 0 ? 2 : 1);
}
END_TEST

START_TEST(records_that_are_known)
{
	request.name = "both.test";
	ck_assert(!cached_answer_find_records(&request, MX, false, &outcome));
	ck_assert(outcome.records == NULL && outcome.report == NULL);
	ck_assert(cached_answer_find_records(&request, A, false, &outcome));
	ck_assert_int_eq(outcome.status, DNS_STATUS_OK);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(outcome.records), 200);
	ck_assert_ptr_eq(DnsRecordSetGetReport(outcome.records), outcome.report);
	ck_assert_int_eq(DnsReportGetSource(outcome.report), DNS_SOURCE_CACHE);
	expect_step(0, "both.test", DNS_STATUS_OK);
	outcome_clear(&outcome);
	request.name = "both.x.test";
	ck_assert(cached_answer_find_records(&request, A, _i == 1, &outcome));
	ck_assert_int_eq(outcome.status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(outcome.records != NULL, _i == 1);
	expect_step(0, "both.x.test", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

void
cached_answer_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up_cache, tear_down_cache);
	tcase_add_test(tests, it_goes_along_the_search_list);
	tcase_add_loop_test(tests, all_has_to_be_known, 0, 4);
	tcase_add_test(tests, it_is_known_until_the_first_is_over);
	tcase_add_loop_test(tests, one_family_needs_no_other, 0, 2);
	tcase_add_test(tests, that_there_is_nothing_is_known_too);
	tcase_add_test(tests, a_failure_is_not_known);
	tcase_add_test(tests, backwards_both_have_to_be_known);
	tcase_add_test(tests, backwards_there_may_be_no_name);
	tcase_add_loop_test(tests, backwards_a_name_is_enough, 0, 2);
	tcase_add_loop_test(tests, records_that_are_known, 0, 2);
}
