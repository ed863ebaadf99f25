/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/record_type.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "packet.h"
#include "record_answer.h"
#include "rooms.h"

static struct packet packet;
static struct DnsRecordSet *set;
static uint32_t age;

static void
tear_down(void)
{
	DnsRecordSetRelease(set);
	set = NULL;
}

/* Reads the first so many octets, in memory of just that size. */
static DnsStatus
read_cut(size_t length, const char *name, int type, bool whole)
{
	uint8_t *copy = packet_copy(&packet, length);
	DnsStatus status;

	tear_down();
	status = record_answer_read(&set, copy, length, name, type, age, whole);
	free(copy);
	return status;
}

static DnsStatus
read_packet(const char *name, int type, bool whole)
{
	return read_cut(packet.length, name, type, whole);
}

static void
expect_record(DnsSection section, size_t index, const char *name, int type, uint32_t ttl)
{
	const DnsRecord *record = DnsRecordSetGetRecord(set, section, index);

	ck_assert_ptr_nonnull(record);
	ck_assert_str_eq(DnsRecordGetName(record), name);
	ck_assert_int_eq(DnsRecordGetType(record), type);
	ck_assert_int_eq(DnsRecordGetClass(record), 1);
	ck_assert_uint_eq(DnsRecordGetTimeToLive(record), ttl);
}

static void
expect_counts(size_t answers, size_t authorities, size_t additionals)
{
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ANSWER), answers);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_AUTHORITY), authorities);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ADDITIONAL), additionals);
}

static void
add_mx(const char *name, uint32_t ttl)
{
	packet_add_record(&packet, name, 15, ttl, "\0\12\1m\0", 5);
}

static void
add_soa(const char *name, uint32_t ttl, const char *minimum)
{
	char data[22] = "\0\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4";

	memcpy(data + 18, minimum, 4);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, name, 6, ttl, data, sizeof data);
}

static void
make_response(void)
{
	packet_begin(&packet, 0, "A.test", 15);
	packet_add_cname(&packet, "a.Test", "b.test", 300);
	packet_add_address(&packet, "other.test", "192.0.2.1", 1);
	packet_add_record(&packet, "B.test", 46, 70, "sig", 3);
	add_mx("B.test", 60);
	add_mx("B.test", 61);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "test", 2, 400, "\2ns\0", 4);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "m", 1, 50, "\1\2\3\4", 4);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, ".", 41, 0x8000, "", 0);
}

START_TEST(the_answer_section_is_read)
{
	make_response();
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	ck_assert_str_eq(DnsRecordSetGetName(set), "a.test");
	ck_assert_int_eq(DnsRecordSetGetResponseCode(set), 0);
	ck_assert(!DnsRecordSetIsAuthenticated(set));
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 60);
	expect_counts(4, 0, 0);
	expect_record(DNS_SECTION_ANSWER, 0, "a.Test", 5, 300);
	expect_record(DNS_SECTION_ANSWER, 1, "B.test", 46, 70);
	expect_record(DNS_SECTION_ANSWER, 2, "B.test", 15, 60);
	expect_record(DNS_SECTION_ANSWER, 3, "B.test", 15, 61);
	ck_assert_ptr_null(DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 4));
	ck_assert_ptr_null(DnsRecordSetGetRecord(set, DNS_SECTION_AUTHORITY, 0));
}
END_TEST

START_TEST(all_sections_are_read_if_wanted)
{
	make_response();
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	expect_counts(4, 1, 1);
	expect_record(DNS_SECTION_AUTHORITY, 0, "test", 2, 400);
	expect_record(DNS_SECTION_ADDITIONAL, 0, "m", 1, 50);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 60);
}
END_TEST

START_TEST(only_class_in_is_kept)
{
	packet_begin(&packet, 0, "a.test", 15);
	packet_put(&packet, "\1a\4test\0\0\17\0\3\0\0\0\1\0\0", 18);	/* CHAOS, bad data */
	packet_set_16(&packet, PACKET_ANSWERS, 1);
	add_mx("a.test", 60);
	packet_put(&packet, "\0\0\1\0\3\0\0\0\1\0\0", 11);
	packet_set_16(&packet, PACKET_AUTHORITIES, 1);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	expect_counts(1, 0, 0);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 60);
}
END_TEST

