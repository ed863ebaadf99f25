/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "edns.h"
#include "rooms.h"

#define RCODE 3

START_TEST(taken_off_a_question)
{
	static const uint8_t plain[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0\1a\4test\0\0\1\0\1";
	uint8_t question[] = "\x12\x34\1\0\0\1\0\0\0\0\0\1\1a\4test\0\0\1\0\1"
			     "\0\0\x29\4\xd0\0\0\0\0\0\0";
	const size_t length = sizeof plain - 1;

	ck_assert_uint_eq(edns_take_off(question, sizeof question - 1), length);
	ck_assert_mem_eq(question, plain, length);
}
END_TEST

/* Of all codes, with all other bits of that octet. Fault R05. */
START_TEST(what_a_refusal_is)
{
	uint8_t response[12] = { 0 };
	unsigned int octet, rcode;

	for (octet = 0; octet < 256; octet++) {
		rcode = octet & 0xf;
		response[RCODE] = (uint8_t)octet;
		ck_assert_int_eq(edns_is_refused(response, 12), rcode == 1 || rcode == 4);
		ck_assert(!edns_is_refused(response, 11));
	}
}
END_TEST

void
edns_tests(TCase *tests)
{
	tcase_add_test(tests, taken_off_a_question);
	tcase_add_test(tests, what_a_refusal_is);
}
