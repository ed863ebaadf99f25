/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "message.h"
#include "packet.h"
#include "rooms.h"

static struct packet packet;
static struct message message;
static struct message_question question;
static struct message_record record;
static char name[MESSAGE_NAME_SIZE];
static uint8_t *bytes;

/* Until it is called again. */
static const char *
text_of(const uint8_t *octets)
{
	static char text[MESSAGE_NAME_SIZE];

	wire_name_print(octets, text);
	return text;
}

/* Opens the first so many octets of the packet, in memory of just that size. */
static void
open_message(size_t length)
{
	free(bytes);
	bytes = packet_copy(&packet, length);
	message_open(&message, bytes, length);
}

static void
tear_down(void)
{
	free(bytes);
	bytes = NULL;
}

/* Reads all that a resolver would; the number of records. */
static unsigned int
read_all(void)
{
	unsigned int records = 0;

	while (message_next_question(&message, &question))
		continue;
	while (message_next_answer(&message, &record)) {
		records++;
		if (record.type == RECORD_CNAME &&
		    !message_name_in(&message, &record, name))
			break;
	}
	return records;
}

/* What is malformed stays so, and gives nothing any more. */
static void
expect_malformed(void)
{
	ck_assert(message.malformed);
	ck_assert(!message_next_question(&message, &question));
	ck_assert(!message_next_answer(&message, &record));
	ck_assert(message.malformed);
}

/* A question whose name is these octets; whether its text is the expected one, or, for
 * NULL, whether it is malformed. */
static void
check_question(const void *octets, size_t length, const char *expected)
{
	packet_begin(&packet, 0, ".", 1);
	packet.length = PACKET_HEADER;
	packet_put(&packet, octets, length);
	packet_put_16(&packet, RECORD_AAAA);
	packet_put_16(&packet, CLASS_IN);
	open_message(packet.length);
	if (expected == NULL) {
		ck_assert(!message_next_question(&message, &question));
		expect_malformed();
	} else {
		ck_assert(message_next_question(&message, &question));
		ck_assert_str_eq(text_of(question.name), expected);
		ck_assert_uint_eq(question.type, RECORD_AAAA);
		ck_assert_uint_eq(question.class, CLASS_IN);
		ck_assert(!message_next_question(&message, &question));
		ck_assert(!message.malformed);
	}
}

static void
make_response(void)
{
	packet_begin(&packet, RCODE_NOERROR, "www.example.test", RECORD_A);
	packet_add_cname(&packet, "www.example.test", "host.test", 300);
	packet_add_address(&packet, "host.test", "192.0.2.1", 60);
	packet_add_address(&packet, "host.test", "2001:db8::1", 61);
	packet_add_record(&packet, "host.test", PACKET_TXT, 62, "\3abc", 4);
}

/* The same, as servers write it. */
static void
make_compressed_response(void)
{
	static const uint8_t answers[] = {
		0xc0, 12, 0, 5, 0, 1, 0, 0, 1, 44, 0, 7, 4, 'h', 'o', 's', 't', 0xc0, 24,
		0xc0, 46, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1,
	};

	packet_begin(&packet, RCODE_NOERROR, "www.example.test", RECORD_A);
	packet_put(&packet, answers, sizeof answers);
	packet_set_16(&packet, PACKET_ANSWERS, 2);
}

START_TEST(a_response_is_read)
{
	make_response();
	open_message(packet.length);
	ck_assert_uint_eq(message.rcode, RCODE_NOERROR);
	ck_assert_uint_eq(message.questions, 1);
	ck_assert_uint_eq(message.records[SECTION_ANSWER], 4);
	ck_assert(message_next_question(&message, &question));
	ck_assert_str_eq(text_of(question.name), "www.example.test");
	ck_assert_uint_eq(question.type, RECORD_A);
	ck_assert_uint_eq(question.class, CLASS_IN);

	ck_assert(message_next_answer(&message, &record));
	ck_assert_str_eq(text_of(record.name), "www.example.test");
	ck_assert_uint_eq(record.type, RECORD_CNAME);
	ck_assert_uint_eq(record.class, CLASS_IN);
	ck_assert_uint_eq(record.ttl, 300);
	ck_assert(message_name_in(&message, &record, name));
	ck_assert_str_eq(name, "host.test");
	ck_assert(message_next_answer(&message, &record));
	ck_assert_str_eq(text_of(record.name), "host.test");
	ck_assert_uint_eq(record.type, RECORD_A);
	ck_assert_uint_eq(record.ttl, 60);
	ck_assert_uint_eq(record.length, 4);
	ck_assert_mem_eq(record.data, "\xc0\x00\x02\x01", 4);
	ck_assert(message_next_answer(&message, &record));
	ck_assert_uint_eq(record.type, RECORD_AAAA);
	ck_assert_uint_eq(record.length, 16);
	ck_assert(message_next_answer(&message, &record));
	ck_assert_uint_eq(record.type, PACKET_TXT);
	ck_assert_mem_eq(record.data, "\3abc", 4);
	ck_assert(!message_next_answer(&message, &record));
	ck_assert(!message.malformed);
}
END_TEST

