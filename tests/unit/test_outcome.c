/* SPDX-License-Identifier: MIT */
/* What comes of an operation, and what its journal says of the way: outcome, journal. */
#include "unit.h"

#include <limits.h>
#include <string.h>

#include "answer.h"
#include "clock.h"
#include "host_entry_impl.h"
#include "inquiry.h"
#include "journal.h"
#include "outcome.h"
#include "record_set_impl.h"
#include "rooms.h"
#include "search.h"

static struct journal journal;
static struct outcome outcome;

static void
set_up(void)
{
	journal_init(&journal, clock_microseconds());
	outcome = OUTCOME_OF(DNS_STATUS_OK);
}

static void
tear_down(void)
{
	outcome_clear(&outcome);
}

static struct DnsHostEntry *
make_entry(void)
{
	struct host_facts facts = { .name = "a.test" };
	struct DnsHostEntry *entry = host_entry_create(&facts);

	ck_assert_ptr_nonnull(entry);
	return entry;
}

/* ---- outcome ---- */

START_TEST(a_status_has_nothing_else)
{
	outcome = OUTCOME_OF(DNS_STATUS_TRY_AGAIN);
	ck_assert_int_eq(outcome.status, DNS_STATUS_TRY_AGAIN);
	ck_assert_ptr_null(outcome.entry);
	ck_assert_ptr_null(outcome.records);
	ck_assert_ptr_null(outcome.report);
	outcome_clear(&outcome);
	ck_assert_int_eq(outcome.status, DNS_STATUS_TRY_AGAIN);
}
END_TEST

/* Both have a reference, so that the one may go before the other. */
START_TEST(the_report_is_the_results_too)
{
	struct report_facts facts = { .tries = 7, .rcode = 3 };
	struct DnsHostEntry *entry;
	struct DnsRecordSet *records;

	outcome.entry = make_entry();
	outcome.records = record_set_create();
	outcome_set_report(&outcome, &facts);
	ck_assert_ptr_nonnull(outcome.report);
	ck_assert_ptr_eq(DnsHostEntryGetReport(outcome.entry), outcome.report);
	ck_assert_ptr_eq(DnsRecordSetGetReport(outcome.records), outcome.report);
	entry = DnsHostEntryRetain(outcome.entry);
	records = DnsRecordSetRetain(outcome.records);
	outcome_clear(&outcome);
	ck_assert_uint_eq(DnsReportGetTryCount(DnsHostEntryGetReport(entry)), 7);
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(DnsReportGetResponseCode(DnsRecordSetGetReport(records)), 3);
	DnsRecordSetRelease(records);
}
END_TEST

START_TEST(cleared_twice_it_is_empty)
{
	struct report_facts facts = { .rcode = -1 };
	int i;

	outcome.entry = make_entry();
	outcome.records = record_set_create();
	outcome_set_report(&outcome, &facts);
	for (i = 0; i < 2; i++) {
		outcome_clear(&outcome);
		ck_assert_ptr_null(outcome.entry);
		ck_assert_ptr_null(outcome.records);
		ck_assert_ptr_null(outcome.report);
	}
}
END_TEST

/* It gets the only reference; all else is given back. */
START_TEST(the_entry_goes_to_who_wants_it)
{
	struct report_facts facts = { .tries = 1, .rcode = -1 };
	struct DnsHostEntry *made = make_entry(), *taken = NULL;

	outcome.entry = made;
	outcome.records = record_set_create();
	outcome_set_report(&outcome, &facts);
	outcome_take_entry(&outcome, &taken);
	ck_assert_ptr_eq(taken, made);
	ck_assert_ptr_null(outcome.entry);
	ck_assert_ptr_null(outcome.records);
	ck_assert_ptr_null(outcome.report);
	ck_assert_uint_eq(DnsReportGetTryCount(DnsHostEntryGetReport(taken)), 1);
	DnsHostEntryRelease(taken);
	outcome.entry = make_entry();
	outcome_take_entry(&outcome, NULL);
	ck_assert_ptr_null(outcome.entry);
	taken = made;
	outcome_take_entry(&outcome, &taken);
	ck_assert_ptr_null(taken);
}
END_TEST