START_TEST(cut_off_anywhere_it_is_malformed)
{
	size_t length;

	make_response();
	for (length = 0; length < packet.length; length++) {
		ck_assert_int_eq(read_cut(length, "a.test", 15, _i), DNS_STATUS_NO_RECOVERY);
		ck_assert_ptr_null(set);
	}
}
END_TEST

START_TEST(it_is_the_response_to_its_question)
{
	static const struct {
		size_t at;
		unsigned int value;
	} wrong[] = {
		{ PACKET_FLAGS, 0x0180 },	/* a query */
		{ PACKET_FLAGS, 0x8380 },	/* truncated */
		{ PACKET_QUESTIONS, 0 },
		{ PACKET_QUESTIONS, 2 },
		{ 20, 28 },			/* another type, another class */
		{ 22, 3 },
	};
	size_t i;

	for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		make_response();
		packet_set_16(&packet, wrong[i].at, wrong[i].value);
		ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
	}
	make_response();
	ck_assert_int_eq(read_packet("b.test", 15, true), DNS_STATUS_NO_RECOVERY);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
}
END_TEST

START_TEST(the_rcode_counts)
{
	static const DnsStatus statuses[] = {
		DNS_STATUS_OK, DNS_STATUS_NO_RECOVERY, DNS_STATUS_TRY_AGAIN,
		DNS_STATUS_HOST_NOT_FOUND, DNS_STATUS_NO_RECOVERY, DNS_STATUS_NO_RECOVERY,
	};
	unsigned int rcode;

	for (rcode = 0; rcode < 6; rcode++) {
		make_response();
		packet_set_16(&packet, PACKET_FLAGS, 0x8180 | rcode);
		ck_assert_int_eq(read_packet("a.test", 15, false), statuses[rcode]);
		ck_assert((set != NULL) == (rcode == 0));
		ck_assert_int_eq(read_packet("a.test", 15, true), statuses[rcode]);
		ck_assert((set != NULL) == (rcode == 0 || rcode == 3));
		ck_assert(set == NULL || DnsRecordSetGetResponseCode(set) == (int)rcode);
	}
	/* BADVERS, whose lower bits are NOERROR. */
	packet_begin(&packet, 0, "a.test", 15);
	add_mx("a.test", 60);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, ".", 41, 0x01000000, "", 0);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(the_server_may_have_validated_it)
{
	make_response();
	packet_set_16(&packet, PACKET_FLAGS, 0x81a0);
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	ck_assert(DnsRecordSetIsAuthenticated(set));
}
END_TEST

START_TEST(chains_are_followed_out_of_order_too)
{
	packet_begin(&packet, 0, "a.test", 15);
	add_mx("d.test", 60);
	packet_add_cname(&packet, "c.test", "D.test", 50);
	packet_add_cname(&packet, "x.test", "y.test", 1);
	packet_add_cname(&packet, "b.test", "C.test", 50);
	packet_add_cname(&packet, "a.test", "B.test", 40);
	add_mx("y.test", 1);
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	expect_counts(4, 0, 0);
	expect_record(DNS_SECTION_ANSWER, 0, "d.test", 15, 60);
	expect_record(DNS_SECTION_ANSWER, 3, "a.test", 5, 40);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 40);
}
END_TEST

static DnsStatus
read_chain(unsigned int links)
{
	char from[24], to[24];
	unsigned int i;

	packet_begin(&packet, 0, "n0.test", 15);
	for (i = 0; i < links; i++) {
		snprintf(from, sizeof from, "n%u.test", i);
		snprintf(to, sizeof to, "n%u.test", i + 1);
		packet_add_cname(&packet, from, to, 60);
	}
	snprintf(to, sizeof to, "n%u.test", links);
	add_mx(to, 60);
	return read_packet("n0.test", 15, false);
}