START_TEST(a_compressed_response_is_read)
{
	make_compressed_response();
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	ck_assert(message_next_answer(&message, &record));
	ck_assert_str_eq(text_of(record.name), "www.example.test");
	ck_assert(message_name_in(&message, &record, name));
	ck_assert_str_eq(name, "host.test");
	ck_assert(message_next_answer(&message, &record));
	ck_assert_str_eq(text_of(record.name), "host.test");
	ck_assert_mem_eq(record.data, "\xc0\x00\x02\x01", 4);
	ck_assert(!message_next_answer(&message, &record));
	ck_assert(!message.malformed);
}
END_TEST

START_TEST(the_header_says_how_many_and_how_it_went)
{
	packet_begin(&packet, RCODE_NXDOMAIN, "a.test", RECORD_A);
	packet_set_16(&packet, PACKET_QUESTIONS, 0x0102);
	packet_set_16(&packet, PACKET_ANSWERS, 0x0304);
	open_message(packet.length);
	ck_assert_uint_eq(message.rcode, RCODE_NXDOMAIN);
	ck_assert_uint_eq(message.questions, 0x0102);
	ck_assert_uint_eq(message.records[SECTION_ANSWER], 0x0304);
	packet_set_16(&packet, PACKET_AUTHORITIES, 0x0506);
	packet_set_16(&packet, PACKET_ADDITIONALS, 0x0708);
	packet_set_16(&packet, PACKET_FLAGS, 0xfff5);
	open_message(packet.length);
	ck_assert_uint_eq(message.rcode, 5);
	ck_assert_uint_eq(message.flags, 0xfff5);
	ck_assert_uint_eq(message.records[SECTION_AUTHORITY], 0x0506);
	ck_assert_uint_eq(message.records[SECTION_ADDITIONAL], 0x0708);
}
END_TEST

START_TEST(without_questions_and_answers_there_is_nothing_to_read)
{
	size_t length;

	packet_begin(&packet, RCODE_SERVFAIL, ".", RECORD_A);
	packet_set_16(&packet, PACKET_QUESTIONS, 0);
	open_message(PACKET_HEADER);
	ck_assert(!message_next_question(&message, &question));
	ck_assert(!message_next_answer(&message, &record));
	ck_assert(!message.malformed);
	ck_assert_uint_eq(message.rcode, RCODE_SERVFAIL);
	for (length = 0; length < PACKET_HEADER; length++) {
		open_message(length);
		expect_malformed();
	}
}
END_TEST

/* Faults W18, W37. */
START_TEST(cut_off_anywhere_it_is_malformed)
{
	unsigned int records = _i == 0 ? 4 : 2;
	size_t length;

	if (_i == 0)
		make_response();
	else
		make_compressed_response();
	for (length = 0; length < packet.length; length++) {
		open_message(length);
		ck_assert_uint_lt(read_all(), records);
		expect_malformed();
	}
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), records);
	ck_assert(!message.malformed);
}
END_TEST

/* Fault W25. */
START_TEST(counts_may_not_promise_too_much)
{
	make_response();
	packet_set_16(&packet, PACKET_ANSWERS, 5);
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), 4);
	expect_malformed();
	packet_set_16(&packet, PACKET_ANSWERS, 65535);
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), 4);
	expect_malformed();
	packet_begin(&packet, 0, "a.test", RECORD_A);
	packet_set_16(&packet, PACKET_QUESTIONS, 65535);
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	ck_assert(!message_next_question(&message, &question));
	expect_malformed();
}
END_TEST

