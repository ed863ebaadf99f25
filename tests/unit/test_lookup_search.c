/* SPDX-License-Identifier: MIT */
/* lookup along the search list, and with what is known. */
#include "unit.h"

#include <asyncdns/host_entry.h>

#include "address_sorter.h"
#include "answer_cache.h"
#include "clock.h"
#include "inquiry.h"
#include "lookup.h"
#include "replies.h"
#include "rooms.h"
#include "search_list.h"
#include "wire.h"

#define NEVER 30000 /* longer than any of these lookups takes */

static struct wire wire;
static struct address_sorter *sorter;

/* One who looks a name up; on the loop's thread. */
static struct {
	const char *name;
	const char *reverse_name;
	int family;
	bool skips_cache;
	struct search_list *search;
	struct lookup *lookup;
	DnsStatus status;
	DnsHostEntry *entry;
	DnsReport *report;
} owner;

static struct tally done = TALLY_INITIALIZER;

static void
on_done(void *unused, struct outcome *outcome)
{
	(void)unused;
	ck_assert_ptr_nonnull(owner.lookup);
	owner.lookup = NULL;
	owner.status = outcome->status;
	owner.entry = outcome->entry;
	DnsReportRelease(owner.report);
	owner.report = outcome->report;
	tally_add(&done);
}

static void
start(void *unused)
{
	struct lookup_request request = { .loop = wire.loop,
					  .desk = wire.desk,
					  .search = owner.search,
					  .name = owner.name,
					  .reverse_name = owner.reverse_name,
					  .skips_cache = owner.skips_cache,
					  .family = owner.family,
					  .order = ADDRESS_ORDER_AS_RECEIVED,
					  .sorter = sorter,
					  .grace = NEVER,
					  .on_done = on_done };

	(void)unused;
	owner.lookup = lookup_start(&request);
	ck_assert_ptr_nonnull(owner.lookup);
}

static void
abandon(void *unused)
{
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_CANCELLED);

	(void)unused;
	lookup_abandon(owner.lookup, &outcome);
	outcome_clear(&outcome);
	owner.lookup = NULL;
}

static void
expire(void *unused)
{
	(void)unused;
	lookup_expire(owner.lookup);
	ck_assert_ptr_null(owner.lookup);
}

static DnsStatus
look_up(const char *name)
{
	unsigned int before = tally_get(&done);

	DnsHostEntryRelease(owner.entry);
	owner.name = name;
	wire_run(&wire, start, NULL);
	tally_await(&done, before + 1);
	return owner.status;
}

static void
set_up(void)
{
	static const char *const suffixes[] = { "x.test", "test", "y.test" };

	owner.search = search_list_create(suffixes, 3, 1);
	sorter = address_sorter_create("/dev/null");
	ck_assert(owner.search != NULL && sorter != NULL);
	wire_open(&wire);
	wire_open_desk(&wire, answer_cache_create(100));
	dns_server_add_address(wire.server, "both.test", "192.0.2.1", 300);
	dns_server_add_address(wire.server, "both.test", "2001:db8::1", 200);
	dns_server_add_name(wire.server, "nothing.test");
}

static void
tear_down(void)
{
	DnsHostEntryRelease(owner.entry);
	DnsReportRelease(owner.report);
	wire_close(&wire);
	answer_cache_free(wire.cache);
	ck_assert_uint_eq(atomic_load(&owner.search->references), 1);
	search_list_release(owner.search);
	address_sorter_free(sorter);
}

static void
expect_addresses(size_t ipv4_count, size_t ipv6_count)
{
	size_t i;

	ck_assert_uint_eq(DnsHostEntryGetAddressCount(owner.entry), ipv4_count + ipv6_count);
	for (i = 0; i < ipv4_count + ipv6_count; i++)
		ck_assert_int_eq(DnsHostEntryGetAddress(owner.entry, i, NULL)->sa_family,
				 i < ipv4_count ? AF_INET : AF_INET6);
}

static void
expect_step(size_t step, const char *name, DnsStatus status)
{
	ck_assert_str_eq(DnsReportGetStepName(owner.report, step), name);
	ck_assert_int_eq(DnsReportGetStepStatus(owner.report, step), status);
}

static unsigned int
count_questions(const char *name)
{
	return dns_server_count_questions(wire.server, name, 0);
}

