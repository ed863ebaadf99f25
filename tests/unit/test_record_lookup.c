/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "answer_cache.h"
#include "clock.h"
#include "record_lookup.h"
#include "replies.h"
#include "rooms.h"
#include "wire.h"

static struct wire wire;
static struct answer_cache *cache;

/* One who wants records; on the loop's thread. */
static struct {
	struct record_lookup_request request;
	struct record_lookup *lookup;
	struct outcome outcome;
} owner;

static struct tally done = TALLY_INITIALIZER;
static bool is_starting;

static void
on_done(void *data, struct outcome *outcome)
{
	ck_assert(loop_is_current(wire.loop));
	ck_assert(!is_starting);
	ck_assert_ptr_eq(data, &owner);
	ck_assert_ptr_nonnull(owner.lookup);
	ck_assert_ptr_null(outcome->entry);
	owner.lookup = NULL;
	outcome_clear(&owner.outcome);
	owner.outcome = *outcome;
	tally_add(&done);
}

static void
start(void *unused)
{
	(void)unused;
	owner.request.desk = wire.desk;
	owner.request.begun = clock_microseconds();
	owner.request.on_done = on_done;
	owner.request.owner = &owner;
	is_starting = true;
	owner.lookup = record_lookup_start(&owner.request);
	is_starting = false;
	ck_assert_ptr_nonnull(owner.lookup);
}

static void
expire(void *unused)
{
	(void)unused;
	record_lookup_expire(owner.lookup);
	ck_assert_ptr_null(owner.lookup);
}

static void
abandon(void *unused)
{
	(void)unused;
	outcome_clear(&owner.outcome);
	owner.outcome = OUTCOME_OF(DNS_STATUS_CANCELLED);
	record_lookup_abandon(owner.lookup, &owner.outcome);
	owner.lookup = NULL;
}

static DnsStatus
query(const char *name, int type)
{
	unsigned int before = tally_get(&done);

	owner.request.name = name;
	owner.request.type = type;
	wire_run(&wire, start, NULL);
	tally_await(&done, before + 1);
	return owner.outcome.status;
}

static void
set_up(void)
{
	cache = answer_cache_create(100);
	ck_assert_ptr_nonnull(cache);
	wire_open(&wire);
	wire_open_desk(&wire, cache);
	dns_server_add_address(wire.server, "a.test", "192.0.2.1", 300);
	dns_server_add_cname(wire.server, "alias.test", "a.test", 300);
}

static void
tear_down(void)
{
	outcome_clear(&owner.outcome);
	wire_close(&wire);
	answer_cache_free(cache);
}

static const DnsReport *
report(void)
{
	ck_assert_ptr_nonnull(owner.outcome.report);
	return owner.outcome.report;
}

static void
expect_step(const char *name, DnsStatus status)
{
	ck_assert_uint_eq(DnsReportGetStepCount(report()), 1);
	ck_assert_str_eq(DnsReportGetStepName(report(), 0), name);
	ck_assert_int_eq(DnsReportGetStepStatus(report(), 0), status);
}

static size_t
count_answers(void)
{
	return DnsRecordSetGetCount(owner.outcome.records, DNS_SECTION_ANSWER);
}

START_TEST(one_question_and_its_records)
{
	ck_assert_int_eq(query("alias.test", WIRE_A), DNS_STATUS_OK);
	ck_assert_uint_eq(count_answers(), 2);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 1);
	ck_assert_int_eq(DnsReportGetSource(report()), DNS_SOURCE_SERVER);
	ck_assert_str_eq(DnsReportGetServer(report()), dns_server_address(wire.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report()), 1);
	ck_assert_ptr_eq(DnsRecordSetGetReport(owner.outcome.records), owner.outcome.report);
	expect_step("alias.test", DNS_STATUS_OK);
}
END_TEST

