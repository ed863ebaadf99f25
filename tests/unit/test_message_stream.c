/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <string.h>

#include "message_stream.h"
#include "rooms.h"

static struct message_stream stream;

static void
set_up(void)
{
	memset(&stream, 0, sizeof stream);
}

static void
tear_down(void)
{
	message_stream_clear(&stream);
}

static void
add(const char *octets, size_t length)
{
	size_t size;
	uint8_t *room = message_stream_make_room(&stream, &size);

	ck_assert_uint_ge(size, length);
	memcpy(room, octets, length);
	message_stream_add(&stream, length);
}

static void
expect_message(const char *expected)
{
	size_t length;
	const uint8_t *message = message_stream_take(&stream, &length);

	ck_assert_ptr_nonnull(message);
	ck_assert_uint_eq(length, strlen(expected));
	ck_assert_mem_eq(message, expected, length);
}

static void
expect_nothing(void)
{
	size_t length;

	ck_assert_ptr_null(message_stream_take(&stream, &length));
}

START_TEST(in_any_pieces)
{
	static const char octets[] = "\0\3abc\0\0\0\1d";
	const size_t end = sizeof octets - 1, first = (size_t)_i;
	size_t i;

	expect_nothing();
	for (i = 0; i < end; i += first) {
		add(octets + i, first < end - i ? first : end - i);
		if (i < 5 && i + first >= 5)
			expect_message("abc");
		if (i < 7 && i + first >= 7)
			expect_message("");
		if (i + first >= end)
			expect_message("d");
		expect_nothing();
	}
}
END_TEST

/* There is always room for the rest of one, and for one octet at least. */
START_TEST(the_longest)
{
	size_t size, length;
	uint8_t *room = message_stream_make_room(&stream, &size);

	ck_assert_uint_eq(size, 0x10001);
	memset(room, 'x', size);
	memcpy(room, "\0\1x\xff\xff", 5);
	message_stream_add(&stream, size);
	expect_message("x");
	expect_nothing();
	room = message_stream_make_room(&stream, &size);
	ck_assert_uint_eq(size, 3);
	memcpy(room, "abc", 3);
	message_stream_add(&stream, 3);
	ck_assert_ptr_nonnull(message_stream_take(&stream, &length));
	ck_assert_uint_eq(length, 0xffff);
	message_stream_make_room(&stream, &size);
	ck_assert_uint_eq(size, 0x10001);
}
END_TEST

void
message_stream_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, in_any_pieces, 1, 11);
	tcase_add_test(tests, the_longest);
}