/* Fault W28. */
START_TEST(what_follows_the_answers_is_left_alone)
{
	make_response();
	packet_put(&packet, "\xff\xff\xff", 3);
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), 4);
	ck_assert(!message.malformed);
}
END_TEST

static void
make_response_in_sections(void)
{
	make_response();
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "test", RECORD_NS, 100, "\1n\0", 3);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "test", RECORD_NS, 101, "\1o\0", 3);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "n", RECORD_A, 102, "\1\2\3\4", 4);
	/* The upper bits of rcode 16, and the DO bit. */
	packet_add_record_to(&packet, PACKET_ADDITIONALS, ".", RECORD_OPT, 0x01008000, "", 0);
}

static void
expect_record(enum message_section section, unsigned int type, uint32_t ttl)
{
	ck_assert(message_next_record(&message, section, &record));
	ck_assert_uint_eq(record.type, type);
	ck_assert_uint_eq(record.ttl, ttl);
}

START_TEST(the_sections_are_read_in_their_order)
{
	make_response_in_sections();
	open_message(packet.length);
	expect_record(SECTION_ANSWER, RECORD_CNAME, 300);
	expect_record(SECTION_ANSWER, RECORD_A, 60);
	ck_assert(message_next_answer(&message, &record));
	expect_record(SECTION_ANSWER, PACKET_TXT, 62);
	ck_assert(!message_next_record(&message, SECTION_ANSWER, &record));
	expect_record(SECTION_AUTHORITY, RECORD_NS, 100);
	ck_assert_str_eq(text_of(record.name), "test");
	expect_record(SECTION_AUTHORITY, RECORD_NS, 101);
	ck_assert(message_name_in(&message, &record, name));
	ck_assert_str_eq(name, "o");
	ck_assert(!message_next_record(&message, SECTION_AUTHORITY, &record));
	expect_record(SECTION_ADDITIONAL, RECORD_A, 102);
	expect_record(SECTION_ADDITIONAL, RECORD_OPT, 0x01008000);
	ck_assert(!message_next_record(&message, SECTION_ADDITIONAL, &record));
	ck_assert(!message_next_record(&message, SECTION_ANSWER, &record));
	ck_assert(!message.malformed);
}
END_TEST

START_TEST(sections_are_passed_over)
{
	make_response_in_sections();
	open_message(packet.length);
	expect_record(SECTION_AUTHORITY, RECORD_NS, 100);
	ck_assert(!message_next_answer(&message, &record));
	expect_record(SECTION_ADDITIONAL, RECORD_A, 102);
	ck_assert(!message_next_record(&message, SECTION_AUTHORITY, &record));
	expect_record(SECTION_ADDITIONAL, RECORD_OPT, 0x01008000);
	packet_set_16(&packet, PACKET_AUTHORITIES, 5);
	open_message(packet.length);
	ck_assert(!message_next_record(&message, SECTION_ADDITIONAL, &record));
	expect_malformed();
}
END_TEST

/* Fault W29. */
START_TEST(an_opt_record_extends_the_rcode)
{
	make_response();
	open_message(packet.length);
	ck_assert_uint_eq(message_extended_rcode(&message), RCODE_NOERROR);
	make_response_in_sections();
	packet_set_16(&packet, PACKET_FLAGS, 0x8187);
	open_message(packet.length);
	ck_assert_uint_eq(message_extended_rcode(&message), 0x17);
	/* Nothing was read by it, and a half-read message has it too. */
	ck_assert_uint_eq(read_all(), 4);
	ck_assert_uint_eq(message_extended_rcode(&message), 0x17);
	ck_assert(!message.malformed);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, ".", RECORD_OPT, 0, "", 0);
	open_message(packet.length);
	message_extended_rcode(&message);
	expect_malformed();
	make_response_in_sections();
	open_message(packet.length - 1);
	message_extended_rcode(&message);
	expect_malformed();
}
END_TEST