START_TEST(both_families_at_each_step)
{
	ck_assert_int_eq(look_up("both"), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_str_eq(DnsHostEntryGetName(owner.entry), "both.test");
	ck_assert_uint_eq(count_questions("both.x.test"), 2);
	ck_assert_uint_eq(count_questions("both.test"), 2);
	ck_assert_uint_eq(count_questions(NULL), 4);
	ck_assert_uint_eq(DnsReportGetStepCount(owner.report), 2);
	expect_step(0, "both.x.test", DNS_STATUS_HOST_NOT_FOUND);
	expect_step(1, "both.test", DNS_STATUS_OK);
	ck_assert_uint_eq(DnsReportGetTryCount(owner.report), 4);
}
END_TEST

START_TEST(only_one_family_at_each_step)
{
	owner.family = _i == 0 ? AF_INET : AF_INET6;
	ck_assert_int_eq(look_up("both"), DNS_STATUS_OK);
	expect_addresses(_i == 0 ? 1 : 0, _i == 0 ? 0 : 1);
	ck_assert_uint_eq(count_questions(NULL), 2);
}
END_TEST

START_TEST(what_exists_ends_the_search)
{
	ck_assert_int_eq(look_up("nothing"), DNS_STATUS_NO_DATA);
	ck_assert_uint_eq(DnsReportGetStepCount(owner.report), 2);
	expect_step(1, "nothing.test", DNS_STATUS_NO_DATA);
	ck_assert_uint_eq(count_questions("nothing.y.test"), 0);
	/* As it is first, since it has a dot. */
	ck_assert_int_eq(look_up("both.test"), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsReportGetStepCount(owner.report), 1);
}
END_TEST

START_TEST(in_vain_all_are_asked)
{
	if (_i == 1)
		dns_server_set_rcode(wire.server, "missing.test", 0, RCODE_SERVFAIL);
	ck_assert_int_eq(look_up("missing"),
			 _i == 0 ? DNS_STATUS_HOST_NOT_FOUND : DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(DnsReportGetStepCount(owner.report), 4);
	expect_step(0, "missing.x.test", DNS_STATUS_HOST_NOT_FOUND);
	expect_step(1, "missing.test",
		    _i == 0 ? DNS_STATUS_HOST_NOT_FOUND : DNS_STATUS_TRY_AGAIN);
	expect_step(3, "missing", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count_questions(NULL), 8);
}
END_TEST

/* One question of the second step is open: its time is over, and that of the others. */
START_TEST(expired_it_goes_no_further)
{
	dns_server_misbehave(wire.server, "missing.test", WIRE_AAAA, ANSWER_DROPPED);
	owner.name = "missing";
	wire_run(&wire, start, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "missing.test", 0, 2));
	wire_await(&wire, &wire.counts.in_flight, 1);
	wire_run(&wire, expire, NULL);
	ck_assert_int_eq(owner.status, DNS_STATUS_TIMED_OUT);
	ck_assert_uint_eq(DnsReportGetStepCount(owner.report), 2);
	ck_assert_uint_eq(count_questions("missing.y.test"), 0);
	ck_assert_uint_eq(DnsReportGetTryCount(owner.report), 4);
}
END_TEST

START_TEST(abandoned_on_its_way)
{
	dns_server_hold(wire.server, "both.test");
	owner.name = "both";
	wire_run(&wire, start, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "both.test", 0, 2));
	wire_run(&wire, abandon, NULL);
	dns_server_release(wire.server, "both.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&done), 0);
}
END_TEST

/* ---- What is known ---- */

static void
keep_pointer(void)
{
	static const uint8_t target[] = "\4both\4test";
	static struct packet packet;
	struct answer *answer;

	packet_begin(&packet, REPLIES_NOERROR, owner.reverse_name, 12);
	packet_add_record(&packet, owner.reverse_name, 12, 300, target, sizeof target);
	answer = replies_take(&packet, clock_now());
	answer_cache_store(wire.cache, owner.reverse_name, 12, answer, clock_now());
	answer_release(answer);
}

START_TEST(what_is_known_is_not_asked_unless_it_is_to_be)
{
	ck_assert_int_eq(look_up("both"), DNS_STATUS_OK);
	ck_assert_int_eq(look_up("both"), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_uint_eq(count_questions(NULL), 4);
	ck_assert_int_eq(DnsReportGetSource(owner.report), DNS_SOURCE_CACHE);
	ck_assert_uint_eq(DnsReportGetTryCount(owner.report), 0);
	owner.skips_cache = true;
	ck_assert_int_eq(look_up("both"), DNS_STATUS_OK);
	ck_assert_uint_eq(count_questions("both.x.test"), 4);
	ck_assert_uint_eq(count_questions("both.test"), 4);
	ck_assert_int_eq(DnsReportGetSource(owner.report), DNS_SOURCE_SERVER);
}
END_TEST

/* The pointer is known, what it leads to is not; then neither is wanted. */
START_TEST(backwards_it_uses_and_skips_what_is_known)
{
	owner.reverse_name = "1.2.0.192.in-addr.arpa";
	keep_pointer();
	ck_assert_int_eq(look_up(NULL), DNS_STATUS_OK);
	expect_addresses(1, 1);
	ck_assert_uint_eq(count_questions(NULL), 2);
	owner.skips_cache = true;
	ck_assert_int_eq(look_up(NULL), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(count_questions(owner.reverse_name), 1);
}
END_TEST

void
lookup_search_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, both_families_at_each_step);
	tcase_add_loop_test(tests, only_one_family_at_each_step, 0, 2);
	tcase_add_test(tests, what_exists_ends_the_search);
	tcase_add_loop_test(tests, in_vain_all_are_asked, 0, 2);
	tcase_add_test(tests, expired_it_goes_no_further);
	tcase_add_test(tests, abandoned_on_its_way);
	tcase_add_test(tests, what_is_known_is_not_asked_unless_it_is_to_be);
	tcase_add_test(tests, backwards_it_uses_and_skips_what_is_known);
}
