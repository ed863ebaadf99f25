/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "message.h"
#include "rooms.h"
#include "stand_in.h"

START_TEST(each_id_comes_back)
{
	struct stand_in written = { .cares_id = 0 }, read;
	uint8_t octets[STAND_IN_SIZE];
	unsigned int id;

	for (id = 0; id < 65536; id++) {
		written.id = (uint16_t)id;
		written.cares_id = (uint16_t)(id * 40503u);
		stand_in_write(&written, id % 2 != 0, octets);
		read = stand_in_read(octets);
		ck_assert_uint_eq(read.id, written.id);
		ck_assert_uint_eq(read.cares_id, written.cares_id);
	}
}
END_TEST

/* c-ares reads it as any other. */
START_TEST(it_is_a_good_message)
{
	const struct stand_in stand_in = { .cares_id = 0xabcd, .id = 0x0f21 };
	uint8_t octets[STAND_IN_SIZE];
	struct message message;

	stand_in_write(&stand_in, false, octets);
	ck_assert_mem_eq(octets, "\xab\xcd\1\0\0\1\0\0\0\0\0\0\4bcpa\0\0\1\0\1", sizeof octets);
	ck_assert(!message_is_response(octets, sizeof octets));
	stand_in_write(&stand_in, true, octets);
	ck_assert(message_is_response(octets, sizeof octets));
	message_open(&message, octets, sizeof octets);
	ck_assert(message_is_sound(&message));
}
END_TEST

void
stand_in_tests(TCase *tests)
{
	tcase_add_test(tests, each_id_comes_back);
	tcase_add_test(tests, it_is_a_good_message);
}
