/* SPDX-License-Identifier: MIT */
/* QueryRecords: records of any type through the public interface. */
#include "contract.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define A   1
#define SOA 6
#define MX  15
#define TXT 16
#define SRV 33
#define ANY 255

static void
load_records(void)
{
	static const char zone[] = "mail.test 300 MX 10 mx1.test\n"
				   "mail.test 200 MX 20 mx2.test\n"
				   "mail.test 300 TXT \"v=spf1 -all\"\n"
				   "_sip._udp.test 300 SRV 1 2 5060 sip.test\n"
				   "also.test 300 CNAME mail.test\n";
	char path[] = "/tmp/asyncdns-records-XXXXXX";
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, zone, sizeof zone - 1), (int)sizeof zone - 1);
	close(file);
	ck_assert_int_eq(dns_server_load_zone(world.server, path), 5);
	unlink(path);
}

/* The text of the first record of that type in a section. */
static const char *
text_of(const DnsRecordSet *set, DnsSection section, int type)
{
	static char text[256];
	const DnsRecord *record;
	size_t i;

	for (i = 0; i < DnsRecordSetGetCount(set, section); i++) {
		record = DnsRecordSetGetRecord(set, section, i);
		if (DnsRecordGetType(record) != type)
			continue;
		DnsRecordFormat(record, text, sizeof text);
		return text;
	}
	return "";
}

START_TEST(records_of_several_types)
{
	static const struct {
		const char *name;
		int type;
		size_t count;
		const char *text;
	} cases[] = { { "mail.test", MX, 2, "10 mx1.test." },
		      { "MAIL.test.", TXT, 1, "\"v=spf1 -all\"" },
		      { "_sip._udp.test", SRV, 1, "1 2 5060 sip.test." },
		      { "also.test", MX, 3, "10 mx1.test." },
		      { "a.test", A, 1, "192.0.2.1" } };
	DnsRecordSet *set;

	load_records();
	ck_assert_int_eq(QueryRecords(world.resolver, cases[_i].name, cases[_i].type, &set),
			 DNS_STATUS_OK);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ANSWER), cases[_i].count);
	ck_assert_str_eq(text_of(set, DNS_SECTION_ANSWER, cases[_i].type), cases[_i].text);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_AUTHORITY), 0);
	ck_assert_int_eq(DnsReportGetSource(DnsRecordSetGetReport(set)), DNS_SOURCE_SERVER);
	ck_assert_int_eq(DnsReportGetResponseCode(DnsRecordSetGetReport(set)), 0);
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(without_records_there_is_a_status)
{
	static const struct {
		const char *name;
		DnsStatus status;
	} cases[] = { { "empty.test", DNS_STATUS_NO_DATA },
		      { "missing.test", DNS_STATUS_HOST_NOT_FOUND },
		      { "failing.test", DNS_STATUS_TRY_AGAIN },
		      { "refused.test", DNS_STATUS_NO_RECOVERY } };
	DnsRecordSet *set = (DnsRecordSet *)&world;

	ck_assert_int_eq(QueryRecords(world.resolver, cases[_i].name, MX, &set),
			 cases[_i].status);
	ck_assert_ptr_null(set);
}
END_TEST

