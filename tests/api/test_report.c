/* SPDX-License-Identifier: MIT */
/* DnsReport: what is said about how a lookup went, before its End and after. */
#include "operations.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct dns_server *first;
static char path[] = "/tmp/asyncdns_hosts.XXXXXX";
static char conf[] = "/tmp/asyncdns_conf.XXXXXX";

/* This world's resolver with a cache, suffixes and a hosts file. It asks a server that
 * knows nothing first if asks_first says so. */
static void
use_resolver(bool asks_first)
{
	DnsResolverOptions *options = world_make_options();
	char servers[128];

	snprintf(servers, sizeof servers, "%s,%s", dns_server_address(first),
		 dns_server_address(world.server));
	if (asks_first)
		ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers),
				 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(options, path), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetSearchList(options, "one.test,many.test"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetCacheSize(options, 100), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
open_report(void)
{
	static const char text[] = "192.0.2.51 here.test\n";
	int descriptor;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	descriptor = mkstemp(path);
	ck_assert_int_eq(write(descriptor, text, sizeof text - 1), sizeof text - 1);
	close(descriptor);
	first = dns_server_start();
	use_resolver(false);
}

static void
close_report(void)
{
	world_close_resolver();
	dns_server_stop(first);
	unlink(path);
	unlink(conf);
}

static void
wait_for(DnsAsyncResult *handle)
{
	DnsWaitHandle *wait = copy_wait_handle(handle);

	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
}

/* The report that is there before End and after is the same; it is handed out. */
static DnsReport *
look_up_and_copy(const char *name, DnsStatus status)
{
	DnsAsyncResult *handle = begin(name, NULL, NULL);
	DnsHostEntry *entry;
	DnsReport *report;

	wait_for(handle);
	report = DnsAsyncResultCopyReport(handle);
	ck_assert_ptr_nonnull(report);
	ck_assert_int_eq(EndGetHostByName(handle, &entry), status);
	if (status == DNS_STATUS_OK)
		ck_assert_ptr_eq(DnsHostEntryGetReport(entry), report);
	DnsHostEntryRelease(entry);
	return report;
}

static void
assert_step(const DnsReport *report, size_t index, const char *name, DnsStatus status)
{
	ck_assert_str_eq(DnsReportGetStepName(report, index), name);
	ck_assert_int_eq(DnsReportGetStepStatus(report, index), status);
}

/* Nothing was asked. */
static void
assert_local(const DnsReport *report, DnsSource source)
{
	ck_assert_int_eq(DnsReportGetSource(report), source);
	ck_assert_ptr_null(DnsReportGetServer(report));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 0);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(report), -1);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 0);
	ck_assert_int_ge(DnsReportGetDuration(report), 0);
}

START_TEST(without_a_server)
{
	static const struct {
		const char *name;
		DnsStatus status;
		DnsSource source;
	} cases[] = {
		{"192.0.2.1", DNS_STATUS_OK, DNS_SOURCE_LITERAL},
		{"::1", DNS_STATUS_OK, DNS_SOURCE_LITERAL},
		{"localhost", DNS_STATUS_OK, DNS_SOURCE_SPECIAL},
		{"x.invalid", DNS_STATUS_HOST_NOT_FOUND, DNS_SOURCE_SPECIAL},
		{"here.test", DNS_STATUS_OK, DNS_SOURCE_HOSTS},
	};
	DnsReport *report = look_up_and_copy(cases[_i].name, cases[_i].status);

	assert_local(report, cases[_i].source);
	DnsReportRelease(report);
}
END_TEST

START_TEST(by_a_server)
{
	DnsReport *report = look_up_and_copy("alias.test", DNS_STATUS_OK);

	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_SERVER);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 2);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_NOERROR);
	ck_assert_int_gt(DnsReportGetDuration(report), 0);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 1);
	assert_step(report, 0, "alias.test", DNS_STATUS_OK);
	DnsReportRelease(report);
}
END_TEST

START_TEST(by_the_cache)
{
	DnsReport *report;

	DnsReportRelease(look_up_and_copy("alias.test", DNS_STATUS_OK));
	report = look_up_and_copy("alias.test", DNS_STATUS_OK);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_CACHE);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_NOERROR);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 1);
	assert_step(report, 0, "alias.test", DNS_STATUS_OK);
	DnsReportRelease(report);
}
END_TEST