START_TEST(the_records_go_to_who_wants_them)
{
	struct DnsRecordSet *made = record_set_create(), *taken = NULL;

	outcome.entry = make_entry();
	outcome.records = made;
	outcome_take_records(&outcome, &taken);
	ck_assert_ptr_eq(taken, made);
	ck_assert_ptr_null(outcome.entry);
	ck_assert_ptr_null(outcome.records);
	DnsRecordSetRelease(taken);
	outcome.records = record_set_create();
	outcome_take_records(&outcome, NULL);
	ck_assert_ptr_null(outcome.records);
	taken = made;
	outcome_take_records(&outcome, &taken);
	ck_assert_ptr_null(taken);
}
END_TEST

/* ---- journal ---- */

static struct answer *
make_answer(DnsStatus status, unsigned int tries, unsigned int discarded,
	    unsigned int rcode, const char *server)
{
	struct answer *answer = answer_create(status, (const uint8_t *)"x",
					      status == DNS_STATUS_OK);
	struct server_list servers;

	ck_assert_ptr_nonnull(answer);
	answer->tries = tries;
	answer->discarded = discarded;
	answer->rcode = rcode;
	if (server != NULL) {
		ck_assert(server_list_parse(&servers, server));
		answer->server = servers.servers[0];
	}
	return answer;
}

static void
note(DnsSource source, struct answer *answer)
{
	journal_note(&journal, answer, source);
	answer_release(answer);
}

static const DnsReport *
report(const char *pointer_name, const struct search *search)
{
	DnsReportRelease(outcome.report);
	outcome.report = NULL;
	journal_report(&journal, pointer_name, search, &outcome);
	ck_assert_ptr_nonnull(outcome.report);
	return outcome.report;
}

START_TEST(an_empty_journal_knows_nothing)
{
	const DnsReport *made;
	int64_t duration;

	journal_note(&journal, NULL, DNS_SOURCE_SERVER);
	made = report(NULL, NULL);
	ck_assert_int_eq(DnsReportGetSource(made), DNS_SOURCE_NONE);
	ck_assert_ptr_null(DnsReportGetServer(made));
	ck_assert_uint_eq(DnsReportGetTryCount(made), 0);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(made), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(made), -1);
	ck_assert_uint_eq(DnsReportGetStepCount(made), 0);
	journal_init(&journal, clock_microseconds() - 5000000);
	duration = DnsReportGetDuration(report(NULL, NULL));
	ck_assert(duration >= 5000000 && duration < 5000000 + INT64_C(100000000));
}
END_TEST

START_TEST(what_servers_did_adds_up)
{
	const DnsReport *made;

	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_OK, 2, 1, 0, "192.0.2.1:53"));
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_OK, 3, 0, 3, "[2001:db8::1]:5300"));
	made = report(NULL, NULL);
	ck_assert_int_eq(DnsReportGetSource(made), DNS_SOURCE_SERVER);
	ck_assert_str_eq(DnsReportGetServer(made), "[2001:db8::1]:5300");
	ck_assert_uint_eq(DnsReportGetTryCount(made), 5);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(made), 1);
	ck_assert_int_eq(DnsReportGetResponseCode(made), 3);
}
END_TEST

/* Its server is known, but the asking was another's. */
START_TEST(what_was_known_costs_no_try)
{
	const DnsReport *made;

	note(_i == 0 ? DNS_SOURCE_CACHE : DNS_SOURCE_STALE,
	     make_answer(DNS_STATUS_OK, 2, 1, 0, "192.0.2.1:53"));
	made = report(NULL, NULL);
	ck_assert_int_eq(DnsReportGetSource(made),
			 _i == 0 ? DNS_SOURCE_CACHE : DNS_SOURCE_STALE);
	ck_assert_str_eq(DnsReportGetServer(made), "192.0.2.1:53");
	ck_assert_uint_eq(DnsReportGetTryCount(made), 0);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(made), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(made), 0);
}
END_TEST

