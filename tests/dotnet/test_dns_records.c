/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/DnsResolverLoopbackTest.cs and
 * DnsResolverTest.cs: their cases about records other than addresses. ResolveSrv and its
 * like are here one operation, QueryRecords, and their Async forms its Begin and End.
 * Those that ask public servers ask the scripted one. */
#include "machine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suites.h"

#define TYPE_NS	   2
#define TYPE_CNAME 5
#define TYPE_MX	   15
#define TYPE_TXT   16
#define TYPE_SRV   33

/* Each by QueryRecords, and by Begin and End. */
#define FORMS 2

static const char zone[] =
	"_http._tcp.svc.test 120 SRV 10 100 8080 node1.test\n"
	"_http._tcp.svc.test 120 SRV 20 50 8081 node2.test\n"
	"node1.test 120 A 10.0.0.10\n"
	"node2.test 120 A 10.0.0.11\n"
	"node2.test 120 AAAA fd00::11\n"
	"_noadd._tcp.svc.test 60 SRV 10 100 9090 noaddr.test\n"
	"mx.test 120 MX 10 mail1.test\n"
	"mx.test 120 MX 20 mail2.test\n"
	"txt.test 120 TXT \"v=spf1 -all\"\n"
	"txt.test 120 TXT \"part1\" \"part2\"\n"
	"aka.test 120 CNAME canonical.test\n"
	"canonical.test 120 A 10.0.0.12\n"
	"1.0.0.10.in-addr.arpa 120 PTR host.test\n"
	"ns.test 120 NS ns1.test\n"
	"ns.test 120 NS ns2.test\n";

static void
load_zone(void)
{
	char path[] = "/tmp/asyncdns_dotnet_zone.XXXXXX";
	int file = mkstemp(path);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, zone, sizeof zone - 1), (int)sizeof zone - 1);
	close(file);
	ck_assert_int_eq(dns_server_load_zone(world.server, path), 15);
	unlink(path);
}

/* Found, with so many records in the answer, each of the type and with its name. */
static DnsRecordSet *
resolve_with(int form, const char *name, int type, size_t count,
	     const DnsLookupOptions *options)
{
	const DnsRecord *record;
	DnsAsyncResult *handle;
	DnsRecordSet *set;
	size_t i;

	if (form == 0) {
		ck_assert_int_eq(QueryRecords(world.resolver, name, type, &set),
				 DNS_STATUS_OK);
	} else {
		handle = BeginQueryRecordsWithOptions(world.resolver, name, type, options,
						      NULL, NULL);
		ck_assert_ptr_nonnull(handle);
		ck_assert_int_eq(EndQueryRecords(handle, &set), DNS_STATUS_OK);
	}
	ck_assert_int_eq(DnsRecordSetGetResponseCode(set), RCODE_NOERROR);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ANSWER), count);
	for (i = 0; i < count; i++) {
		record = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, i);
		ck_assert_int_eq(DnsRecordGetType(record), type);
		ck_assert_str_eq(DnsRecordGetName(record), name);
	}
	return set;
}

static DnsRecordSet *
resolve(int form, const char *name, int type, size_t count)
{
	return resolve_with(form, name, type, count, NULL);
}

static const DnsRecord *
answer(const DnsRecordSet *set, size_t index)
{
	return DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, index);
}

/* ---- SRV ---- */

static void
expect_service(const DnsRecord *record, unsigned int priority, unsigned int weight,
	       unsigned int port, const char *target)
{
	const DnsSrvData *service = DnsRecordGetSrv(record);

	ck_assert_ptr_nonnull(service);
	ck_assert_uint_eq(service->priority, priority);
	ck_assert_uint_eq(service->weight, weight);
	ck_assert_uint_eq(service->port, port);
	ck_assert_str_eq(service->target, target);
}

START_TEST(ResolveSrv_ReturnsRecords)
{
	DnsRecordSet *set = resolve(_i, "_http._tcp.svc.test", TYPE_SRV, 2);

	expect_service(answer(set, 0), 10, 100, 8080, "node1.test");
	expect_service(answer(set, 1), 20, 50, 8081, "node2.test");
	ck_assert_uint_gt(DnsRecordGetTimeToLive(answer(set, 0)), 0);
	ck_assert_uint_le(DnsRecordGetTimeToLive(answer(set, 0)), 120);
	DnsRecordSetRelease(set);
}
END_TEST

