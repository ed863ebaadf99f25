/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <ctype.h>
#include <string.h>

#include "rooms.h"
#include "wire_query.h"

#define QUESTION "\3www\7e-xa[le\4test\0\0\1\0\1"
#define NAME_LENGTH 18
#define HEADER(qr, answers) "\x12\x34" qr "\x80\0\1\0" answers "\0\0\0\0"

static const uint8_t packet[] = HEADER("\1", "\0") QUESTION;
static struct wire_query query;
static struct random_octets random_octets;

static void
set_up(void)
{
	wire_query_init(&query, packet, sizeof packet - 1);
}

/* The question as it is sent. */
static void
make_sent(uint8_t *question)
{
	memcpy(question, packet + WIRE_QUERY_HEADER, query.length);
	wire_query_change_case(&query, question);
}

/* A response with these octets behind the question; its length. */
static size_t
make_response(uint8_t *response, const char *more, size_t length)
{
	memcpy(response, HEADER("\x81", "\1"), WIRE_QUERY_HEADER);
	make_sent(response + WIRE_QUERY_HEADER);
	memcpy(response + WIRE_QUERY_HEADER + query.length, more, length);
	return WIRE_QUERY_HEADER + query.length + length;
}

#define make_with(response, more) make_response(response, more, sizeof(more) - 1)
#define ADDRESS "\xc0\x0c\0\1\0\1\0\0\0\5\0\4\x7f\0\0\1"

START_TEST(the_question_is_found)
{
	ck_assert_ptr_eq(query.question, packet + WIRE_QUERY_HEADER);
	ck_assert_uint_eq(query.length, sizeof QUESTION - 1);
}
END_TEST

START_TEST(letters_change_and_nothing_else)
{
	uint8_t sent[WIRE_QUERY_QUESTION_MAXIMUM];
	bool is_upper[NAME_LENGTH] = { false }, is_lower[NAME_LENGTH] = { false };
	size_t i;
	int round;

	for (round = 0; round < 200; round++) {
		ck_assert(wire_query_draw_case(&query, &random_octets));
		make_sent(sent);
		for (i = 0; i < query.length; i++) {
			expect(tolower(sent[i]) == query.question[i], "the same but for case");
			if (i < NAME_LENGTH && isalpha(sent[i]))
				*(isupper(sent[i]) ? &is_upper[i] : &is_lower[i]) = true;
		}
		wire_query_change_case(&query, sent);
		ck_assert_mem_eq(sent, query.question, query.length);
	}
	for (i = 0; i < NAME_LENGTH; i++)
		if (isalpha(query.question[i]))
			ck_assert(is_upper[i] && is_lower[i]);
	wire_query_keep_case(&query);
	make_sent(sent);
	ck_assert_mem_eq(sent, query.question, query.length);
}
END_TEST

/* Each octet of the response's head and question, with each bit another. Faults W07, W08. */
START_TEST(one_bit_makes_the_difference)
{
	uint8_t response[256];
	size_t length, i;
	unsigned int bit;
	enum wire_match match;

	ck_assert(wire_query_draw_case(&query, &random_octets));
	length = make_with(response, ADDRESS);
	ck_assert_int_eq(wire_query_match(&query, response, length), WIRE_MATCH_RESPONSE);
	for (i = WIRE_QUERY_HEADER; i < WIRE_QUERY_HEADER + query.length; i++)
		for (bit = 1; bit < 256; bit <<= 1) {
			response[i] ^= (uint8_t)bit;
			match = wire_query_match(&query, response, length);
			if (bit == 0x20 && isalpha(response[i]))
				expect(match == WIRE_MATCH_OTHER_CASE, "another case");
			else
				expect(match == WIRE_MATCH_NOTHING, "another question");
			response[i] ^= (uint8_t)bit;
		}
	response[2] ^= 0x80;
	ck_assert_int_eq(wire_query_match(&query, response, length), WIRE_MATCH_NOTHING);
	response[2] ^= 0x80 | 0x08;
	ck_assert_int_eq(wire_query_match(&query, response, length), WIRE_MATCH_NOTHING);
	response[2] ^= 0x08;
	response[5] = 2;
	ck_assert_int_eq(wire_query_match(&query, response, length), WIRE_MATCH_NOTHING);
}
END_TEST