/* Its time is over in a second, and then the server fails. */
START_TEST(by_what_is_stale)
{
	DnsReport *report;

	dns_server_add_address(world.server, "old.test", "192.0.2.61", 1);
	DnsReportRelease(look_up_and_copy("old.test", DNS_STATUS_OK));
	dns_server_set_rcode(world.server, "old.test", 0, RCODE_SERVFAIL);
	report = look_up_and_copy("old.test", DNS_STATUS_OK);
	while (DnsReportGetSource(report) == DNS_SOURCE_CACHE) {
		usleep(10000);
		DnsReportRelease(report);
		report = look_up_and_copy("old.test", DNS_STATUS_OK);
	}
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_STALE);
	DnsReportRelease(report);
}
END_TEST

/* The first fails both questions, the second answers them. */
START_TEST(what_was_discarded)
{
	DnsReport *report;

	dns_server_set_rcode(first, "alias.test", 0,
			     _i == 0 ? RCODE_SERVFAIL : RCODE_REFUSED);
	use_resolver(true);
	report = look_up_and_copy("alias.test", DNS_STATUS_OK);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_SERVER);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 4);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 2);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_NOERROR);
	DnsReportRelease(report);
}
END_TEST

/* This world's resolver asks with EDNS, because a resolv.conf of its own says so. */
static void
use_edns(void)
{
	static const char text[] = "options edns0\n";
	DnsResolverOptions *options = world_make_options();
	int descriptor;

	memcpy(conf + sizeof conf - 7, "XXXXXX", 6);
	descriptor = mkstemp(conf);
	ck_assert_int_eq(write(descriptor, text, sizeof text - 1), sizeof text - 1);
	close(descriptor);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, conf),
			 DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

/* The server refuses EDNS, and the questions without, too. */
START_TEST(questions_that_were_asked_again_without_edns)
{
	DnsReport *report;

	dns_server_set_rcode(world.server, "alias.test", 0, RCODE_FORMERR);
	use_edns();
	report = look_up_and_copy("alias.test", DNS_STATUS_NO_RECOVERY);
	ck_assert_uint_eq(dns_server_count_questions(world.server, "alias.test", 0), 4);
	ck_assert_uint_eq(DnsReportGetTryCount(report), 4);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 4);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_FORMERR);
	DnsReportRelease(report);
}
END_TEST

/* The first does not answer, and then nobody is there. */
START_TEST(what_was_unanswered)
{
	DnsResolverOptions *options = world_make_options();
	DnsReport *report;

	dns_server_misbehave(first, "alias.test", 0, ANSWER_DROPPED);
	DnsResolverOptionsSetServers(options,
				     _i == 0 ? dns_server_address(first) : "127.0.0.1:1");
	DnsResolverOptionsSetTimeout(options, 20);
	DnsResolverOptionsSetTries(options, 2);
	DnsResolverOptionsSetHostsPath(options, path);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	report = look_up_and_copy("alias.test", DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(DnsReportGetUnansweredCount(report), _i == 0 ? 2 : 0);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 0);
	ck_assert_int_eq(DnsReportGetResponseCode(report), -1);
	DnsReportRelease(report);
}
END_TEST

START_TEST(steps)
{
	DnsReport *report;

	dns_server_set_rcode(world.server, "x.one.test", 0, RCODE_SERVFAIL);
	report = look_up_and_copy("x", DNS_STATUS_OK);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 2);
	assert_step(report, 0, "x.one.test", DNS_STATUS_TRY_AGAIN);
	assert_step(report, 1, "x.many.test", DNS_STATUS_OK);
	ck_assert_ptr_null(DnsReportGetStepName(report, 2));
	ck_assert_int_eq(DnsReportGetStepStatus(report, 2), DNS_STATUS_INVALID_ARGUMENT);
	DnsReportRelease(report);
}
END_TEST