START_TEST(chains_end)
{
	ck_assert_int_eq(read_chain(0), DNS_STATUS_OK);
	ck_assert_int_eq(read_chain(RECORD_ANSWER_CHAIN_MAXIMUM), DNS_STATUS_OK);
	expect_counts(RECORD_ANSWER_CHAIN_MAXIMUM + 1, 0, 0);
	ck_assert_int_eq(read_chain(RECORD_ANSWER_CHAIN_MAXIMUM + 1), DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, 0, "a.test", 15);
	packet_add_cname(&packet, "a.test", "b.test", 60);
	packet_add_cname(&packet, "b.test", "A.test", 60);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, 0, "a.test", 15);
	packet_add_cname(&packet, "a.test", "a.test", 60);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
	/* A chain without an end in the message: no data there. */
	packet_begin(&packet, 0, "a.test", 15);
	packet_add_cname(&packet, "a.test", "b.test", 60);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_DATA);
	expect_counts(1, 0, 0);
}
END_TEST

START_TEST(aliases_themselves_can_be_asked_for)
{
	packet_begin(&packet, 0, "a.test", 5);
	packet_add_cname(&packet, "a.test", "a.test", 60);
	ck_assert_int_eq(read_packet("a.test", 5, false), DNS_STATUS_OK);
	expect_counts(1, 0, 0);
	packet_begin(&packet, 0, "a.test", 255);
	packet_add_cname(&packet, "a.test", "b.test", 60);
	add_mx("b.test", 60);
	ck_assert_int_eq(read_packet("a.test", 255, false), DNS_STATUS_OK);
	expect_counts(1, 0, 0);
	packet_begin(&packet, 0, "a.test", 255);
	add_mx("b.test", 60);
	ck_assert_int_eq(read_packet("a.test", 255, false), DNS_STATUS_NO_DATA);
}
END_TEST

/* Fault A08. */
START_TEST(a_dname_explains_its_cname)
{
	packet_begin(&packet, 0, "www.old.test", 15);
	packet_add_record(&packet, "Old.test", 39, 30, "\3new\0", 5);
	packet_add_record(&packet, "d.test", 39, 1, "\3new\0", 5);
	packet_add_record(&packet, "ld.test", 39, 1, "\3new\0", 5);
	packet_add_cname(&packet, "www.old.test", "www.new", 60);
	add_mx("www.new", 60);
	ck_assert_int_eq(read_packet("www.old.test", 15, false), DNS_STATUS_OK);
	expect_counts(3, 0, 0);
	expect_record(DNS_SECTION_ANSWER, 0, "Old.test", 39, 30);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 30);
}
END_TEST

/* Fault A07. */
START_TEST(a_chain_ends_before_a_special_name)
{
	static const struct {
		const char *target;
		DnsStatus status;
	} examples[] = {
		{ "Localhost", DNS_STATUS_NO_DATA },
		{ "a.invalid", DNS_STATUS_HOST_NOT_FOUND },
		{ "a.local", DNS_STATUS_HOST_NOT_FOUND },
		{ "b.test", DNS_STATUS_OK },
	};
	bool is_ordinary = examples[_i].status == DNS_STATUS_OK;

	packet_begin(&packet, 0, "a.test", 15);
	packet_add_cname(&packet, "a.test", examples[_i].target, 60);
	add_mx(examples[_i].target, 60);
	ck_assert_int_eq(read_packet("a.test", 15, false), examples[_i].status);
	ck_assert_int_eq(set != NULL, is_ordinary);
	ck_assert_int_eq(read_packet("a.test", 15, true), examples[_i].status);
	expect_counts(is_ordinary ? 2 : 1, 0, 0);
	expect_record(DNS_SECTION_ANSWER, 0, "a.test", PACKET_CNAME, 60);
	packet_begin(&packet, 0, "a.test", PACKET_CNAME);
	packet_add_cname(&packet, "a.test", examples[_i].target, 60);
	ck_assert_int_eq(read_packet("a.test", PACKET_CNAME, false), DNS_STATUS_OK);
}
END_TEST

START_TEST(no_data_is_told_from_no_name)
{
	packet_begin(&packet, 0, "a.test", 15);
	packet_add_address(&packet, "a.test", "192.0.2.1", 60);
	add_soa("test", 900, "\0\0\2\x58");
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_NO_DATA);
	ck_assert_ptr_null(set);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_DATA);
	expect_counts(1, 1, 0);
	packet_begin(&packet, 3, "a.test", 15);
	add_soa("test", 900, "\0\0\2\x58");
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(set);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(DnsRecordSetGetResponseCode(set), 3);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 600);
	expect_counts(0, 1, 0);
}
END_TEST