START_TEST(without_records_there_is_a_status)
{
	ck_assert_int_eq(query("a.test", 15), DNS_STATUS_NO_DATA);
	expect_step("a.test", DNS_STATUS_NO_DATA);
	ck_assert_ptr_null(owner.outcome.records);
	ck_assert_int_eq(query("missing.test", WIRE_A), DNS_STATUS_HOST_NOT_FOUND);
	expect_step("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(DnsReportGetResponseCode(report()), RCODE_NXDOMAIN);
	ck_assert_ptr_null(owner.outcome.records);
	dns_server_set_rcode(wire.server, "a.test", 16, RCODE_SERVFAIL);
	ck_assert_int_eq(query("a.test", 16), DNS_STATUS_TRY_AGAIN);
	expect_step("a.test", DNS_STATUS_TRY_AGAIN);
	ck_assert_int_eq(DnsReportGetResponseCode(report()), RCODE_SERVFAIL);
	dns_server_misbehave(wire.server, "a.test", 2, ANSWER_MALFORMED);
	ck_assert_int_eq(query("a.test", 2), DNS_STATUS_NO_RECOVERY);
	ck_assert_ptr_null(owner.outcome.records);
}
END_TEST

START_TEST(whole_it_shows_that_there_is_nothing)
{
	owner.request.is_whole = true;
	ck_assert_int_eq(query("missing.test", WIRE_A), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_nonnull(owner.outcome.records);
	ck_assert_uint_eq(count_answers(), 0);
	ck_assert_uint_eq(DnsRecordSetGetCount(owner.outcome.records,
					       DNS_SECTION_AUTHORITY),
			  1);
	ck_assert_ptr_eq(DnsRecordSetGetReport(owner.outcome.records), owner.outcome.report);
}
END_TEST

START_TEST(what_is_known_is_not_asked_unless_it_is_to_be)
{
	ck_assert_int_eq(query("a.test", WIRE_A), DNS_STATUS_OK);
	ck_assert_int_eq(query("a.test", WIRE_A), DNS_STATUS_OK);
	ck_assert_int_eq(DnsReportGetSource(report()), DNS_SOURCE_CACHE);
	ck_assert_uint_eq(DnsReportGetTryCount(report()), 0);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 1);
	owner.request.skips_cache = true;
	ck_assert_int_eq(query("a.test", WIRE_A), DNS_STATUS_OK);
	ck_assert_int_eq(DnsReportGetSource(report()), DNS_SOURCE_SERVER);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 2);
}
END_TEST

static void
keep(int64_t age)
{
	int64_t then = clock_now() - 1000 * age;
	struct answer *answer = replies_address("a.test", "192.0.2.9", 600, then);

	answer_cache_store(cache, "a.test", WIRE_A, answer, then);
	answer_release(answer);
}

/* Its TTL has gone down; nobody's clock is so slow that the rest of it goes too. */
START_TEST(what_is_known_grows_old)
{
	uint32_t left;

	keep(100);
	ck_assert_int_eq(query("a.test", WIRE_A), DNS_STATUS_OK);
	left = DnsRecordSetGetTimeToLive(owner.outcome.records);
	ck_assert(left <= 500 && left > 300);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 0);
}
END_TEST

START_TEST(stale_it_has_no_time_left)
{
	keep(1000);
	dns_server_set_rcode(wire.server, "a.test", 0, RCODE_SERVFAIL);
	ck_assert_int_eq(query("a.test", WIRE_A), DNS_STATUS_OK);
	ck_assert_int_eq(DnsReportGetSource(report()), DNS_SOURCE_STALE);
	ck_assert_uint_eq(count_answers(), 1);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(owner.outcome.records), 0);
}
END_TEST

START_TEST(expired_it_says_who_was_asked)
{
	dns_server_hold(wire.server, "a.test");
	owner.request.name = "a.test";
	owner.request.type = WIRE_A;
	wire_run(&wire, start, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "a.test", 0, 1));
	wire_run(&wire, expire, NULL);
	ck_assert_int_eq(owner.outcome.status, DNS_STATUS_TIMED_OUT);
	ck_assert_uint_eq(DnsReportGetTryCount(report()), 1);
	ck_assert_str_eq(DnsReportGetServer(report()), dns_server_address(wire.server));
	ck_assert_int_eq(DnsReportGetResponseCode(report()), -1);
	expect_step("a.test", DNS_STATUS_TIMED_OUT);
	dns_server_release(wire.server, "a.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&done), 1);
}
END_TEST

static void
start_and_abandon(void *unused)
{
	start(unused);
	abandon(unused);
}

START_TEST(abandoned_it_is_never_done)
{
	owner.request.name = "a.test";
	owner.request.type = WIRE_A;
	dns_server_hold(wire.server, "a.test");
	wire_run(&wire, start, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "a.test", 0, 1));
	wire_run(&wire, abandon, NULL);
	dns_server_release(wire.server, "a.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	keep(1); /* the answer is known, and on its way */
	wire_run(&wire, start_and_abandon, NULL);
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&done), 0);
}
END_TEST

void
record_lookup_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, one_question_and_its_records);
	tcase_add_test(tests, without_records_there_is_a_status);
	tcase_add_test(tests, whole_it_shows_that_there_is_nothing);
	tcase_add_test(tests, what_is_known_is_not_asked_unless_it_is_to_be);
	tcase_add_test(tests, what_is_known_grows_old);
	tcase_add_test(tests, stale_it_has_no_time_left);
	tcase_add_test(tests, expired_it_says_who_was_asked);
	tcase_add_test(tests, abandoned_it_is_never_done);
}
