/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "report_impl.h"
#include "rooms.h"

START_TEST(it_says_what_it_was_told)
{
	char server[] = "192.0.2.1:53", first[] = "x.a.test", second[] = "x";
	const char *names[] = { first, second };
	DnsStatus statuses[] = { DNS_STATUS_HOST_NOT_FOUND, DNS_STATUS_OK };
	struct report_facts facts = { .source = DNS_SOURCE_SERVER,
				      .server = server,
				      .tries = 3,
				      .discarded = 2,
				      .unanswered = 4,
				      .microseconds = INT64_MAX,
				      .rcode = 0,
				      .step_count = 2,
				      .step_names = names,
				      .step_statuses = statuses };
	struct DnsReport *report = report_create(&facts);

	ck_assert_ptr_nonnull(report);
	memset(server, '?', strlen(server));
	memset(first, '?', strlen(first));
	names[1] = NULL;
	statuses[0] = DNS_STATUS_NO_DATA;
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_SERVER);
	ck_assert_str_eq(DnsReportGetServer(report), "192.0.2.1:53");
	ck_assert_uint_eq(DnsReportGetTryCount(report), 3);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(report), 2);
	ck_assert_uint_eq(DnsReportGetUnansweredCount(report), 4);
	ck_assert(DnsReportGetDuration(report) == INT64_MAX);
	ck_assert_int_eq(DnsReportGetResponseCode(report), 0);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 2);
	ck_assert_str_eq(DnsReportGetStepName(report, 0), "x.a.test");
	ck_assert_str_eq(DnsReportGetStepName(report, 1), "x");
	ck_assert_int_eq(DnsReportGetStepStatus(report, 0), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(DnsReportGetStepStatus(report, 1), DNS_STATUS_OK);
	ck_assert_ptr_null(DnsReportGetStepName(report, 2));
	ck_assert_int_eq(DnsReportGetStepStatus(report, 2), DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(DnsReportGetStepName(report, SIZE_MAX));
	DnsReportRelease(report);
}
END_TEST

START_TEST(it_may_know_little)
{
	struct report_facts facts = { .source = DNS_SOURCE_LITERAL, .rcode = -1 };
	struct DnsReport *report = report_create(&facts);

	ck_assert_ptr_nonnull(report);
	ck_assert_int_eq(DnsReportGetSource(report), DNS_SOURCE_LITERAL);
	ck_assert_ptr_null(DnsReportGetServer(report));
	ck_assert_int_eq(DnsReportGetResponseCode(report), -1);
	ck_assert_uint_eq(DnsReportGetStepCount(report), 0);
	ck_assert_ptr_null(DnsReportGetStepName(report, 0));
	DnsReportRelease(report);
}
END_TEST

START_TEST(null_is_a_report_of_nothing)
{
	ck_assert_ptr_null(DnsReportRetain(NULL));
	DnsReportRelease(NULL);
	ck_assert_int_eq(DnsReportGetSource(NULL), DNS_SOURCE_NONE);
	ck_assert_ptr_null(DnsReportGetServer(NULL));
	ck_assert_uint_eq(DnsReportGetTryCount(NULL), 0);
	ck_assert_uint_eq(DnsReportGetDiscardedCount(NULL), 0);
	ck_assert_uint_eq(DnsReportGetUnansweredCount(NULL), 0);
	ck_assert(DnsReportGetDuration(NULL) == 0);
	ck_assert_int_eq(DnsReportGetResponseCode(NULL), -1);
	ck_assert_uint_eq(DnsReportGetStepCount(NULL), 0);
	ck_assert_ptr_null(DnsReportGetStepName(NULL, 0));
	ck_assert_int_eq(DnsReportGetStepStatus(NULL, 0), DNS_STATUS_INVALID_ARGUMENT);
}
END_TEST

/* ASan and valgrind see one too many or too few. */
START_TEST(references_are_counted)
{
	struct report_facts facts = { .server = "192.0.2.1:53", .rcode = -1 };
	struct DnsReport *report = report_create(&facts);

	ck_assert_ptr_nonnull(report);
	ck_assert_ptr_eq(DnsReportRetain(report), report);
	DnsReportRelease(report);
	ck_assert_str_eq(DnsReportGetServer(report), "192.0.2.1:53");
	DnsReportRelease(report);
}
END_TEST

START_TEST(sources_have_a_text_each)
{
	static const char *const texts[] = { "none",  "literal", "special", "hosts",
					     "cache", "stale",	 "server" };
	int source;

	for (source = DNS_SOURCE_NONE; source <= DNS_SOURCE_SERVER; source++)
		ck_assert_str_eq(DnsSourceGetText((DnsSource)source), texts[source]);
	ck_assert_str_eq(DnsSourceGetText((DnsSource)-1), "none");
	ck_assert_str_eq(DnsSourceGetText((DnsSource)99), "none");
}
END_TEST

void
report_tests(TCase *tests)
{
	tcase_add_test(tests, it_says_what_it_was_told);
	tcase_add_test(tests, it_may_know_little);
	tcase_add_test(tests, null_is_a_report_of_nothing);
	tcase_add_test(tests, references_are_counted);
	tcase_add_test(tests, sources_have_a_text_each);
}