START_TEST(a_whole_response_comes_with_what_is_not_there)
{
	static const char *const names[] = { "empty.test", "missing.test" };
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsRecordSet *set = NULL;
	DnsAsyncResult *handle;

	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, DNS_LOOKUP_WHOLE_RESPONSE),
			 DNS_STATUS_OK);
	handle = BeginQueryRecordsWithOptions(world.resolver, names[_i], MX, options, NULL,
					      NULL);
	DnsLookupOptionsRelease(options);
	ck_assert_int_eq(EndQueryRecords(handle, &set),
			 _i == 0 ? DNS_STATUS_NO_DATA : DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_nonnull(set);
	ck_assert_int_eq(DnsRecordSetGetResponseCode(set), _i == 0 ? 0 : 3);
	ck_assert_str_ne(text_of(set, DNS_SECTION_AUTHORITY, SOA), "");
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 300);
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(special_and_impossible_names_are_not_asked_for)
{
	static const struct {
		const char *name;
		DnsStatus status;
	} cases[] = { { "localhost", DNS_STATUS_NO_DATA },
		      { "x.localhost.", DNS_STATUS_NO_DATA },
		      { "x.invalid", DNS_STATUS_HOST_NOT_FOUND },
		      { "a..test", DNS_STATUS_HOST_NOT_FOUND },
		      { "a b.test", DNS_STATUS_HOST_NOT_FOUND } };

	ck_assert_int_eq(QueryRecords(world.resolver, cases[_i].name, MX, NULL),
			 cases[_i].status);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(what_begin_refuses)
{
	static const struct {
		const char *name;
		int type;
		int error;
	} cases[] = { { NULL, MX, EINVAL },	  { "", MX, EINVAL },
		      { "a.test", 0, EINVAL },	  { "a.test", -1, EINVAL },
		      { "a.test", 41, EINVAL },	  { "a.test", ANY, EINVAL },
		      { "a.test", 249, EINVAL },  { "a.test", 65536, EINVAL } };

	errno = 0;
	ck_assert_ptr_null(BeginQueryRecords(world.resolver, cases[_i].name, cases[_i].type,
					     on_impossible, NULL));
	ck_assert_int_eq(errno, cases[_i].error);
	ck_assert_int_eq(QueryRecords(world.resolver, cases[_i].name, cases[_i].type, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
}
END_TEST

START_TEST(a_handle_of_another_operation_is_not_consumed)
{
	DnsAsyncResult *records = BeginQueryRecords(world.resolver, "a.test", A, NULL, NULL);
	DnsAsyncResult *host = begin("a.test", NULL, NULL);
	DnsRecordSet *set;

	ck_assert_int_eq(EndGetHostByName(records, NULL), DNS_STATUS_INVALID_OPERATION);
	ck_assert_int_eq(EndQueryRecords(host, &set), DNS_STATUS_INVALID_OPERATION);
	ck_assert_ptr_null(set);
	ck_assert_int_eq(EndQueryRecords(records, NULL), DNS_STATUS_OK);
	ck_assert_int_eq(EndQueryRecords(records, NULL), DNS_STATUS_INVALID_OPERATION);
	end_expecting(host, DNS_STATUS_OK);
}
END_TEST

/* The last that comes of it: cancelled, overdue, closed. */
START_TEST(ended_before_its_answer)
{
	DnsAsyncResult *handle;
	DnsRecordSet *set;

	handle = BeginQueryRecords(world.resolver, HELD_NAME, A, NULL, NULL);
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, A, 1));
	if (_i == 0)
		DnsAsyncResultCancel(handle);
	else if (_i == 1)
		DnsAsyncResultSetDeadline(handle, 0);
	else
		world_close_resolver();
	ck_assert_int_eq(EndQueryRecords(handle, &set), _i == 0 ? DNS_STATUS_CANCELLED :
							_i == 1 ? DNS_STATUS_TIMED_OUT :
								  DNS_STATUS_CLOSED);
	ck_assert_ptr_null(set);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("records");
	TCase *records = contract_case(suite, "records");

	tcase_add_loop_test(records, records_of_several_types, 0, 5);
	tcase_add_loop_test(records, without_records_there_is_a_status, 0, 4);
	tcase_add_loop_test(records, a_whole_response_comes_with_what_is_not_there, 0, 2);
	tcase_add_loop_test(records, special_and_impossible_names_are_not_asked_for, 0, 5);
	tcase_add_loop_test(records, what_begin_refuses, 0, 8);
	tcase_add_test(records, a_handle_of_another_operation_is_not_consumed);
	tcase_add_loop_test(records, ended_before_its_answer, 0, 3);
	return contract_run(suite);
}
