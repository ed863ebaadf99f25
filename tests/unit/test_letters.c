/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <ctype.h>

#include "letters.h"
#include "rooms.h"
#include "wire_name.h"

START_TEST(each_octet_in_each_place)
{
	uint8_t octets[LETTERS_WORD];
	size_t place, i;
	unsigned int octet;

	for (place = 0; place < LETTERS_WORD; place++)
		for (octet = 0; octet < 256; octet++) {
			memset(octets, 0xff - (int)octet, sizeof octets);
			octets[place] = (uint8_t)octet;
			letters_store(octets, sizeof octets,
				      letters_case_bits(letters_load(octets, sizeof octets)));
			for (i = 0; i < sizeof octets; i++)
				ck_assert_int_eq(octets[i],
						 isalpha((int)(i == place ? octet : 255 - octet)) ?
							 0x20 :
							 0);
		}
}
END_TEST

START_TEST(a_part_of_a_word)
{
	const uint8_t octets[] = "abcdefghi";
	uint8_t copy[LETTERS_WORD];
	uint8_t whole[LETTERS_WORD];
	size_t count;

	for (count = 0; count <= LETTERS_WORD; count++) {
		memset(copy, '-', sizeof copy);
		letters_store(copy, count, letters_load(octets, count));
		ck_assert_mem_eq(copy, octets, count);
		ck_assert(count == LETTERS_WORD || copy[count] == '-');
		memset(whole, 0, sizeof whole);
		memcpy(whole, octets, count);
		ck_assert(letters_load(octets, count) == letters_load(whole, LETTERS_WORD));
	}
}
END_TEST

/* Of every length, with the difference in every place. */
START_TEST(names_but_for_the_case)
{
	uint8_t name[40], other[40];
	size_t length, i;

	for (i = 0; i < sizeof name; i++) {
		name[i] = (uint8_t)('A' + i % 26);
		other[i] = (uint8_t)(name[i] | 0x20);
	}
	for (length = 0; length < sizeof name; length++) {
		ck_assert(wire_name_matches(name, other, length));
		for (i = 0; i < length; i++) {
			other[i] ^= 1;
			ck_assert(!wire_name_matches(name, other, length));
			ck_assert(wire_name_matches(name, other, i));
			other[i] ^= 1;
		}
	}
	name[9] = '@'; /* 0x20 from '`', and no letter */
	other[9] = '`';
	ck_assert(!wire_name_matches(name, other, 10));
}
END_TEST

void
letters_tests(TCase *tests)
{
	tcase_add_test(tests, each_octet_in_each_place);
	tcase_add_test(tests, a_part_of_a_word);
	tcase_add_test(tests, names_but_for_the_case);
}