static uint32_t
negative_time(const char *owner, uint32_t ttl, const char *minimum)
{
	packet_begin(&packet, 3, "a.test", 15);
	add_soa(owner, ttl, minimum);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_HOST_NOT_FOUND);
	return DnsRecordSetGetTimeToLive(set);
}

START_TEST(what_is_not_there_holds_as_long_as_the_soa_says)
{
	ck_assert_uint_eq(negative_time("test", 900, "\0\0\2\x58"), 600);
	ck_assert_uint_eq(negative_time("test", 300, "\0\0\2\x58"), 300);
	ck_assert_uint_eq(negative_time(".", 300, "\0\0\2\x58"), 300);
	ck_assert_uint_eq(negative_time("a.test", 300, "\0\0\0\0"), 0);
	ck_assert_uint_eq(negative_time("test", 300, "\xff\xff\xff\xff"), 0);
	ck_assert_uint_eq(negative_time("other", 300, "\0\0\2\x58"), 0);
	age = 100;
	ck_assert_uint_eq(negative_time("test", 900, "\0\0\2\x58"), 500);
	ck_assert_uint_eq(negative_time("test", 300, "\0\0\2\x58"), 200);
	age = 700;
	ck_assert_uint_eq(negative_time("test", 900, "\0\0\2\x58"), 0);
	age = 0;
	packet_begin(&packet, 3, "a.test", 15);
	packet_add_cname(&packet, "a.test", "b.x", 5);
	add_soa("x", 900, "\0\0\2\x58");
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 5);
	packet_begin(&packet, 3, "a.test", 15);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 0);
}
END_TEST

START_TEST(times_count_down)
{
	make_response();
	age = 61;
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	expect_record(DNS_SECTION_ANSWER, 0, "a.Test", 5, 239);
	expect_record(DNS_SECTION_ANSWER, 3, "B.test", 15, 0);
	expect_record(DNS_SECTION_AUTHORITY, 0, "test", 2, 339);
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(set), 0);
	age = 0;
}
END_TEST

START_TEST(bad_data_anywhere_spoil_all)
{
	static const size_t sections[] = { PACKET_ANSWERS, PACKET_AUTHORITIES,
					   PACKET_ADDITIONALS };
	size_t i;

	for (i = 0; i < 3; i++) {
		packet_begin(&packet, 0, "a.test", 15);
		add_mx("a.test", 60);
		packet_add_record_to(&packet, sections[i], "a.test", 1, 60, "\1\2\3", 3);
		ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
		ck_assert_ptr_null(set);
	}
	/* What is not kept is not looked at. */
	make_response();
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "b.test", 1, 60, "\1\2\3", 3);
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	/* But it must be a record. */
	packet_set_16(&packet, PACKET_ADDITIONALS, 4);
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_NO_RECOVERY);
	packet_set_16(&packet, PACKET_ADDITIONALS, 65535);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* "a.test" of the question stands at 12. */
static void
check_compressed(int type, const char *data, size_t length, const char *expected,
		 size_t expected_length)
{
	const uint8_t *found;
	DnsStatus status;
	size_t found_length;

	packet_begin(&packet, 0, "a.test", (unsigned int)type);
	packet_add_record(&packet, "a.test", (unsigned int)type, 60, data, length);
	status = read_packet("a.test", type, false);
	ck_assert_int_eq(status, expected != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_RECOVERY);
	if (expected == NULL)
		return;
	found = DnsRecordGetData(DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 0),
				 &found_length);
	ck_assert_uint_eq(found_length, expected_length);
	ck_assert_mem_eq(found, expected, found_length);
}