/* How many addresses of a host are in the additional section; the first as text. */
static size_t
count_additional(const DnsRecordSet *set, const char *host, char first[64])
{
	const DnsRecord *record;
	size_t i, count = 0;

	for (i = 0; i < DnsRecordSetGetCount(set, DNS_SECTION_ADDITIONAL); i++) {
		record = DnsRecordSetGetRecord(set, DNS_SECTION_ADDITIONAL, i);
		if (strcmp(DnsRecordGetName(record), host) == 0 && count++ == 0)
			DnsRecordFormat(record, first, 64);
	}
	return count;
}

/* There a member of the record; here the section of the response that they came in. */
START_TEST(ResolveSrv_IncludesAdditionalAddresses)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsRecordSet *set;
	char first[64];

	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, DNS_LOOKUP_WHOLE_RESPONSE),
			 DNS_STATUS_OK);
	set = resolve_with(1, "_http._tcp.svc.test", TYPE_SRV, 2, options);
	DnsLookupOptionsRelease(options);
	ck_assert_uint_eq(count_additional(set, "node1.test", first), 1);
	ck_assert_str_eq(first, "10.0.0.10");
	ck_assert_uint_eq(count_additional(set, "node2.test", first), 2);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ADDITIONAL), 3);
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(ResolveSrv_NoAdditionalAddresses)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsRecordSet *set;

	ck_assert_int_eq(DnsLookupOptionsSetFlags(options, DNS_LOOKUP_WHOLE_RESPONSE),
			 DNS_STATUS_OK);
	set = resolve_with(1, "_noadd._tcp.svc.test", TYPE_SRV, 1, options);
	DnsLookupOptionsRelease(options);
	expect_service(answer(set, 0), 10, 100, 9090, "noaddr.test");
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ADDITIONAL), 0);
	DnsRecordSetRelease(set);

	/* Nor where they were not asked for. */
	set = resolve(_i, "_http._tcp.svc.test", TYPE_SRV, 2);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ADDITIONAL), 0);
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(ResolveSrv_KnownName_ReturnsRecords)
{
	DnsRecordSet *set = resolve(_i, "_noadd._tcp.svc.test", TYPE_SRV, 1);

	ck_assert_str_ne(DnsRecordGetSrv(answer(set, 0))->target, "");
	ck_assert_uint_ne(DnsRecordGetSrv(answer(set, 0))->port, 0);
	DnsRecordSetRelease(set);
}
END_TEST

/* ---- MX, TXT ---- */

