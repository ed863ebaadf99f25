/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_lifetime.h"
#include "replies.h"
#include "rooms.h"

#define NAME "host.example"
#define SERVFAIL 2
#define RRSIG 46
#define OPT 41
#define ANY 255

static struct packet packet;

/* Reads the packet as the answer for that name and type. */
static enum answer_kind
read_for(const char *name, int type, uint32_t *seconds)
{
	struct answer *answer = replies_take(&packet, 0);
	enum answer_kind kind = answer_lifetime_read(answer, name, type, seconds);

	answer_release(answer);
	return kind;
}

static void
expect_kind(enum answer_kind kind, uint32_t seconds)
{
	uint32_t found;

	ck_assert_int_eq(read_for(NAME, PACKET_A, &found), kind);
	ck_assert_uint_eq(found, seconds);
}

static void
begin(unsigned int rcode)
{
	packet_begin(&packet, rcode, NAME, PACKET_A);
}

static void
add_address(uint32_t ttl)
{
	packet_add_address(&packet, NAME, "192.0.2.1", ttl);
}

START_TEST(the_least_ttl_of_the_answer_section_counts)
{
	begin(REPLIES_NOERROR);
	add_address(60);
	expect_kind(ANSWER_POSITIVE, 60);
	add_address(20);
	expect_kind(ANSWER_POSITIVE, 20);
	packet_add_record(&packet, NAME, RRSIG, 10, "signed", 6);
	expect_kind(ANSWER_POSITIVE, 10);
	/* What comes behind it does not. */
	replies_add_soa(&packet, "example", 5, 5);
	expect_kind(ANSWER_POSITIVE, 10);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "ns.example", PACKET_A, 1, "addr", 4);
	expect_kind(ANSWER_POSITIVE, 10);
}
END_TEST

START_TEST(the_chain_counts)
{
	begin(REPLIES_NOERROR);
	packet_add_cname(&packet, NAME, "b.example", 30);
	packet_add_cname(&packet, "b.example", "c.example", 40);
	packet_add_address(&packet, "c.example", "192.0.2.1", 50);
	expect_kind(ANSWER_POSITIVE, 30);
}
END_TEST

START_TEST(a_chain_out_of_order_counts)
{
	begin(REPLIES_NOERROR);
	packet_add_address(&packet, "c.example", "192.0.2.1", 50);
	packet_add_cname(&packet, "B.example", "C.Example", 40);
	packet_add_cname(&packet, NAME, "b.EXAMPLE", 60);
	expect_kind(ANSWER_POSITIVE, 40);
}
END_TEST

static const struct {
	uint32_t ttl, seconds;
} positives[] = {
	{ 0, 0 },
	{ 1, 1 },
	{ 86399, 86399 },
	{ 86400, 86400 },
	{ 86401, 86400 },
	{ 0x7fffffff, 86400 },
	{ 0x80000000, 0 }, /* RFC 2181 8 */
	{ 0xffffffff, 0 },
};

START_TEST(what_is_there_is_good_for_a_day_at_most)
{
	begin(REPLIES_NOERROR);
	add_address(positives[_i].ttl);
	expect_kind(ANSWER_POSITIVE, positives[_i].seconds);
}
END_TEST

static const struct {
	uint32_t ttl, minimum, seconds;
} negatives[] = {
	{ 0, 300, 0 },
	{ 300, 0, 0 },
	{ 1, 300, 1 },
	{ 300, 1, 1 },
	{ 10799, 86400, 10799 },
	{ 86400, 10799, 10799 },
	{ 10800, 10800, 10800 },
	{ 10801, 10801, 10800 },
	{ 0x7fffffff, 0x7fffffff, 10800 },
	{ 300, 0x80000000, 0 },
	{ 300, 0xffffffff, 0 },
	{ 0x80000000, 300, 0 },
};

/* Fault A11. */
START_TEST(what_is_not_there_is_good_for_what_the_soa_says)
{
	begin(REPLIES_NXDOMAIN);
	replies_add_soa(&packet, "example", negatives[_i].ttl, negatives[_i].minimum);
	expect_kind(ANSWER_NEGATIVE, negatives[_i].seconds);
	begin(REPLIES_NOERROR); /* NODATA */
	replies_add_soa(&packet, "example", negatives[_i].ttl, negatives[_i].minimum);
	expect_kind(ANSWER_NEGATIVE, negatives[_i].seconds);
}
END_TEST