START_TEST(every_ttl_is_less_by_the_age)
{
	make_response_in_sections();
	open_message(packet.length);
	message.age = 61;
	expect_record(SECTION_ANSWER, RECORD_CNAME, 239);
	expect_record(SECTION_ANSWER, RECORD_A, 0);
	expect_record(SECTION_ANSWER, RECORD_AAAA, 0);
	expect_record(SECTION_ANSWER, PACKET_TXT, 1);
	expect_record(SECTION_AUTHORITY, RECORD_NS, 39);
	expect_record(SECTION_ADDITIONAL, RECORD_A, 41);
	expect_record(SECTION_ADDITIONAL, RECORD_OPT, 0x01008000);
	packet_begin(&packet, 0, "a.test", RECORD_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 0xffffffff);
	open_message(packet.length);
	message.age = UINT32_MAX;
	expect_record(SECTION_ANSWER, RECORD_A, 0);
}
END_TEST

/* Fault W26. */
START_TEST(the_data_of_a_record_end_inside_the_message)
{
	size_t length_at;
	unsigned int excess;

	for (excess = 1; excess < 65535 - 4; excess *= 2) {
		packet_begin(&packet, 0, "a.test", RECORD_A);
		packet_add_address(&packet, "a.test", "192.0.2.1", 60);
		length_at = packet.length - 6;
		packet_set_16(&packet, length_at, 4 + excess);
		open_message(packet.length);
		ck_assert_uint_eq(read_all(), 0);
		expect_malformed();
	}
	packet_set_16(&packet, length_at, 0);
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), 1);
	ck_assert(!message.malformed);
	ck_assert_uint_eq(record.length, 0);
}
END_TEST

/* Fault A09. */
START_TEST(a_ttl_with_its_top_bit_set_is_none)
{
	const uint32_t ttls[] = { 0, 1, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff };
	const uint32_t meant[] = { 0, 1, 0x7fffffff, 0, 0, 0 };
	size_t i;

	packet_begin(&packet, 0, "a.test", RECORD_A);
	for (i = 0; i < 6; i++)
		packet_add_address(&packet, "a.test", "192.0.2.1", ttls[i]);
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	for (i = 0; i < 6; i++) {
		ck_assert(message_next_answer(&message, &record));
		ck_assert_uint_eq(record.ttl, meant[i]);
	}
}
END_TEST

/* Fault A18. */
START_TEST(odd_octets_are_escaped)
{
	check_question("\0", 1, "");
	check_question("\1a\0", 3, "a");
	check_question("\1A\1b\0", 5, "A.b");
	check_question("\3a.b\1.\0", 7, "a\\.b.\\.");
	check_question("\2\\\\\0", 4, "\\\\\\\\");
	check_question("\4\0\n \x7f\0", 6, "\\000\\010\\032\\127");
	check_question("\3\xc3\xa9\xff\0", 5, "\\195\\169\\255");
	check_question("\4!~\"(\0", 6, "!~\"(");
	check_question("\1\x80\1\x1f\0", 5, "\\128.\\031");
}
END_TEST

/* Three labels of 63 octets and a last one. */
static size_t
make_long_name(uint8_t *octets, size_t last, uint8_t filling)
{
	size_t lengths[] = { 63, 63, 63, last }, used = 0, i;

	for (i = 0; i < 4; i++) {
		octets[used++] = (uint8_t)lengths[i];
		memset(octets + used, filling, lengths[i]);
		used += lengths[i];
	}
	octets[used++] = 0;
	return used;
}

/* Fault W24. */
START_TEST(a_name_has_255_octets_at_most)
{
	uint8_t octets[512];
	char text[MESSAGE_NAME_SIZE];
	size_t length, i;

	length = make_long_name(octets, 61, 'x');
	ck_assert_uint_eq(length, 255);
	memset(text, 'x', sizeof text);
	text[63] = text[127] = text[191] = '.';
	text[253] = '\0';
	check_question(octets, length, text);
	length = make_long_name(octets, 62, 'x');
	check_question(octets, length, NULL);
	length = make_long_name(octets, 63, 'x');
	check_question(octets, length, NULL);
	/* 127 labels are 255 octets, 128 too many. */
	for (i = 0; i < 128; i++) {
		octets[2 * i] = 1;
		octets[2 * i + 1] = text[2 * i] = 'a';
		text[2 * i + 1] = '.';
	}
	text[253] = '\0';
	octets[254] = 0;
	check_question(octets, 255, text);
	octets[254] = 1;
	octets[256] = 0;
	check_question(octets, 257, NULL);
}
END_TEST