START_TEST(names_in_data_are_expanded_where_they_may_be_compressed)
{
	static const int plain[] = { 2, 3, 4, 5, 7, 8, 9, 12 }, numbered[] = { 15, 18, 21 };
	size_t i;

	for (i = 0; i < sizeof plain / sizeof plain[0]; i++)
		check_compressed(plain[i], "\1b\xc0\x0e", 4, "\1b\4test\0", 8);
	for (i = 0; i < 3; i++)
		check_compressed(numbered[i], "\0\1\xc0\x0c", 4, "\0\1\1a\4test\0", 10);
	check_compressed(14, "\xc0\x0c\xc0\x0e", 4, "\1a\4test\0\4test\0", 14);
	check_compressed(17, "\xc0\x0c\xc0\x0e", 4, "\1a\4test\0\4test\0", 14);
	check_compressed(26, "\0\1\xc0\x0c\xc0\x0e", 6, "\0\1\1a\4test\0\4test\0", 16);
	check_compressed(33, "\0\1\0\2\0\3\xc0\x0e", 8, "\0\1\0\2\0\3\4test\0", 12);
	check_compressed(35, "\0\1\0\2\1u\0\0\xc0\x0e", 10, "\0\1\0\2\1u\0\0\4test\0", 14);
	check_compressed(6, "\xc0\x0c\xc0\x0e" "abcdefghijklmnopqrst", 24,
			 "\1a\4test\0\4test\0" "abcdefghijklmnopqrst", 34);
}
END_TEST

START_TEST(names_in_other_data_are_not)
{
	check_compressed(39, "\xc0\x0c", 2, NULL, 0);
	check_compressed(36, "\0\1\xc0\x0c", 4, NULL, 0);
	check_compressed(64, "\0\1\xc0\x0c", 4, NULL, 0);
	check_compressed(65, "\0\1\1b\xc0\x0e", 6, NULL, 0);
	check_compressed(65280, "\xc0\x0c", 2, "\xc0\x0c", 2);
}
END_TEST

/* The data of the record are at 12 + 12 + 8 + 10. */
START_TEST(pointers_in_data_lead_backwards)
{
	check_compressed(15, "\0\1\xc0\x2c", 4, NULL, 0);	/* to itself */
	check_compressed(15, "\0\1\xc0\x2a", 4, "\0\1\0", 3); /* to the root, by chance */
	check_compressed(15, "\0\1\1b\xc0\x2c", 6, NULL, 0);	/* a loop */
	check_compressed(15, "\0\1\xff\xff", 4, NULL, 0);
	check_compressed(15, "\0\1\xc0\x00", 4, NULL, 0);
	check_compressed(15, "\0\1\xc0", 3, NULL, 0);
	check_compressed(15, "\0\1\xc0\x0c\0", 5, NULL, 0);	/* something behind it */
	check_compressed(14, "\xc0\x0c\xc0\x2a", 4, "\1a\4test\0\1a\4test\0", 16);
	check_compressed(14, "\xc0\x2c\xc0\x0c", 4, NULL, 0);	/* forwards */
}
END_TEST

/* A name of 255 octets, 250 of which need escapes. */
static size_t
make_long_name(uint8_t *octets)
{
	static const uint8_t lengths[] = { 63, 63, 63, 61 };
	size_t used = 0, i;

	for (i = 0; i < 4; i++) {
		octets[used++] = lengths[i];
		memset(octets + used, 0xff, lengths[i]);
		used += lengths[i];
	}
	octets[used++] = 0;
	return used;
}

/* As many as go into 64 KiB, each with two pointers to the longest name, behind a
 * chain that is all out of order. Fault W22. */
START_TEST(the_largest_message_does_not_hang)
{
	uint8_t name[255];
	size_t length = make_long_name(name), at;
	unsigned int count = 0;
	char from[24], to[24];
	int i;

	packet_begin(&packet, 0, "a.test", 15);
	packet_add_record(&packet, "a.test", 2, 60, name, length);
	packet_add_cname(&packet, "a.test", "n1.test", 60);
	for (i = 14; i > 0; i--) {
		snprintf(from, sizeof from, "n%d.test", i);
		snprintf(to, sizeof to, "n%d.test", i + 1);
		packet_add_cname(&packet, from, to, 60);
	}
	add_mx("n15.test", 60);
	while (packet.length + 16 <= sizeof packet.data) {
		packet_put(&packet, "\xc0\x2a\0\17\0\1\0\0\0\0\0\4\0\1\xc0\x0c", 16);
		count++;
	}
	packet_set_16(&packet, PACKET_AUTHORITIES, count);
	ck_assert_uint_gt(count, 4000);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	expect_counts(17, count, 0);
	/* The same in the answer section, where each is compared with the chain. */
	packet_set_16(&packet, PACKET_ANSWERS, 17 + count);
	packet_set_16(&packet, PACKET_AUTHORITIES, 0);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	expect_counts(17, 0, 0);
	/* All lead to one of the longest names: that is too far. */
	for (at = packet.length - 16 * (size_t)count; at < packet.length; at += 16)
		packet_set_16(&packet, at + 14, 0xc02a);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_OK);
	packet_set_16(&packet, PACKET_ANSWERS, 17);
	packet_set_16(&packet, PACKET_AUTHORITIES, count);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Fault W25. */