static const struct {
	const char *name, *owner;
	bool is_fit;
} owners[] = {
	{ "host.example", "host.example", true },
	{ "host.example", "HOST.Example", true },
	{ "host.example", "example", true },
	{ "host.example", "eXample", true },
	{ "host.example", "", true },
	{ "host.example", "xample", false },
	{ "host.example", "ost.example", false },
	{ "host.example", "a.host.example", false },
	{ "host.example", "other", false },
	{ "host.example", "other.example", false },
	{ "host.example", "host", false },
	{ "", "", true },
	{ "", "example", false },
	/* A dot within a label ends none. */
	{ "a\\.host.example", "example", true },
	{ "a\\.host.example", "host.example", false },
	{ "a\\\\.host.example", "host.example", true },
};

START_TEST(the_soa_is_of_the_name_or_above)
{
	uint32_t seconds;

	packet_begin(&packet, REPLIES_NXDOMAIN, owners[_i].name, PACKET_A);
	replies_add_soa(&packet, owners[_i].owner, 60, 60);
	ck_assert_int_eq(read_for(owners[_i].name, PACKET_A, &seconds),
			 owners[_i].is_fit ? ANSWER_NEGATIVE : ANSWER_UNFIT);
}
END_TEST

START_TEST(a_later_soa_will_do)
{
	begin(REPLIES_NXDOMAIN);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "example", RRSIG, 3, "signed", 6);
	replies_add_soa(&packet, "elsewhere", 5, 5);
	replies_add_soa(&packet, "example", 60, 70);
	expect_kind(ANSWER_NEGATIVE, 60);
}
END_TEST

/* The SOA is of where the chain ends, and the chain counts too (RFC 2308 2.1, 2.2). */
START_TEST(nothing_at_the_end_of_a_chain)
{
	begin(_i);
	packet_add_cname(&packet, NAME, "b.elsewhere", 30);
	replies_add_soa(&packet, "elsewhere", 60, 60);
	expect_kind(ANSWER_NEGATIVE, 30);
	begin(_i);
	packet_add_cname(&packet, NAME, "b.elsewhere", 90);
	replies_add_soa(&packet, "elsewhere", 60, 60);
	expect_kind(ANSWER_NEGATIVE, 60);
	begin(_i);
	packet_add_cname(&packet, NAME, "b.elsewhere", 30);
	replies_add_soa(&packet, "example", 60, 60);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

/* Faults A11, A12. */
START_TEST(without_an_soa_nothing_is_known)
{
	begin(_i);
	expect_kind(ANSWER_UNFIT, 0);
	/* A referral. */
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "example", 2, 60, "\2ns\0", 4);
	expect_kind(ANSWER_UNFIT, 0);
	/* In the wrong section: one of the additional, whose count is the next. */
	begin(_i);
	replies_add_soa(&packet, "example", 60, 60);
	packet_set_16(&packet, PACKET_AUTHORITIES, 0);
	packet_set_16(&packet, PACKET_ADDITIONALS, 1);
	expect_kind(ANSWER_UNFIT, 0);
	packet_set_16(&packet, PACKET_ADDITIONALS, 0);
	packet_set_16(&packet, PACKET_ANSWERS, 1);
	expect_kind(ANSWER_UNFIT, 0);
	/* Too short for an SOA. */
	begin(_i);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "example", REPLIES_SOA, 60,
			     "\0\0" "serialrefreshretry.", 21);
	expect_kind(ANSWER_UNFIT, 0);
	/* Of another class. */
	begin(_i);
	replies_add_soa(&packet, "", 60, 60);
	packet_set_16(&packet, PACKET_HEADER + strlen(NAME) + 2 + 4 + 1 + 2, PACKET_CHAOS);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

START_TEST(records_of_others_are_no_data)
{
	begin(REPLIES_NOERROR);
	packet_add_address(&packet, "other.example", "192.0.2.1", 60);
	packet_add_address(&packet, NAME, "2001:db8::1", 60);
	expect_kind(ANSWER_UNFIT, 0);
	replies_add_soa(&packet, "example", 90, 90);
	expect_kind(ANSWER_NEGATIVE, 60);
}
END_TEST