START_TEST(the_dearest_source_counts)
{
	static const DnsSource rising[] = { DNS_SOURCE_CACHE, DNS_SOURCE_STALE,
					    DNS_SOURCE_SERVER, DNS_SOURCE_CACHE,
					    DNS_SOURCE_STALE };
	static const DnsSource expected[] = { DNS_SOURCE_CACHE, DNS_SOURCE_STALE,
					      DNS_SOURCE_SERVER, DNS_SOURCE_SERVER,
					      DNS_SOURCE_SERVER };
	size_t i;

	for (i = 0; i < sizeof rising / sizeof *rising; i++) {
		note(rising[i], make_answer(DNS_STATUS_OK, 1, 0, 0, "192.0.2.1:53"));
		ck_assert_int_eq(DnsReportGetSource(report(NULL, NULL)), expected[i]);
	}
}
END_TEST

/* A failure without any response has no response code; one by responses has the last. */
START_TEST(only_a_response_has_a_code)
{
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_TRY_AGAIN, 1, 0, 0, "192.0.2.1:53"));
	ck_assert_int_eq(DnsReportGetResponseCode(report(NULL, NULL)), -1);
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_TRY_AGAIN, 1, 1, 2, "192.0.2.1:53"));
	ck_assert_int_eq(DnsReportGetResponseCode(report(NULL, NULL)), 2);
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_TRY_AGAIN, 1, 0, 0, "192.0.2.1:53"));
	ck_assert_int_eq(DnsReportGetResponseCode(report(NULL, NULL)), 2);
}
END_TEST

/* Nobody to ask: the server asked before stays the last. */
START_TEST(without_a_try_there_is_no_server)
{
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_TRY_AGAIN, 0, 0, 0, NULL));
	ck_assert_ptr_null(DnsReportGetServer(report(NULL, NULL)));
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_OK, 1, 0, 0, "192.0.2.1:53"));
	note(DNS_SOURCE_SERVER, make_answer(DNS_STATUS_TRY_AGAIN, 0, 0, 0, NULL));
	ck_assert_str_eq(DnsReportGetServer(report(NULL, NULL)), "192.0.2.1:53");
}
END_TEST

START_TEST(inquiries_say_where_from)
{
	static const DnsSource expected[] = { [INQUIRY_SERVER] = DNS_SOURCE_SERVER,
					      [INQUIRY_CACHE] = DNS_SOURCE_CACHE,
					      [INQUIRY_STALE] = DNS_SOURCE_STALE };
	struct inquiry inquiry = { .source = (enum inquiry_source)_i };
	struct answer *answer = make_answer(DNS_STATUS_OK, 1, 0, 0, "192.0.2.1:53");

	journal_note_answer(&journal, &inquiry, NULL);
	ck_assert_int_eq(DnsReportGetSource(report(NULL, NULL)), DNS_SOURCE_NONE);
	journal_note_answer(&journal, &inquiry, answer);
	answer_release(answer);
	ck_assert_int_eq(DnsReportGetSource(report(NULL, NULL)), expected[_i]);
	/* One that nobody has been asked. */
	journal_note_abandoned(&journal, &inquiry);
	ck_assert_str_eq(DnsReportGetServer(report(NULL, NULL)), "192.0.2.1:53");
}
END_TEST

static void
expect_step(const DnsReport *made, size_t step, const char *name, DnsStatus status)
{
	ck_assert_str_eq(DnsReportGetStepName(made, step), name);
	ck_assert_int_eq(DnsReportGetStepStatus(made, step), status);
}

START_TEST(steps_are_those_of_the_search)
{
	static const char *const suffixes[] = { "a.test", "b.test" };
	struct search_list *list = search_list_create(suffixes, 2, 1);
	const DnsReport *made;
	struct search search;

	search_begin(&search, list, "x", false);
	made = report(NULL, &search);
	ck_assert_uint_eq(DnsReportGetStepCount(made), 1);
	expect_step(made, 0, "x.a.test", DNS_STATUS_OK);
	search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true);
	search_go_on(&search, DNS_STATUS_TRY_AGAIN, true);
	made = report(NULL, &search);
	ck_assert_uint_eq(DnsReportGetStepCount(made), 3);
	expect_step(made, 0, "x.a.test", DNS_STATUS_HOST_NOT_FOUND);
	expect_step(made, 1, "x.b.test", DNS_STATUS_TRY_AGAIN);
	expect_step(made, 2, "x", DNS_STATUS_OK);
	search_list_release(list);
}
END_TEST

