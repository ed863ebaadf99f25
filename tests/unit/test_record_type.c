/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/record_type.h>

#include <string.h>

#include "message.h"
#include "rooms.h"

static void
check_name(int type, const char *name)
{
	char text[16];

	ck_assert_uint_eq(DnsRecordTypeFormat(type, text, sizeof text), strlen(name));
	ck_assert_str_eq(text, name);
	ck_assert_int_eq(DnsRecordTypeFromText(name), type);
}

START_TEST(types_have_names)
{
	check_name(DNS_RECORD_TYPE_A, "A");
	check_name(DNS_RECORD_TYPE_MX, "MX");
	check_name(DNS_RECORD_TYPE_NSEC3PARAM, "NSEC3PARAM");
	check_name(DNS_RECORD_TYPE_OPENPGPKEY, "OPENPGPKEY");
	check_name(DNS_RECORD_TYPE_HTTPS, "HTTPS");
	check_name(DNS_RECORD_TYPE_ANY, "ANY");
	check_name(DNS_RECORD_TYPE_CAA, "CAA");
	check_name(23, "NSAP-PTR");
	check_name(32769, "DLV");
	check_name(0, "TYPE0");
	check_name(65280, "TYPE65280");
	check_name(65535, "TYPE65535");
}
END_TEST

START_TEST(every_type_is_found_by_its_name)
{
	char text[16];
	int type;

	for (type = 0; type <= 65535; type++) {
		expect(DnsRecordTypeFormat(type, text, sizeof text) < sizeof text, "too long");
		expect(DnsRecordTypeFromText(text) == type, text);
	}
}
END_TEST

START_TEST(case_does_not_matter)
{
	ck_assert_int_eq(DnsRecordTypeFromText("mx"), 15);
	ck_assert_int_eq(DnsRecordTypeFromText("aAaA"), 28);
	ck_assert_int_eq(DnsRecordTypeFromText("type65280"), 65280);
	ck_assert_int_eq(DnsRecordTypeFromText("Type1"), 1);
	ck_assert_int_eq(DnsRecordTypeFromText("TYPE0015"), 15);
	ck_assert_int_eq(DnsRecordTypeFromText("*"), 255);
}
END_TEST

START_TEST(what_names_no_type_is_none)
{
	static const char *const texts[] = {
		"", "x", "AA", "MX ", " MX", "T", "TYP", "TYPE", "TYPE-1", "TYPE+1", "TYPE1x",
		"TYPE65536", "TYPE99999999999999999999", "TYPE4294967297", "1", "**", "ANY*",
	};
	size_t i;

	for (i = 0; i < sizeof texts / sizeof texts[0]; i++)
		ck_assert_int_eq(DnsRecordTypeFromText(texts[i]), -1);
	ck_assert_int_eq(DnsRecordTypeFromText(NULL), -1);
}
END_TEST

START_TEST(what_is_no_type_has_no_name)
{
	char text[16] = "x";

	ck_assert_uint_eq(DnsRecordTypeFormat(-1, text, sizeof text), 0);
	ck_assert_str_eq(text, "");
	ck_assert_uint_eq(DnsRecordTypeFormat(65536, text, sizeof text), 0);
	ck_assert_uint_eq(DnsRecordTypeFormat(1, NULL, 0), 1);
	ck_assert_uint_eq(DnsRecordTypeFormat(65280, text, 5), 9);
	ck_assert_str_eq(text, "TYPE");
}
END_TEST

/* Rooms below know the numbers by names of their own. */
START_TEST(the_numbers_are_the_same_inside)
{
	ck_assert_int_eq(DNS_RECORD_TYPE_A, RECORD_A);
	ck_assert_int_eq(DNS_RECORD_TYPE_NS, RECORD_NS);
	ck_assert_int_eq(DNS_RECORD_TYPE_CNAME, RECORD_CNAME);
	ck_assert_int_eq(DNS_RECORD_TYPE_SOA, RECORD_SOA);
	ck_assert_int_eq(DNS_RECORD_TYPE_PTR, RECORD_PTR);
	ck_assert_int_eq(DNS_RECORD_TYPE_MX, RECORD_MX);
	ck_assert_int_eq(DNS_RECORD_TYPE_TXT, RECORD_TXT);
	ck_assert_int_eq(DNS_RECORD_TYPE_AAAA, RECORD_AAAA);
	ck_assert_int_eq(DNS_RECORD_TYPE_SRV, RECORD_SRV);
	ck_assert_int_eq(DNS_RECORD_TYPE_NAPTR, RECORD_NAPTR);
	ck_assert_int_eq(DNS_RECORD_TYPE_DNAME, RECORD_DNAME);
	ck_assert_int_eq(DNS_RECORD_TYPE_OPT, RECORD_OPT);
	ck_assert_int_eq(DNS_RECORD_TYPE_DS, RECORD_DS);
	ck_assert_int_eq(DNS_RECORD_TYPE_TLSA, RECORD_TLSA);
	ck_assert_int_eq(DNS_RECORD_TYPE_SMIMEA, RECORD_SMIMEA);
	ck_assert_int_eq(DNS_RECORD_TYPE_CDS, RECORD_CDS);
	ck_assert_int_eq(DNS_RECORD_TYPE_SVCB, RECORD_SVCB);
	ck_assert_int_eq(DNS_RECORD_TYPE_HTTPS, RECORD_HTTPS);
	ck_assert_int_eq(DNS_RECORD_TYPE_SPF, RECORD_SPF);
	ck_assert_int_eq(DNS_RECORD_TYPE_ANY, RECORD_ANY);
	ck_assert_int_eq(DNS_RECORD_TYPE_URI, RECORD_URI);
	ck_assert_int_eq(DNS_RECORD_TYPE_CAA, RECORD_CAA);
}
END_TEST

void
record_type_tests(TCase *tests)
{
	tcase_add_test(tests, types_have_names);
	tcase_add_test(tests, every_type_is_found_by_its_name);
	tcase_add_test(tests, case_does_not_matter);
	tcase_add_test(tests, what_names_no_type_is_none);
	tcase_add_test(tests, what_is_no_type_has_no_name);
	tcase_add_test(tests, the_numbers_are_the_same_inside);
}