START_TEST(counts_alone_take_no_memory)
{
	packet_begin(&packet, 0, "a.test", 15);
	packet_set_16(&packet, PACKET_ANSWERS, 65535);
	packet_set_16(&packet, PACKET_AUTHORITIES, 65535);
	packet_set_16(&packet, PACKET_ADDITIONALS, 65535);
	ck_assert_int_eq(read_packet("a.test", 15, true), DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(a_set_lives_until_its_last_release)
{
	struct DnsRecordSet *retained;

	make_response();
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	retained = DnsRecordSetRetain(set);
	ck_assert_ptr_eq(retained, set);
	DnsRecordSetRelease(set);
	set = NULL;
	ck_assert_str_eq(DnsRecordSetGetName(retained), "a.test");
	DnsRecordSetRelease(retained);
}
END_TEST

START_TEST(nothing_is_an_empty_set)
{
	ck_assert_ptr_null(DnsRecordSetRetain(NULL));
	DnsRecordSetRelease(NULL);
	ck_assert_ptr_null(DnsRecordSetGetName(NULL));
	ck_assert_int_eq(DnsRecordSetGetResponseCode(NULL), 0);
	ck_assert(!DnsRecordSetIsAuthenticated(NULL));
	ck_assert_uint_eq(DnsRecordSetGetTimeToLive(NULL), 0);
	ck_assert_uint_eq(DnsRecordSetGetCount(NULL, DNS_SECTION_ANSWER), 0);
	ck_assert_ptr_null(DnsRecordSetGetRecord(NULL, DNS_SECTION_ANSWER, 0));
	make_response();
	ck_assert_int_eq(read_packet("a.test", 15, false), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, (DnsSection)3), 0);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, (DnsSection)-1), 0);
	ck_assert_ptr_null(DnsRecordSetGetRecord(set, (DnsSection)3, 0));
	ck_assert_ptr_null(DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, SIZE_MAX));
}
END_TEST

void
record_answer_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, the_answer_section_is_read);
	tcase_add_test(tests, all_sections_are_read_if_wanted);
	tcase_add_test(tests, only_class_in_is_kept);
	tcase_add_loop_test(tests, cut_off_anywhere_it_is_malformed, 0, 2);
	tcase_add_test(tests, it_is_the_response_to_its_question);
	tcase_add_test(tests, the_rcode_counts);
	tcase_add_test(tests, the_server_may_have_validated_it);
	tcase_add_test(tests, chains_are_followed_out_of_order_too);
	tcase_add_test(tests, chains_end);
	tcase_add_test(tests, aliases_themselves_can_be_asked_for);
	tcase_add_test(tests, a_dname_explains_its_cname);
	tcase_add_loop_test(tests, a_chain_ends_before_a_special_name, 0, 4);
	tcase_add_test(tests, no_data_is_told_from_no_name);
	tcase_add_test(tests, what_is_not_there_holds_as_long_as_the_soa_says);
	tcase_add_test(tests, times_count_down);
	tcase_add_test(tests, bad_data_anywhere_spoil_all);
	tcase_add_test(tests, names_in_data_are_expanded_where_they_may_be_compressed);
	tcase_add_test(tests, names_in_other_data_are_not);
	tcase_add_test(tests, pointers_in_data_lead_backwards);
	tcase_add_test(tests, the_largest_message_does_not_hang);
	tcase_add_test(tests, counts_alone_take_no_memory);
	tcase_add_test(tests, a_set_lives_until_its_last_release);
	tcase_add_test(tests, nothing_is_an_empty_set);
}