START_TEST(failures)
{
	static const struct {
		const char *name;
		DnsStatus status;
		int rcode;
		bool is_answer;
	} cases[] = {
		{"missing.test.", DNS_STATUS_HOST_NOT_FOUND, RCODE_NXDOMAIN, true},
		{"empty.test.", DNS_STATUS_NO_DATA, RCODE_NOERROR, true},
		{"failing.test.", DNS_STATUS_TRY_AGAIN, RCODE_SERVFAIL, false},
		{"refused.test.", DNS_STATUS_NO_RECOVERY, RCODE_REFUSED, false},
	};
	DnsReport *report = look_up_and_copy(cases[_i].name, cases[_i].status);
	const unsigned int discarded = DnsReportGetDiscardedCount(report);

	ck_assert_int_eq(DnsReportGetResponseCode(report), cases[_i].rcode);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_ge(DnsReportGetTryCount(report), 2);
	ck_assert_int_eq(discarded == 0, cases[_i].is_answer);
	ck_assert_int_gt(DnsReportGetDuration(report), 0);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 1);
	ck_assert_int_eq(DnsReportGetStepStatus(report, 0), cases[_i].status);
	DnsReportRelease(report);
}
END_TEST

START_TEST(every_step_of_a_failure)
{
	DnsReport *report = look_up_and_copy("missing.test", DNS_STATUS_OK);

	ck_assert_uint_eq(DnsReportGetStepCount(report), 3);
	assert_step(report, 0, "missing.test", DNS_STATUS_HOST_NOT_FOUND);
	assert_step(report, 1, "missing.test.one.test", DNS_STATUS_HOST_NOT_FOUND);
	assert_step(report, 2, "missing.test.many.test", DNS_STATUS_OK);
	ck_assert_uint_eq(DnsReportGetTryCount(report), 6);
	DnsReportRelease(report);
}
END_TEST

/* Two questions were under way, and none has been answered. */
static void
assert_interrupted(DnsReport *report, DnsStatus status)
{
	ck_assert_ptr_nonnull(report);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_NONE);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	ck_assert_uint_eq(DnsReportGetTryCount(report), 2);
	ck_assert_int_eq(DnsReportGetResponseCode(report), -1);
	ck_assert_int_gt(DnsReportGetDuration(report), 0);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 1);
	assert_step(report, 0, HELD_NAME, status);
	DnsReportRelease(report);
}

START_TEST(of_one_that_was_cancelled)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);

	world_await_question(HELD_NAME);
	errno = 0;
	ck_assert_ptr_null(DnsAsyncResultCopyReport(handle));
	ck_assert_int_eq(errno, EAGAIN);
	DnsAsyncResultCancel(handle);
	wait_for(handle);
	assert_interrupted(DnsAsyncResultCopyReport(handle), DNS_STATUS_CANCELLED);
	end_expecting(handle, DNS_STATUS_CANCELLED);
}
END_TEST

START_TEST(of_one_that_was_closed)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);

	world_await_question(HELD_NAME);
	world_close_resolver();
	assert_interrupted(DnsAsyncResultCopyReport(handle), DNS_STATUS_CLOSED);
	end_expecting(handle, DNS_STATUS_CLOSED);
}
END_TEST

/* The first step was answered, the second was not. */
START_TEST(how_far_it_had_come)
{
	DnsAsyncResult *handle;
	DnsReport *report;

	dns_server_hold(world.server, "x.many.test");
	handle = begin("x", NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, "x.many.test", TYPE_A, 1));
	DnsAsyncResultCancel(handle);
	wait_for(handle);
	report = DnsAsyncResultCopyReport(handle);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_SERVER);
	ck_assert_uint_eq(DnsReportGetTryCount(report), 4);
	ck_assert_int_eq(DnsReportGetResponseCode(report), RCODE_NXDOMAIN);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 2);
	assert_step(report, 0, "x.one.test", DNS_STATUS_HOST_NOT_FOUND);
	assert_step(report, 1, "x.many.test", DNS_STATUS_CANCELLED);
	DnsReportRelease(report);
	end_expecting(handle, DNS_STATUS_CANCELLED);
}
END_TEST