START_TEST(a_contradiction_is_not_kept)
{
	begin(REPLIES_NXDOMAIN);
	add_address(60);
	replies_add_soa(&packet, "example", 60, 60);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

static void
add_links(unsigned int links)
{
	char from[32] = NAME, to[32];
	unsigned int i;

	begin(REPLIES_NOERROR);
	for (i = 0; i < links; i++) {
		snprintf(to, sizeof to, "link%u.example", i);
		packet_add_cname(&packet, from, to, 60);
		memcpy(from, to, sizeof from);
	}
	packet_add_address(&packet, from, "192.0.2.1", 60);
}

START_TEST(chains_have_an_end)
{
	add_links(16);
	expect_kind(ANSWER_POSITIVE, 60);
	add_links(17);
	expect_kind(ANSWER_UNFIT, 0);
	begin(REPLIES_NOERROR);
	packet_add_cname(&packet, NAME, "b.example", 60);
	packet_add_cname(&packet, "b.example", NAME, 60);
	replies_add_soa(&packet, "example", 60, 60);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

START_TEST(a_link_to_no_name)
{
	begin(REPLIES_NOERROR);
	packet_add_record(&packet, NAME, PACKET_CNAME, 60, "\1b\0more", 7);
	replies_add_soa(&packet, "", 60, 60);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

START_TEST(an_alias_is_data_where_it_is_asked_for)
{
	static const int types[] = { PACKET_CNAME, ANY };
	uint32_t seconds;

	packet_begin(&packet, REPLIES_NOERROR, NAME, (unsigned int)types[_i]);
	packet_add_cname(&packet, NAME, "b.example", 60);
	ck_assert_int_eq(read_for(NAME, types[_i], &seconds), ANSWER_POSITIVE);
	ck_assert_uint_eq(seconds, 60);
}
END_TEST

static void
begin_positive(void)
{
	begin(REPLIES_NOERROR);
	add_address(60);
}

START_TEST(flags_that_forbid_it)
{
	begin_positive();
	packet_set_16(&packet, PACKET_FLAGS, 0x8180);
	expect_kind(ANSWER_POSITIVE, 60);
	packet_set_16(&packet, PACKET_FLAGS, 0x8380); /* TC */
	expect_kind(ANSWER_UNFIT, 0);
	packet_set_16(&packet, PACKET_FLAGS, 0x0180); /* not QR */
	expect_kind(ANSWER_UNFIT, 0);
	packet_set_16(&packet, PACKET_FLAGS, 0x8180 | SERVFAIL);
	expect_kind(ANSWER_UNFIT, 0);
	/* BADVERS: 16, of which 1 is in OPT. */
	begin_positive();
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "", OPT, 0, NULL, 0);
	expect_kind(ANSWER_POSITIVE, 60);
	begin_positive();
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "", OPT, 1U << 24, NULL, 0);
	expect_kind(ANSWER_UNFIT, 0);
}
END_TEST

START_TEST(only_for_the_question)
{
	uint32_t seconds;

	packet_begin(&packet, REPLIES_NOERROR, "HoSt.eXample", PACKET_A);
	packet_add_address(&packet, "hOsT.Example", "192.0.2.1", 60);
	expect_kind(ANSWER_POSITIVE, 60);
	ck_assert_int_eq(read_for(NAME, PACKET_AAAA, &seconds), ANSWER_UNFIT);
	ck_assert_int_eq(read_for("host.exampl", PACKET_A, &seconds), ANSWER_UNFIT);
	ck_assert_int_eq(read_for("host.example2", PACKET_A, &seconds), ANSWER_UNFIT);
	packet_set_16(&packet, PACKET_HEADER + strlen(NAME) + 2 + 2, PACKET_CHAOS);
	expect_kind(ANSWER_UNFIT, 0);
	begin_positive();
	packet_set_16(&packet, PACKET_QUESTIONS, 0);
	expect_kind(ANSWER_UNFIT, 0);
	packet_set_16(&packet, PACKET_QUESTIONS, 2);
	expect_kind(ANSWER_UNFIT, 0);
	/* The same question twice. */
	begin(REPLIES_NOERROR);
	packet_put_name(&packet, NAME);
	packet_put_16(&packet, PACKET_A);
	packet_put_16(&packet, PACKET_IN);
	packet_set_16(&packet, PACKET_QUESTIONS, 2);
	add_address(60);
	expect_kind(ANSWER_UNFIT, 0);
	/* What was not asked for, but is there. */
	begin_positive();
	packet_add_address(&packet, NAME, "2001:db8::1", 60);
	ck_assert_int_eq(read_for(NAME, PACKET_AAAA, &seconds), ANSWER_UNFIT);
}
END_TEST

static void
expect_unfit_when_cut(void)
{
	struct answer *answer;
	uint32_t seconds;
	uint8_t *octets;
	size_t length;

	for (length = 0; length < packet.length; length++) {
		octets = packet_copy(&packet, length); /* of exact size, for ASan */
		answer = answer_create(DNS_STATUS_OK, octets, length);
		expect(answer_lifetime_read(answer, NAME, PACKET_A, &seconds) ==
		       ANSWER_UNFIT && seconds == 0, "cut off, but fit");
		answer_release(answer);
		free(octets);
	}
}

START_TEST(cut_off_anywhere)
{
	begin_positive();
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "example", RRSIG, 3, "signed", 6);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "", OPT, 0, NULL, 0);
	expect_unfit_when_cut();
	begin(REPLIES_NXDOMAIN);
	packet_add_cname(&packet, NAME, "b.example", 30);
	replies_add_soa(&packet, "example", 60, 60);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "", OPT, 0, NULL, 0);
	expect_unfit_when_cut();
}
END_TEST