/* All 250 octets need four characters. */
START_TEST(the_longest_text_has_room)
{
	uint8_t octets[512];
	size_t length = make_long_name(octets, 61, 0xff);

	packet_begin(&packet, 0, ".", 1);
	packet.length = PACKET_HEADER;
	packet_put(&packet, octets, length);
	packet_put_16(&packet, RECORD_A);
	packet_put_16(&packet, CLASS_IN);
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	ck_assert_uint_eq(strlen(text_of(question.name)), 250 * 4 + 3);
	ck_assert_str_eq(text_of(question.name) + 249 * 4 + 3, "\\255");
}
END_TEST

/* Fault W23. */
START_TEST(a_label_has_63_octets_at_most)
{
	uint8_t octets[300];
	char text[64];
	int first;

	memset(octets, 'x', sizeof octets);
	memset(text, 'x', sizeof text);
	text[63] = '\0';
	octets[0] = 63;
	octets[64] = 0;
	check_question(octets, 65, text);
	for (first = 64; first < 0xc0; first++) {
		octets[0] = (uint8_t)first;
		octets[first + 1] = 0;
		check_question(octets, sizeof octets, NULL);
		octets[first + 1] = 'x';
	}
}
END_TEST

/* The question stands at 12. Faults W19, W21. */
START_TEST(pointers_lead_backwards_only)
{
	check_question("\xc0\x0c", 2, NULL);		/* to itself */
	check_question("\xc0\x0d", 2, NULL);		/* into itself */
	check_question("\xc0\x0e\1a\0", 5, NULL);	/* forwards */
	check_question("\1a\xc0\x0e\0", 5, NULL);	/* to itself, after a label */
	check_question("\1a\xc0\x0c", 4, NULL);		/* to its own begin */
	check_question("\1a\1b\xc0\x0e", 6, NULL);	/* into its own labels */
	check_question("\xc0\x00", 2, NULL);		/* into the header */
	check_question("\1a\xc0\x05", 4, NULL);
	check_question("\xc0\x0b", 2, NULL);
	check_question("\xff\xff", 2, NULL);		/* behind the end */
}
END_TEST

/* A record whose owner is these octets, after a question for b.test (at 12, "test" at 14)
 * and a TXT record with these data (at 35). */
static void
check_owner(const char *data, size_t data_length, const char *octets, size_t length,
	    const char *expected)
{
	packet_begin(&packet, 0, "b.test", RECORD_A);
	packet_add_record(&packet, ".", PACKET_TXT, 0, data, data_length);
	ck_assert_uint_eq(packet.length, 35 + data_length);
	packet_put(&packet, octets, length);
	packet_put(&packet, "\0\1\0\1\0\0\0\0\0\0", 10);
	packet_set_16(&packet, PACKET_ANSWERS, 2);
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	ck_assert(message_next_answer(&message, &record));
	if (expected == NULL) {
		ck_assert(!message_next_answer(&message, &record));
		expect_malformed();
	} else {
		ck_assert(message_next_answer(&message, &record));
		ck_assert_str_eq(text_of(record.name), expected);
		ck_assert(!message_next_answer(&message, &record));
		ck_assert(!message.malformed);
	}
}

/* Faults W20, W21. */
START_TEST(pointers_may_follow_pointers)
{
	/* Data of the first record are at 35. */
	check_owner("", 0, "\xc0\x0c", 2, "b.test");
	check_owner("", 0, "\xc0\x0e", 2, "test");
	check_owner("", 0, "\1a\xc0\x0c", 4, "a.b.test");
	check_owner("\xc0\x0c", 2, "\1a\xc0\x23", 4, "a.b.test");
	check_owner("\1c\xc0\x0c", 4, "\1a\xc0\x23", 4, "a.c.b.test");
	check_owner("\xc0\x0e\xc0\x23", 4, "\xc0\x25", 2, "test");
	/* What is neither a label nor a pointer. */
	check_owner("", 0, "\x40\x0c", 2, NULL);
	check_owner("", 0, "\x80\x0c", 2, NULL);
	check_owner("", 0, "\xbf\x0c", 2, NULL);
	/* Loops over several pointers; one that goes forwards first. */
	check_owner("\xc0\x23", 2, "\xc0\x23", 2, NULL);
	check_owner("\xc0\x25\xc0\x23", 4, "\xc0\x25", 2, NULL);
	check_owner("\xc0\x25\xc0\x0c", 4, "\xc0\x23", 2, NULL);
	check_owner("\1a\xc0\x27\xc0\x23", 6, "\xc0\x23", 2, NULL);
}
END_TEST

