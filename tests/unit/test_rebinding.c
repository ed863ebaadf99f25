/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "host_answer.h"
#include "packet.h"
#include "rebinding.h"
#include "record_answer.h"
#include "record_samples.h"
#include "resolver_options_impl.h"
#include "rooms.h"

static DnsResolverOptions *options;
static struct host_answer answer;
static struct packet packet;

static void
set_up_options(void)
{
	options = DnsResolverOptionsCreate();
	ck_assert_ptr_nonnull(options);
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_REFUSE_PRIVATE);
}

static void
tear_down_options(void)
{
	host_answer_clear(&answer);
	DnsResolverOptionsRelease(options);
}

/* What becomes of an answer for that name with these addresses (the second may be NULL). */
static DnsStatus
judge(const char *name, const char *first, const char *second)
{
	struct rebinding_policy policy = rebinding_policy_of(options);
	int type = strchr(first, ':') == NULL ? PACKET_A : PACKET_AAAA;

	host_answer_clear(&answer);
	packet_begin(&packet, RCODE_NOERROR, name, (unsigned int)type);
	packet_add_address(&packet, name, first, 300);
	if (second != NULL)
		packet_add_address(&packet, name, second, 300);
	host_answer_read(&answer, packet.data, packet.length, name, type, 0);
	rebinding_judge_host(&policy, name, &answer);
	ck_assert(answer.status == DNS_STATUS_OK || answer.address_count == 0);
	return answer.status;
}

START_TEST(they_are_refused_by_option)
{
	ck_assert_int_eq(judge("a.test", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("a.test", "fc00::1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("a.test", "192.0.2.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.test", "2001:db8::1", NULL), DNS_STATUS_OK);
	DnsResolverOptionsSetFlags(options, 0);
	ck_assert_int_eq(judge("a.test", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.test", "fc00::1", NULL), DNS_STATUS_OK);
}
END_TEST

START_TEST(one_spoils_an_answer)
{
	ck_assert_int_eq(judge("a.test", "10.0.0.1", "192.0.2.1"), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("a.test", "192.0.2.1", "10.0.0.1"), DNS_STATUS_NO_RECOVERY);
	ck_assert_uint_eq(answer.name_count, 0);
	ck_assert_uint_eq(answer.time_to_live, UINT32_MAX);
	ck_assert_int_eq(judge("a.test", "192.0.2.1", "192.0.2.2"), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 2);
}
END_TEST

/* What was nothing stays what it was. */
START_TEST(other_statuses_stay)
{
	struct rebinding_policy policy = rebinding_policy_of(options);

	packet_begin(&packet, RCODE_NXDOMAIN, "a.test", PACKET_A);
	host_answer_read(&answer, packet.data, packet.length, "a.test", PACKET_A, 0);
	rebinding_judge_host(&policy, "a.test", &answer);
	ck_assert_int_eq(answer.status, DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(some_names_are_exempt)
{
	ck_assert_int_eq(judge("printer.home.arpa", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.internal", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("ainternal", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("corp.test", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(options, "lan, Corp.TEST."),
			 DNS_STATUS_OK);
	ck_assert_int_eq(judge("corp.test", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.b.corp.test", "::1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.lan", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(judge("acorp.test", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("test", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(judge("lan.test", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(options, "."), DNS_STATUS_OK);
	ck_assert_int_eq(judge("test", "10.0.0.1", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(options, ""), DNS_STATUS_OK);
	ck_assert_int_eq(judge("a.lan", "10.0.0.1", NULL), DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* It is whom one asks for that counts. */
START_TEST(an_alias_exempts_nobody)
{
	struct rebinding_policy policy;

	DnsResolverOptionsSetPrivateSuffixes(options, "corp.test");
	policy = rebinding_policy_of(options);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.corp.test", 300);
	packet_add_address(&packet, "b.corp.test", "10.0.0.1", 300);
	host_answer_read(&answer, packet.data, packet.length, "a.test", PACKET_A, 0);
	ck_assert_int_eq(answer.status, DNS_STATUS_OK);
	rebinding_judge_host(&policy, "a.test", &answer);
	ck_assert_int_eq(answer.status, DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Records of a.test with these data. */
static DnsStatus
judge_records(unsigned int type, const void *data, size_t length)
{
	struct rebinding_policy policy = rebinding_policy_of(options);
	struct DnsRecordSet *set;
	DnsStatus status = record_sample_read(&set, type, data, length);

	ck_assert_int_eq(status, DNS_STATUS_OK);
	status = rebinding_judge_records(&policy, "a.test", status, &set);
	ck_assert_int_eq(status == DNS_STATUS_OK, set != NULL);
	DnsRecordSetRelease(set);
	return status;
}

#define JUDGE(type, data) judge_records(type, data, sizeof data - 1)
#define HTTPS 65

START_TEST(records_are_judged_too)
{
	ck_assert_int_eq(JUDGE(PACKET_A, "\300\250\0\1"), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(JUDGE(PACKET_A, "\300\0\2\1"), DNS_STATUS_OK);
	ck_assert_int_eq(JUDGE(PACKET_AAAA, "\376\200\0\0\0\0\0\0\0\0\0\0\0\0\0\1"),
			 DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(JUDGE(PACKET_TXT, "\4\12\0\0\1"), DNS_STATUS_OK);
	ck_assert_int_eq(JUDGE(HTTPS, "\0\1\0\0\4\0\4\12\0\0\1"), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(JUDGE(HTTPS, "\0\1\0\0\4\0\10\10\10\10\10\12\0\0\1"),
			 DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(JUDGE(HTTPS, "\0\1\0\0\4\0\4\10\10\10\10"), DNS_STATUS_OK);
	ck_assert_int_eq(JUDGE(HTTPS, "\0\1\0\0\6\0\20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1"),
			 DNS_STATUS_NO_RECOVERY);
	DnsResolverOptionsSetPrivateSuffixes(options, "test");
	ck_assert_int_eq(JUDGE(PACKET_A, "\300\250\0\1"), DNS_STATUS_OK);
}
END_TEST

START_TEST(records_of_all_sections_are_judged)
{
	static const size_t counts[] = { PACKET_AUTHORITIES, PACKET_ADDITIONALS };
	struct rebinding_policy policy = rebinding_policy_of(options);
	struct DnsRecordSet *set;
	DnsStatus status;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_TXT);
	packet_add_record_to(&packet, counts[_i], "b.test", PACKET_A, 300, "\12\0\0\1", 4);
	status = record_answer_read(&set, packet.data, packet.length, "a.test", PACKET_TXT, 0,
				    true);
	ck_assert_int_eq(status, DNS_STATUS_NO_DATA);
	ck_assert_ptr_nonnull(set);
	ck_assert_int_eq(rebinding_judge_records(&policy, "a.test", status, &set),
			 DNS_STATUS_NO_RECOVERY);
	ck_assert_ptr_null(set);
	ck_assert_int_eq(rebinding_judge_records(&policy, "a.test", status, &set),
			 DNS_STATUS_NO_DATA);
}
END_TEST

void
rebinding_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up_options, tear_down_options);
	tcase_add_test(tests, they_are_refused_by_option);
	tcase_add_test(tests, one_spoils_an_answer);
	tcase_add_test(tests, other_statuses_stay);
	tcase_add_test(tests, some_names_are_exempt);
	tcase_add_test(tests, an_alias_exempts_nobody);
	tcase_add_test(tests, records_are_judged_too);
	tcase_add_loop_test(tests, records_of_all_sections_are_judged, 0, 2);
}