START_TEST(ResolveMx_ReturnsRecords)
{
	DnsRecordSet *set = resolve(_i, "mx.test", TYPE_MX, 2);
	const DnsMxData *mail;

	mail = DnsRecordGetMx(answer(set, 0));
	ck_assert_uint_eq(mail->preference, 10);
	ck_assert_str_eq(mail->exchange, "mail1.test");
	mail = DnsRecordGetMx(answer(set, 1));
	ck_assert_uint_eq(mail->preference, 20);
	ck_assert_str_eq(mail->exchange, "mail2.test");
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(ResolveMx_KnownName_ReturnsRecords)
{
	DnsRecordSet *set = resolve(_i, "mx.test", TYPE_MX, 2);

	ck_assert_str_ne(DnsRecordGetMx(answer(set, 0))->exchange, "");
	ck_assert_str_ne(DnsRecordGetMx(answer(set, 1))->exchange, "");
	DnsRecordSetRelease(set);
}
END_TEST

static void
expect_string(const DnsRecord *record, size_t index, const char *text)
{
	size_t length;

	ck_assert_str_eq(DnsRecordGetString(record, index, &length), text);
	ck_assert_uint_eq(length, strlen(text));
}

START_TEST(ResolveTxt_ReturnsValues)
{
	DnsRecordSet *set = resolve(_i, "txt.test", TYPE_TXT, 2);

	ck_assert_uint_eq(DnsRecordGetStringCount(answer(set, 0)), 1);
	expect_string(answer(set, 0), 0, "v=spf1 -all");
	ck_assert_uint_eq(DnsRecordGetStringCount(answer(set, 1)), 2);
	expect_string(answer(set, 1), 0, "part1");
	expect_string(answer(set, 1), 1, "part2");
	DnsRecordSetRelease(set);
}
END_TEST

START_TEST(ResolveTxt_KnownName_ReturnsRecords)
{
	DnsRecordSet *set = resolve(_i, "txt.test", TYPE_TXT, 2);

	ck_assert_uint_ge(DnsRecordGetStringCount(answer(set, 0)), 1);
	ck_assert_uint_ge(DnsRecordGetStringCount(answer(set, 1)), 1);
	DnsRecordSetRelease(set);
}
END_TEST

/* ---- Names that lead to another ---- */

static void
expect_hosts(int form, const char *name, int type, const char *first, const char *second)
{
	DnsRecordSet *set = resolve(form, name, type, second == NULL ? 1 : 2);

	ck_assert_str_eq(DnsRecordGetHost(answer(set, 0)), first);
	if (second != NULL)
		ck_assert_str_eq(DnsRecordGetHost(answer(set, 1)), second);
	DnsRecordSetRelease(set);
}

/* The alias itself: what it leads to is not asked for. */
START_TEST(ResolveCName_ReturnsCanonicalName)
{
	expect_hosts(_i, "aka.test", TYPE_CNAME, "canonical.test", NULL);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 1);
}
END_TEST

START_TEST(ResolveCName_KnownName_ReturnsRecord)
{
	expect_hosts(_i, "alias.test", TYPE_CNAME, "middle.test", NULL);
}
END_TEST

START_TEST(ResolvePtr_ReturnsName)
{
	expect_hosts(_i, "1.0.0.10.in-addr.arpa", TYPE_PTR, "host.test", NULL);
}
END_TEST

START_TEST(ResolveNs_ReturnsRecords)
{
	expect_hosts(_i, "ns.test", TYPE_NS, "ns1.test", "ns2.test");
}
END_TEST

START_TEST(ResolveNs_KnownName_ReturnsRecords)
{
	expect_hosts(_i, "ns.test", TYPE_NS, "ns1.test", "ns2.test");
}
END_TEST

static void
add_loopback(TCase *all)
{
	tcase_add_loop_test(all, ResolveSrv_ReturnsRecords, 0, FORMS);
	tcase_add_test(all, ResolveSrv_IncludesAdditionalAddresses);
	tcase_add_loop_test(all, ResolveSrv_NoAdditionalAddresses, 0, FORMS);
	tcase_add_loop_test(all, ResolveMx_ReturnsRecords, 0, FORMS);
	tcase_add_loop_test(all, ResolveTxt_ReturnsValues, 0, FORMS);
	tcase_add_loop_test(all, ResolveCName_ReturnsCanonicalName, 0, FORMS);
	tcase_add_loop_test(all, ResolvePtr_ReturnsName, 0, FORMS);
	tcase_add_loop_test(all, ResolveNs_ReturnsRecords, 0, FORMS);
}

static void
add_known_names(TCase *all)
{
	tcase_add_loop_test(all, ResolveSrv_KnownName_ReturnsRecords, 0, FORMS);
	tcase_add_loop_test(all, ResolveMx_KnownName_ReturnsRecords, 0, FORMS);
	tcase_add_loop_test(all, ResolveTxt_KnownName_ReturnsRecords, 0, FORMS);
	tcase_add_loop_test(all, ResolveCName_KnownName_ReturnsRecord, 0, FORMS);
	tcase_add_loop_test(all, ResolveNs_KnownName_ReturnsRecords, 0, FORMS);
}

Suite *
dns_records_suite(void)
{
	Suite *suite = suite_create("records of DnsResolver");
	TCase *loopback = machine_case(suite, "DnsResolverLoopbackTest");
	TCase *known_names = machine_case(suite, "known names");

	tcase_add_checked_fixture(loopback, load_zone, NULL);
	tcase_add_checked_fixture(known_names, load_zone, NULL);
	add_loopback(loopback);
	add_known_names(known_names);
	return suite;
}