/* Fault W24. */
START_TEST(a_compressed_name_has_255_octets_at_most)
{
	uint8_t octets[512];
	size_t length, last;

	/* "b.test" and the root take eight. */
	for (last = 54; last <= 55; last++) {
		length = make_long_name(octets, last, 'x') - 1;
		ck_assert_uint_eq(length + 8, 201 + last);
		octets[length++] = 0xc0;
		octets[length++] = 0x0c;
		packet_begin(&packet, 0, "b.test", RECORD_A);
		packet_put(&packet, octets, length);
		packet_put(&packet, "\0\1\0\1\0\0\0\0\0\0", 10);
		packet_set_16(&packet, PACKET_ANSWERS, 1);
		open_message(packet.length);
		ck_assert_uint_eq(read_all(), 201 + last <= 255);
		ck_assert_int_eq(message.malformed, 201 + last > 255);
	}
}
END_TEST

START_TEST(a_pointer_has_fourteen_bits)
{
	static uint8_t filling[0x3000];
	unsigned int far;

	packet_begin(&packet, 0, "b.test", RECORD_A);
	packet_add_record(&packet, ".", PACKET_TXT, 0, filling, sizeof filling);
	far = (unsigned int)packet.length;
	ck_assert_uint_lt(far, 0x3fff);
	packet_add_record(&packet, "far.test", PACKET_TXT, 0, NULL, 0);
	packet_put_16(&packet, 0xc000 | far);
	packet_put(&packet, "\0\1\0\1\0\0\0\0\0\0", 10);
	packet_set_16(&packet, PACKET_ANSWERS, 3);
	open_message(packet.length);
	ck_assert_uint_eq(read_all(), 3);
	ck_assert_str_eq(text_of(record.name), "far.test");
}
END_TEST

/* Pointers to pointers, at 35 the first, to "b.test". Fault W22. */
START_TEST(pointers_follow_pointers_127_times_at_most)
{
	uint8_t data[2 * 128];
	unsigned int i;

	for (i = 0; i < 128; i++) {
		data[2 * i] = 0xc0;
		data[2 * i + 1] = i == 0 ? 0x0c : (uint8_t)(35 + 2 * (i - 1));
		if (i > 0 && 35 + 2 * (i - 1) > 255)
			data[2 * i] = 0xc1;
	}
	check_owner((const char *)data, sizeof data, "\xc1\x1d", 2, "b.test");
	check_owner((const char *)data, sizeof data, "\xc1\x1f", 2, NULL);
}
END_TEST

static void
check_name_in(const char *data, size_t length, const char *expected)
{
	packet_begin(&packet, 0, "b.test", RECORD_A);
	packet_add_record(&packet, "b.test", PACKET_CNAME, 0, data, length);
	packet_put(&packet, "\0\0\0\0", 4);
	open_message(packet.length);
	ck_assert(message_next_question(&message, &question));
	ck_assert(message_next_answer(&message, &record));
	if (expected == NULL) {
		ck_assert(!message_name_in(&message, &record, name));
		expect_malformed();
	} else {
		ck_assert(message_name_in(&message, &record, name));
		ck_assert_str_eq(name, expected);
		ck_assert(!message.malformed);
	}
}

/* Fault W27. */
START_TEST(a_name_is_all_of_its_record)
{
	check_name_in("\1a\0", 3, "a");
	check_name_in("\0", 1, "");
	check_name_in("\1a\xc0\x0e", 4, "a.test");
	check_name_in("\xc0\x0c", 2, "b.test");
	check_name_in("", 0, NULL);		/* it would begin behind its record */
	check_name_in("\1a", 2, NULL);		/* it ends behind its record */
	check_name_in("\1", 1, NULL);
	check_name_in("\xc0", 1, NULL);
	check_name_in("\1a\0\0", 4, NULL);	/* it ends too early */
	check_name_in("\xc0\x0c\0", 3, NULL);
	check_name_in("\x40" "a\0", 3, NULL);
}
END_TEST