START_TEST(of_records_that_were_cancelled)
{
	DnsAsyncResult *handle;
	DnsReport *report;

	handle = BeginQueryRecords(world.resolver, HELD_NAME, TYPE_A, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, TYPE_A, 1));
	DnsAsyncResultCancel(handle);
	wait_for(handle);
	report = DnsAsyncResultCopyReport(handle);
	ck_assert_uint_eq(DnsReportGetTryCount(report), 1);
	ck_assert_str_eq(DnsReportGetServer(report), dns_server_address(world.server));
	assert_step(report, 0, HELD_NAME, DNS_STATUS_CANCELLED);
	DnsReportRelease(report);
	ck_assert_int_eq(EndQueryRecords(handle, NULL), DNS_STATUS_CANCELLED);
}
END_TEST

START_TEST(of_one_that_timed_out)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);

	world_await_question(HELD_NAME);
	DnsAsyncResultSetDeadline(handle, 0);
	wait_for(handle);
	assert_interrupted(DnsAsyncResultCopyReport(handle), DNS_STATUS_TIMED_OUT);
	end_expecting(handle, DNS_STATUS_TIMED_OUT);
}
END_TEST

START_TEST(backwards)
{
	DnsHostEntry *entry;
	const DnsReport *report;

	add_pointers();
	ck_assert_int_eq(GetHostEntry(world.resolver, "192.0.2.1", &entry),
			 DNS_STATUS_OK);
	report = DnsHostEntryGetReport(entry);
	ck_assert_uint_eq(DnsReportGetTryCount(report), 3);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 2);
	assert_step(report, 0, "1.2.0.192.in-addr.arpa", DNS_STATUS_OK);
	assert_step(report, 1, "a.test", DNS_STATUS_OK);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(bad_handles)
{
	DnsAsyncResult *ended = begin("a.test", NULL, NULL);

	EndGetHostByName(ended, NULL);
	errno = 0;
	ck_assert_ptr_null(DnsAsyncResultCopyReport(ended));
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_ptr_null(DnsAsyncResultCopyReport(NULL));
	ck_assert_int_eq(errno, EINVAL);
}
END_TEST

/* It outlives its entry and its resolver. */
START_TEST(it_lives_on_its_own)
{
	DnsReport *report = look_up_and_copy("alias.test", DNS_STATUS_OK);

	ck_assert_ptr_eq(DnsReportRetain(report), report);
	DnsReportRelease(report);
	world_close_resolver();
	assert_step(report, 0, "alias.test", DNS_STATUS_OK);
	DnsReportRelease(report);
}
END_TEST

START_TEST(none)
{
	assert_local(NULL, DNS_SOURCE_NONE);
	ck_assert_int_eq(DnsReportGetDuration(NULL), 0);
	ck_assert_ptr_null(DnsReportGetStepName(NULL, 0));
	ck_assert_int_eq(DnsReportGetStepStatus(NULL, 0), DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(DnsReportRetain(NULL));
	DnsReportRelease(NULL);
	ck_assert_ptr_null(DnsHostEntryGetReport(NULL));
	ck_assert_str_eq(DnsSourceGetText(DNS_SOURCE_STALE), "stale");
	ck_assert_str_eq(DnsSourceGetText((DnsSource)99), "none");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("report");
	TCase *report = contract_case(suite, "report");

	tcase_add_checked_fixture(report, open_report, close_report);
	tcase_add_loop_test(report, without_a_server, 0, 5);
	tcase_add_test(report, by_a_server);
	tcase_add_test(report, by_the_cache);
	tcase_add_test(report, by_what_is_stale);
	tcase_add_loop_test(report, what_was_discarded, 0, 2);
	tcase_add_test(report, questions_that_were_asked_again_without_edns);
	tcase_add_loop_test(report, what_was_unanswered, 0, 2);
	tcase_add_test(report, steps);
	tcase_add_loop_test(report, failures, 0, 4);
	tcase_add_test(report, every_step_of_a_failure);
	tcase_add_test(report, of_one_that_was_cancelled);
	tcase_add_test(report, of_one_that_was_closed);
	tcase_add_test(report, how_far_it_had_come);
	tcase_add_test(report, of_records_that_were_cancelled);
	tcase_add_test(report, of_one_that_timed_out);
	tcase_add_test(report, backwards);
	tcase_add_test(report, bad_handles);
	tcase_add_test(report, it_lives_on_its_own);
	tcase_add_test(report, none);
	return contract_run(suite);
}