START_TEST(cut_short_it_is_nothing_or_malformed)
{
	uint8_t response[256];
	size_t length = make_with(response, ADDRESS), i;
	enum wire_match match;

	for (i = 0; i < length; i++) {
		match = wire_query_match(&query, response, i);
		if (i < WIRE_QUERY_HEADER + query.length)
			expect(match == WIRE_MATCH_NOTHING, "nothing");
		else
			expect(match == WIRE_MATCH_MALFORMED, "malformed");
	}
	response[2] |= 2;
	ck_assert_int_eq(wire_query_match(&query, response, WIRE_QUERY_HEADER + query.length),
			 WIRE_MATCH_RESPONSE);
	ck_assert(wire_query_is_truncated(response));
	response[2] ^= 2;
	ck_assert(!wire_query_is_truncated(response));
}
END_TEST

START_TEST(names_as_sent_get_their_case_back)
{
	uint8_t response[512], expected[512];
	char more[256] = "";
	size_t length;

	ck_assert(wire_query_draw_case(&query, &random_octets));
	make_sent((uint8_t *)more);
	memcpy(more + NAME_LENGTH, "\0\1\0\1\0\0\0\5\0\4WWW.", 14);
	length = make_response(response, more, NAME_LENGTH + 14);
	memcpy(expected, response, length);
	memcpy(expected + WIRE_QUERY_HEADER, QUESTION, sizeof QUESTION - 1);
	memcpy(expected + WIRE_QUERY_HEADER + query.length, QUESTION, NAME_LENGTH);
	wire_query_restore_case(&query, response, length);
	ck_assert_mem_eq(response, expected, length);
}
END_TEST

START_TEST(names_in_other_letters_stay)
{
	uint8_t response[512];
	size_t length = make_with(response, "\3WWW\7E-XA[LE\4TEST\0\0\1\0\1\0\0\0\5\0\4WWW.");

	wire_query_restore_case(&query, response, length);
	ck_assert_mem_eq(response + WIRE_QUERY_HEADER + query.length, "\3WWW\7E-XA[LE\4TEST",
			 NAME_LENGTH);
}
END_TEST

START_TEST(a_response_abridged)
{
	static const char expected[] = "\x12\x34\x81\x80\0\1\0\0\0\0\0\0";
	uint8_t response[256], octets[64];
	size_t length = make_with(response, ADDRESS), end = WIRE_QUERY_HEADER + query.length, i;

	wire_query_draw_case(&query, &random_octets);
	make_with(response, ADDRESS);
	response[3] |= 5; /* refused */
	ck_assert_uint_eq(wire_query_abridge(response, length, octets, 64), end);
	ck_assert_mem_eq(octets, expected, WIRE_QUERY_HEADER);
	ck_assert_mem_eq(octets + WIRE_QUERY_HEADER, response + WIRE_QUERY_HEADER, query.length);
	for (i = 0; i < end; i++)
		ck_assert_uint_eq(wire_query_abridge(response, i, octets, 64), 0);
	response[2] = 1;
	ck_assert_uint_eq(wire_query_abridge(response, length, octets, 64), 0);
}
END_TEST

void
wire_query_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, NULL);
	tcase_add_test(tests, the_question_is_found);
	tcase_add_test(tests, letters_change_and_nothing_else);
	tcase_add_test(tests, one_bit_makes_the_difference);
	tcase_add_test(tests, cut_short_it_is_nothing_or_malformed);
	tcase_add_test(tests, names_as_sent_get_their_case_back);
	tcase_add_test(tests, names_in_other_letters_stay);
	tcase_add_test(tests, a_response_abridged);
}