/* Any octet of a good message replaced by any other; ASan sees reading outside. */
START_TEST(no_octet_makes_it_read_outside)
{
	size_t position, i;
	uint8_t before;
	struct dice dice;
	int round;

	make_compressed_response();
	for (position = 0; position < packet.length; position++) {
		before = packet.data[position];
		for (i = 0; i < 256; i++) {
			packet.data[position] = (uint8_t)i;
			open_message(packet.length);
			expect(read_all() <= 3, "too many records");
		}
		packet.data[position] = before;
	}
	dice_init(&dice);
	for (round = 0; round < 20000; round++) {
		make_compressed_response();
		for (i = dice_roll(&dice, 8); i-- > 0;)
			packet.data[dice_roll(&dice, (unsigned int)packet.length)] =
				(uint8_t)dice_roll(&dice, 256);
		open_message(packet.length - dice_roll(&dice, 20));
		read_all();
	}
}
END_TEST

/* Faults W08, W09, W10, W11, W13, W14. */
START_TEST(what_is_a_response)
{
	static const struct {
		uint8_t header[12];
		size_t length;
		bool is_response;
	} examples[] = {
		{ { 1, 2, 0x81, 0x80, 0, 1 }, 12, true },
		{ { 0, 0, 0x87, 0xff, 0, 1, 9, 9, 9, 9, 9, 9 }, 12, true },
		{ { 1, 2, 0x81, 0x80, 0, 1 }, 11, false },
		{ { 1, 2, 0x81, 0x80, 0, 1 }, 0, false },
		{ { 1, 2, 0x01, 0x80, 0, 1 }, 12, false }, /* a query */
		{ { 1, 2, 0xa1, 0x80, 0, 1 }, 12, false }, /* to a NOTIFY, an UPDATE */
		{ { 1, 2, 0xa9, 0x80, 0, 1 }, 12, false },
		{ { 1, 2, 0x81, 0x80, 0, 0 }, 12, false },
		{ { 1, 2, 0x81, 0x80, 0, 2 }, 12, false },
		{ { 1, 2, 0x81, 0x80, 1, 1 }, 12, false },
	};
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++)
		ck_assert_msg(message_is_response(examples[i].header, examples[i].length) ==
				      examples[i].is_response,
			      "example %zu", i);
}
END_TEST

/* What follows it could be a question. */
START_TEST(a_pointer_to_the_header)
{
	static const uint8_t octets[] = "\0\1\x81\x80\0\1\0\0\0\0\0\0\xc0\0\0\0\1\0\1";

	message_open(&message, octets, sizeof octets - 1);
	ck_assert(!message_next_question(&message, &question));
	ck_assert(message.malformed);
}
END_TEST

void
message_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, what_is_a_response);
	tcase_add_test(tests, a_response_is_read);
	tcase_add_test(tests, a_compressed_response_is_read);
	tcase_add_test(tests, the_header_says_how_many_and_how_it_went);
	tcase_add_test(tests, without_questions_and_answers_there_is_nothing_to_read);
	tcase_add_loop_test(tests, cut_off_anywhere_it_is_malformed, 0, 2);
	tcase_add_test(tests, counts_may_not_promise_too_much);
	tcase_add_test(tests, what_follows_the_answers_is_left_alone);
	tcase_add_test(tests, the_sections_are_read_in_their_order);
	tcase_add_test(tests, sections_are_passed_over);
	tcase_add_test(tests, an_opt_record_extends_the_rcode);
	tcase_add_test(tests, every_ttl_is_less_by_the_age);
	tcase_add_test(tests, the_data_of_a_record_end_inside_the_message);
	tcase_add_test(tests, a_ttl_with_its_top_bit_set_is_none);
	tcase_add_test(tests, odd_octets_are_escaped);
	tcase_add_test(tests, a_name_has_255_octets_at_most);
	tcase_add_test(tests, the_longest_text_has_room);
	tcase_add_test(tests, a_label_has_63_octets_at_most);
	tcase_add_test(tests, pointers_lead_backwards_only);
	tcase_add_test(tests, pointers_may_follow_pointers);
	tcase_add_test(tests, a_compressed_name_has_255_octets_at_most);
	tcase_add_test(tests, a_pointer_has_fourteen_bits);
	tcase_add_test(tests, pointers_follow_pointers_127_times_at_most);
	tcase_add_test(tests, a_name_is_all_of_its_record);
	tcase_add_test(tests, no_octet_makes_it_read_outside);
	tcase_add_test(tests, a_pointer_to_the_header);
}