START_TEST(a_pointer_is_the_first_step)
{
	static const char name[] = "1.2.0.192.in-addr.arpa";
	const DnsReport *made;
	struct search search;

	outcome.status = DNS_STATUS_HOST_NOT_FOUND;
	made = report(name, NULL);
	ck_assert_uint_eq(DnsReportGetStepCount(made), 1);
	expect_step(made, 0, name, DNS_STATUS_HOST_NOT_FOUND);
	search_begin(&search, NULL, "x.test", true);
	search_go_on(&search, DNS_STATUS_NO_DATA, true);
	made = report(name, &search);
	ck_assert_uint_eq(DnsReportGetStepCount(made), 2);
	expect_step(made, 0, name, DNS_STATUS_OK);
	expect_step(made, 1, "x.test", DNS_STATUS_NO_DATA);
}
END_TEST

/* All suffixes, the name as it is, a pointer: each as long as can be. */
START_TEST(the_most_steps_have_room)
{
	char suffixes[SEARCH_LIST_MAXIMUM][HOST_NAME_MAXIMUM + 1], name[64];
	const char *given[SEARCH_LIST_MAXIMUM];
	struct search_list *list;
	const DnsReport *made;
	struct search search;
	size_t i;

	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	for (i = 0; i < SEARCH_LIST_MAXIMUM; i++) {
		memset(suffixes[i], 'a' + (int)i % 16, HOST_NAME_MAXIMUM - sizeof name);
		suffixes[i][0] = i < 16 ? 'x' : 'y';
		suffixes[i][HOST_NAME_MAXIMUM - sizeof name] = '\0';
		suffixes[i][63] = suffixes[i][127] = '.';
		given[i] = suffixes[i];
	}
	list = search_list_create(given, SEARCH_LIST_MAXIMUM, 1);
	ck_assert_uint_eq(list->count, SEARCH_LIST_MAXIMUM);
	search_begin(&search, list, name, false);
	while (search_go_on(&search, DNS_STATUS_HOST_NOT_FOUND, true))
		continue;
	made = report("pointer.test", &search);
	ck_assert_uint_eq(DnsReportGetStepCount(made), SEARCH_STEPS_MAXIMUM + 1);
	expect_step(made, 0, "pointer.test", DNS_STATUS_OK);
	for (i = 0; i < SEARCH_LIST_MAXIMUM; i++)
		ck_assert_uint_eq(strlen(DnsReportGetStepName(made, i + 1)),
				  HOST_NAME_MAXIMUM);
	expect_step(made, SEARCH_STEPS_MAXIMUM, name, DNS_STATUS_HOST_NOT_FOUND);
	search_list_release(list);
}
END_TEST

void
outcome_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_status_has_nothing_else);
	tcase_add_test(tests, the_report_is_the_results_too);
	tcase_add_test(tests, cleared_twice_it_is_empty);
	tcase_add_test(tests, the_entry_goes_to_who_wants_it);
	tcase_add_test(tests, the_records_go_to_who_wants_them);
	tcase_add_test(tests, an_empty_journal_knows_nothing);
	tcase_add_test(tests, what_servers_did_adds_up);
	tcase_add_loop_test(tests, what_was_known_costs_no_try, 0, 2);
	tcase_add_test(tests, the_dearest_source_counts);
	tcase_add_test(tests, only_a_response_has_a_code);
	tcase_add_test(tests, without_a_try_there_is_no_server);
	tcase_add_loop_test(tests, inquiries_say_where_from, 0, 3);
	tcase_add_test(tests, steps_are_those_of_the_search);
	tcase_add_test(tests, a_pointer_is_the_first_step);
	tcase_add_test(tests, the_most_steps_have_room);
}