START_TEST(any_octets)
{
	struct answer *answer;
	uint32_t seconds;
	struct dice dice;
	unsigned int i;
	size_t changed;

	dice_init(&dice);
	for (i = 0; i < 20000; i++) {
		begin(dice_roll(&dice, 2) == 0 ? REPLIES_NOERROR : REPLIES_NXDOMAIN);
		packet_add_cname(&packet, NAME, "b.example", 30);
		packet_add_address(&packet, "b.example", "192.0.2.1", 50);
		replies_add_soa(&packet, "example", 60, 60);
		for (changed = dice_roll(&dice, 4); changed > 0; changed--)
			packet.data[dice_roll(&dice, (unsigned int)packet.length)] =
				(uint8_t)dice_roll(&dice, 256);
		answer = answer_create(DNS_STATUS_OK, packet.data, packet.length);
		answer_lifetime_read(answer, NAME, PACKET_A, &seconds);
		expect(seconds <= ANSWER_LIFETIME_POSITIVE_MAXIMUM, "too long");
		answer_release(answer);
	}
}
END_TEST

START_TEST(what_is_no_response)
{
	enum answer_kind kind;
	struct answer *answer;
	DnsStatus status;
	uint32_t seconds;

	for (status = DNS_STATUS_HOST_NOT_FOUND; status <= DNS_STATUS_WOULD_DEADLOCK;
	     status++) {
		answer = replies_failure(status);
		kind = answer_lifetime_read(answer, NAME, PACKET_A, &seconds);
		if (status == DNS_STATUS_TRY_AGAIN || status == DNS_STATUS_NO_RECOVERY)
			ck_assert_int_eq(kind, ANSWER_FAILURE);
		else
			ck_assert_int_eq(kind, ANSWER_UNFIT);
		answer_release(answer);
	}
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

void
answer_lifetime_tests(TCase *tests)
{
	tcase_add_test(tests, the_least_ttl_of_the_answer_section_counts);
	tcase_add_test(tests, the_chain_counts);
	tcase_add_test(tests, a_chain_out_of_order_counts);
	tcase_add_loop_test(tests, what_is_there_is_good_for_a_day_at_most, 0,
			    COUNT(positives));
	tcase_add_loop_test(tests, what_is_not_there_is_good_for_what_the_soa_says, 0,
			    COUNT(negatives));
	tcase_add_loop_test(tests, the_soa_is_of_the_name_or_above, 0, COUNT(owners));
	tcase_add_test(tests, a_later_soa_will_do);
	tcase_add_loop_test(tests, nothing_at_the_end_of_a_chain, REPLIES_NXDOMAIN,
			    REPLIES_NXDOMAIN + 1);
	tcase_add_loop_test(tests, nothing_at_the_end_of_a_chain, REPLIES_NOERROR,
			    REPLIES_NOERROR + 1);
	tcase_add_loop_test(tests, without_an_soa_nothing_is_known, REPLIES_NXDOMAIN,
			    REPLIES_NXDOMAIN + 1);
	tcase_add_loop_test(tests, without_an_soa_nothing_is_known, REPLIES_NOERROR,
			    REPLIES_NOERROR + 1);
	tcase_add_test(tests, records_of_others_are_no_data);
	tcase_add_test(tests, a_contradiction_is_not_kept);
	tcase_add_test(tests, chains_have_an_end);
	tcase_add_test(tests, a_link_to_no_name);
	tcase_add_loop_test(tests, an_alias_is_data_where_it_is_asked_for, 0, 2);
	tcase_add_test(tests, flags_that_forbid_it);
	tcase_add_test(tests, only_for_the_question);
	tcase_add_test(tests, cut_off_anywhere);
	tcase_add_test(tests, any_octets);
	tcase_add_test(tests, what_is_no_response);
}
