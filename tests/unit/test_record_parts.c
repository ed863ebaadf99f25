/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <string.h>

#include "record_samples.h"
#include "rooms.h"

static struct DnsRecordSet *set;
static const DnsRecord *record;
static size_t length;

#define READ(type, data) read_record(type, data, sizeof data - 1)

static void
tear_down(void)
{
	DnsRecordSetRelease(set);
	set = NULL;
}

static void
read_record(unsigned int type, const void *data, size_t data_length)
{
	tear_down();
	ck_assert_int_eq(record_sample_read(&set, type, data, data_length), DNS_STATUS_OK);
	record = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 0);
	ck_assert_ptr_nonnull(record);
}

START_TEST(every_record_has_name_type_class_and_ttl)
{
	READ(65280, "\1\0\2");
	ck_assert_str_eq(DnsRecordGetName(record), "a.test");
	ck_assert_int_eq(DnsRecordGetType(record), 65280);
	ck_assert_int_eq(DnsRecordGetClass(record), 1);
	ck_assert_uint_eq(DnsRecordGetTimeToLive(record), 60);
	ck_assert_mem_eq(DnsRecordGetData(record, &length), "\1\0\2", 3);
	ck_assert_uint_eq(length, 3);
	ck_assert_ptr_nonnull(DnsRecordGetData(record, NULL));
	read_record(65280, "", 0);
	ck_assert_ptr_nonnull(DnsRecordGetData(record, &length));
	ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(addresses)
{
	const struct sockaddr_in6 *ipv6;
	const struct sockaddr_in *ipv4;
	struct in6_addr expected;
	socklen_t size;

	READ(1, "\xc0\0\2\1");
	ipv4 = (const void *)DnsRecordGetAddress(record, &size);
	ck_assert_uint_eq(size, sizeof *ipv4);
	ck_assert_int_eq(ipv4->sin_family, AF_INET);
	ck_assert_uint_eq(ipv4->sin_port, 0);
	ck_assert_uint_eq(ntohl(ipv4->sin_addr.s_addr), 0xc0000201);
	READ(28, "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1");
	ipv6 = (const void *)DnsRecordGetAddress(record, &size);
	ck_assert_uint_eq(size, sizeof *ipv6);
	ck_assert_int_eq(ipv6->sin6_family, AF_INET6);
	inet_pton(AF_INET6, "2001:db8::1", &expected);
	ck_assert_mem_eq(&ipv6->sin6_addr, &expected, 16);
	ck_assert_ptr_eq(DnsRecordGetAddress(record, NULL), ipv6);
}
END_TEST

START_TEST(hosts)
{
	static const unsigned int types[] = { 2, 5, 12, 39 };
	size_t i;

	for (i = 0; i < 4; i++) {
		READ(types[i], "\3Ns1\4x.y\0\0");
		ck_assert_str_eq(DnsRecordGetHost(record), "Ns1.x\\.y\\000");
		READ(types[i], "\0");
		ck_assert_str_eq(DnsRecordGetHost(record), "");
	}
}
END_TEST

START_TEST(strings)
{
	READ(16, "\3abc\0\4d\0\xff" "e");
	ck_assert_uint_eq(DnsRecordGetStringCount(record), 3);
	ck_assert_str_eq(DnsRecordGetString(record, 0, &length), "abc");
	ck_assert_uint_eq(length, 3);
	ck_assert_str_eq(DnsRecordGetString(record, 1, &length), "");
	ck_assert_uint_eq(length, 0);
	ck_assert_mem_eq(DnsRecordGetString(record, 2, &length), "d\0\xff" "e", 5);
	ck_assert_uint_eq(length, 4);
	ck_assert_ptr_null(DnsRecordGetString(record, 3, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert_ptr_null(DnsRecordGetString(record, 3, NULL));
	ck_assert_str_eq(DnsRecordGetString(record, 0, NULL), "abc");
	READ(99, "\1x");
	ck_assert_str_eq(DnsRecordGetString(record, 0, NULL), "x");
}
END_TEST

START_TEST(numbers_and_names)
{
	const DnsSoaData *soa;
	const DnsSrvData *srv;

	READ(6, "\2ns\0\1m\2ns\0\1\2\3\4\0\0\0\2\0\0\0\3\0\0\0\4\xff\xff\xff\xff");
	soa = DnsRecordGetSoa(record);
	ck_assert_str_eq(soa->server, "ns");
	ck_assert_str_eq(soa->mailbox, "m.ns");
	ck_assert_uint_eq(soa->serial, 0x01020304);
	ck_assert_uint_eq(soa->refresh, 2);
	ck_assert_uint_eq(soa->retry, 3);
	ck_assert_uint_eq(soa->expire, 4);
	ck_assert_uint_eq(soa->minimum, 0xffffffff);
	READ(15, "\1\2\1m\0");
	ck_assert_uint_eq(DnsRecordGetMx(record)->preference, 0x0102);
	ck_assert_str_eq(DnsRecordGetMx(record)->exchange, "m");
	READ(33, "\1\2\3\4\xff\xfe\1s\0");
	srv = DnsRecordGetSrv(record);
	ck_assert_uint_eq(srv->priority, 0x0102);
	ck_assert_uint_eq(srv->weight, 0x0304);
	ck_assert_uint_eq(srv->port, 0xfffe);
	ck_assert_str_eq(srv->target, "s");
}
END_TEST

START_TEST(texts)
{
	const DnsNaptrData *naptr;
	const DnsCaaData *caa;
	const DnsUriData *uri;

	READ(35, "\0\1\0\2\1u\3a\0b\2!!\1r\0");
	naptr = DnsRecordGetNaptr(record);
	ck_assert_uint_eq(naptr->order, 1);
	ck_assert_uint_eq(naptr->preference, 2);
	ck_assert_str_eq(naptr->flags, "u");
	ck_assert_uint_eq(naptr->flagsLength, 1);
	ck_assert_mem_eq(naptr->services, "a\0b", 4);
	ck_assert_uint_eq(naptr->servicesLength, 3);
	ck_assert_str_eq(naptr->regexp, "!!");
	ck_assert_uint_eq(naptr->regexpLength, 2);
	ck_assert_str_eq(naptr->replacement, "r");
	READ(257, "\x80\5issuex.y");
	caa = DnsRecordGetCaa(record);
	ck_assert_uint_eq(caa->flags, 128);
	ck_assert_str_eq(caa->tag, "issue");
	ck_assert_str_eq(caa->value, "x.y");
	ck_assert_uint_eq(caa->valueLength, 3);
	READ(257, "\0\5issue");
	ck_assert_str_eq(DnsRecordGetCaa(record)->value, "");
	ck_assert_uint_eq(DnsRecordGetCaa(record)->valueLength, 0);
	READ(256, "\0\1\0\2ftp://x");
	uri = DnsRecordGetUri(record);
	ck_assert_uint_eq(uri->priority, 1);
	ck_assert_uint_eq(uri->weight, 2);
	ck_assert_str_eq(uri->target, "ftp://x");
	ck_assert_uint_eq(uri->targetLength, 7);
}
END_TEST

START_TEST(a_tag_has_letters_and_digits)
{
	int octet;
	char data[] = "\0\1x";

	for (octet = 0; octet < 256; octet++) {
		tear_down();
		data[2] = (char)octet;
		expect((record_sample_read(&set, 257, data, 3) == DNS_STATUS_OK) ==
		       (octet != 0 && strchr("0123456789abcdefghijklmnopqrstuvwxyz"
					     "ABCDEFGHIJKLMNOPQRSTUVWXYZ", octet) != NULL),
		       "a tag");
	}
	ck_assert_int_eq(record_sample_read(&set, 257, "\0\0x", 3), DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(digests)
{
	static const unsigned int ds_types[] = { 43, 59 }, tlsa_types[] = { 52, 53 };
	const DnsTlsaData *tlsa;
	const DnsDsData *ds;
	size_t i;

	for (i = 0; i < 2; i++) {
		READ(ds_types[i], "\1\2\3\4\5\6");
		ds = DnsRecordGetDs(record);
		ck_assert_uint_eq(ds->keyTag, 0x0102);
		ck_assert_uint_eq(ds->algorithm, 3);
		ck_assert_uint_eq(ds->digestType, 4);
		ck_assert_uint_eq(ds->digestLength, 2);
		ck_assert_mem_eq(ds->digest, "\5\6", 2);
		READ(tlsa_types[i], "\3\1\2\4\0");
		tlsa = DnsRecordGetTlsa(record);
		ck_assert_uint_eq(tlsa->usage, 3);
		ck_assert_uint_eq(tlsa->selector, 1);
		ck_assert_uint_eq(tlsa->matching, 2);
		ck_assert_uint_eq(tlsa->dataLength, 2);
		ck_assert_mem_eq(tlsa->data, "\4\0", 2);
	}
}
END_TEST

START_TEST(services)
{
	static const char data[] =
		"\0\1\1s\0"
		"\0\0\0\4\0\1\0\4"
		"\0\1\0\6\2h2\2h3"
		"\0\2\0\0"
		"\0\3\0\2\x20\xfb"
		"\0\4\0\10\xc0\0\2\1\xc0\0\2\2"
		"\0\5\0\3\1\0\2"
		"\0\6\0\20\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
		"\x02\x9b\0\1x";
	const DnsSvcbData *svcb;

	READ(65, data);
	svcb = DnsRecordGetSvcb(record);
	ck_assert_uint_eq(svcb->priority, 1);
	ck_assert_str_eq(svcb->target, "s");
	ck_assert_uint_eq(svcb->paramCount, 8);
	ck_assert_uint_eq(svcb->params[7].key, 667);
	ck_assert_uint_eq(svcb->params[7].length, 1);
	ck_assert_mem_eq(svcb->params[7].value, "x", 1);
	ck_assert_uint_eq(svcb->params[2].key, DNS_SVCB_KEY_NO_DEFAULT_ALPN);
	ck_assert_uint_eq(svcb->params[2].length, 0);
	ck_assert_uint_eq(svcb->mandatoryCount, 2);
	ck_assert_uint_eq(svcb->mandatory[0], DNS_SVCB_KEY_ALPN);
	ck_assert_uint_eq(svcb->mandatory[1], DNS_SVCB_KEY_IPV4HINT);
	ck_assert_uint_eq(svcb->protocolCount, 2);
	ck_assert_str_eq(svcb->protocols[0].name, "h2");
	ck_assert_str_eq(svcb->protocols[1].name, "h3");
	ck_assert_uint_eq(svcb->protocols[1].length, 2);
	ck_assert(svcb->noDefaultProtocol);
	ck_assert(svcb->hasPort);
	ck_assert_uint_eq(svcb->port, 8443);
	ck_assert_uint_eq(svcb->ipv4HintCount, 2);
	ck_assert_uint_eq(ntohl(svcb->ipv4Hints[1].s_addr), 0xc0000202);
	ck_assert_uint_eq(svcb->ipv6HintCount, 1);
	ck_assert_uint_eq(svcb->ipv6Hints[0].s6_addr[15], 1);
	ck_assert_uint_eq(svcb->echLength, 3);
	ck_assert_mem_eq(svcb->ech, "\1\0\2", 3);
}
END_TEST

START_TEST(services_without_params)
{
	const DnsSvcbData *svcb;

	READ(64, "\0\1\0");
	svcb = DnsRecordGetSvcb(record);
	ck_assert_str_eq(svcb->target, "");
	ck_assert_uint_eq(svcb->paramCount, 0);
	ck_assert(!svcb->hasPort);
	ck_assert(!svcb->noDefaultProtocol);
	ck_assert_uint_eq(svcb->protocolCount + svcb->mandatoryCount + svcb->ipv4HintCount +
			  svcb->ipv6HintCount + svcb->echLength, 0);
	/* An alias: its params are there, but mean nothing. */
	READ(64, "\0\0\1s\0\0\3\0\2\1\2");
	svcb = DnsRecordGetSvcb(record);
	ck_assert_uint_eq(svcb->priority, 0);
	ck_assert_uint_eq(svcb->paramCount, 1);
	ck_assert(!svcb->hasPort);
}
END_TEST

/* RFC 9460 2.2 and the forms of section 7. */
START_TEST(params_must_have_their_form)
{
	static const struct {
		const char *params;
		size_t length;
	} bad[] = {
		{ "\0\3\0\2\1\2\0\3\0\2\1\2", 12 },	/* a key twice */
		{ "\0\3\0\2\1\2\0\2\0\0", 10 },		/* not in order */
		{ "\0\3\0\3\1\2\3", 7 },		/* port */
		{ "\0\3\0\0", 4 },
		{ "\0\1\0\0", 4 },			/* alpn */
		{ "\0\1\0\1\0", 5 },
		{ "\0\1\0\3\2h2\0", 8 },
		{ "\0\1\0\2\2h", 6 },
		{ "\0\1\0\4\1h\2h", 8 },
		{ "\0\2\0\1x", 5 },			/* no-default-alpn */
		{ "\0\4\0\0", 4 },			/* ipv4hint */
		{ "\0\4\0\5\1\2\3\4\5", 9 },
		{ "\0\5\0\0", 4 },			/* ech */
		{ "\0\6\0\4\1\2\3\4", 8 },		/* ipv6hint */
		{ "\0\7\0\0", 4 },			/* dohpath */
		{ "\0\10\0\1x", 5 },			/* ohttp */
		{ "\0\0\0\0", 4 },			/* mandatory */
		{ "\0\0\0\3\0\1\0", 7 },
		{ "\0\0\0\2\0\0", 6 },
		{ "\0\0\0\4\0\4\0\1", 8 },
		{ "\0\0\0\4\0\4\0\4", 8 },
	};
	char data[64] = "\0\1\0";
	size_t i;

	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		memcpy(data + 3, bad[i].params, bad[i].length);
		ck_assert_int_eq(record_sample_read(&set, 65, data, 3 + bad[i].length),
				 DNS_STATUS_NO_RECOVERY);
	}
}
END_TEST

/* Which of the Get functions by type find something. */
static int
count_parts(const DnsRecord *of)
{
	return (DnsRecordGetAddress(of, NULL) != NULL) + (DnsRecordGetHost(of) != NULL) +
	       (DnsRecordGetString(of, 0, NULL) != NULL) + (DnsRecordGetSoa(of) != NULL) +
	       (DnsRecordGetMx(of) != NULL) + (DnsRecordGetSrv(of) != NULL) +
	       (DnsRecordGetCaa(of) != NULL) + (DnsRecordGetNaptr(of) != NULL) +
	       (DnsRecordGetTlsa(of) != NULL) + (DnsRecordGetDs(of) != NULL) +
	       (DnsRecordGetUri(of) != NULL) + (DnsRecordGetSvcb(of) != NULL);
}

static void
check_kinds(const struct record_sample *sample)
{
	static const unsigned int types[] = { 1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 39, 43, 52,
					      53, 59, 64, 65, 99, 256, 257 };
	int expected = 0;
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		expected += sample->type == types[i];
	read_record(sample->type, sample->data, sample->length);
	ck_assert_int_eq(count_parts(record), expected);
	ck_assert_uint_eq(DnsRecordGetStringCount(record) > 0,
			  sample->type == 16 || sample->type == 99);
}

START_TEST(data_are_had_by_their_own_type_only)
{
	record_sample_each(check_kinds);
}
END_TEST

START_TEST(nothing_has_nothing)
{
	socklen_t size = 1;

	length = 1;
	ck_assert_int_eq(count_parts(NULL), 0);
	ck_assert_ptr_null(DnsRecordGetName(NULL));
	ck_assert_int_eq(DnsRecordGetType(NULL), 0);
	ck_assert_int_eq(DnsRecordGetClass(NULL), 0);
	ck_assert_uint_eq(DnsRecordGetTimeToLive(NULL), 0);
	ck_assert_uint_eq(DnsRecordGetStringCount(NULL), 0);
	ck_assert_ptr_null(DnsRecordGetData(NULL, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert_ptr_null(DnsRecordGetAddress(NULL, &size));
	ck_assert_uint_eq(size, 0);
	length = 1;
	ck_assert_ptr_null(DnsRecordGetString(NULL, 0, &length));
	ck_assert_uint_eq(length, 0);
}
END_TEST

void
record_parts_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, every_record_has_name_type_class_and_ttl);
	tcase_add_test(tests, addresses);
	tcase_add_test(tests, hosts);
	tcase_add_test(tests, strings);
	tcase_add_test(tests, numbers_and_names);
	tcase_add_test(tests, texts);
	tcase_add_test(tests, a_tag_has_letters_and_digits);
	tcase_add_test(tests, digests);
	tcase_add_test(tests, services);
	tcase_add_test(tests, services_without_params);
	tcase_add_test(tests, params_must_have_their_form);
	tcase_add_test(tests, data_are_had_by_their_own_type_only);
	tcase_add_test(tests, nothing_has_nothing);
}
