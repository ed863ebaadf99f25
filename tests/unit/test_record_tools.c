/* SPDX-License-Identifier: MIT */
/* What records are made with: text_writer, wire_name, arena. */
#include "unit.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "rooms.h"
#include "text_writer.h"
#include "wire_name.h"

/* ---- text_writer ---- */

#define PUT_SIZE 256

static struct text_writer writer;
static char buffer[PUT_SIZE];

static void
expect_text(const char *expected)
{
	ck_assert_uint_eq(text_writer_end(&writer), strlen(expected));
	ck_assert_str_eq(buffer, expected);
	text_writer_init(&writer, buffer, sizeof buffer);
}

START_TEST(numbers_have_all_their_digits)
{
	static const struct {
		uint32_t number;
		const char *text;
	} cases[] = { { 0, "0" },   { 9, "9" },	      { 10, "10" },
		      { 99, "99" }, { 1000, "1000" }, { UINT32_MAX, "4294967295" } };
	size_t i;

	text_writer_init(&writer, buffer, sizeof buffer);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		text_writer_put_number(&writer, cases[i].number);
		expect_text(cases[i].text);
	}
}
END_TEST

START_TEST(octets_in_hex)
{
	text_writer_init(&writer, buffer, sizeof buffer);
	text_writer_put_hex(&writer, NULL, 0);
	expect_text("");
	text_writer_put_hex(&writer, (const uint8_t *)"\x00\x0f\xf0\xa5\xff", 5);
	expect_text("000FF0A5FF");
}
END_TEST

/* The first are of RFC 4648 10. */
START_TEST(octets_in_base64)
{
	static const struct {
		const char *octets;
		const char *text;
	} cases[] = { { "", "" },
		      { "f", "Zg==" },
		      { "fo", "Zm8=" },
		      { "foo", "Zm9v" },
		      { "foob", "Zm9vYg==" },
		      { "fooba", "Zm9vYmE=" },
		      { "foobar", "Zm9vYmFy" },
		      { "\xfb\xff\xbf", "+/+/" },
		      { "\xff\xff\xff\xff", "/////w==" } };
	const uint8_t zeros[4] = { 0 };
	size_t i;

	text_writer_init(&writer, buffer, sizeof buffer);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		text_writer_put_base64(&writer, (const uint8_t *)cases[i].octets,
				       strlen(cases[i].octets));
		expect_text(cases[i].text);
	}
	text_writer_put_base64(&writer, zeros, sizeof zeros);
	expect_text("AAAAAA==");
}
END_TEST

START_TEST(what_is_not_printable_is_escaped)
{
	static const struct {
		unsigned int octet;
		const char *special;
		const char *text;
	} cases[] = { { 'a', "", "a" },	      { ' ', "", " " },	     { '~', "", "~" },
		      { 0, "", "\\000" },     { 9, "", "\\009" },    { 0x1f, "", "\\031" },
		      { 0x7f, "", "\\127" },  { 0x80, "", "\\128" }, { 255, "", "\\255" },
		      { '"', "\"\\", "\\\"" }, { '"', ";", "\"" },   { '\\', "", "\\" },
		      { ';', "();", "\\;" },  { 0, "();", "\\000" } };
	size_t i;

	text_writer_init(&writer, buffer, sizeof buffer);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		text_writer_put_escaped(&writer, cases[i].octet, cases[i].special);
		expect_text(cases[i].text);
	}
}
END_TEST

START_TEST(a_character_string_is_between_quotation_marks)
{
	text_writer_init(&writer, buffer, sizeof buffer);
	text_writer_put_quoted(&writer, NULL, 0);
	expect_text("\"\"");
	text_writer_put_quoted(&writer, (const uint8_t *)"a\"b\\c d\0;\n", 10);
	expect_text("\"a\\\"b\\\\c d\\000;\\010\"");
}
END_TEST

/* Whatever the size: nothing is written behind it, and all is counted. */
START_TEST(what_does_not_fit_is_counted)
{
	static const char text[] = "ab12\"c\"";
	size_t size, i, kept;

	for (size = 0; size <= sizeof text + 1; size++) {
		memset(buffer, '?', sizeof buffer);
		text_writer_init(&writer, size > 0 ? buffer : NULL, size);
		text_writer_put(&writer, 'a');
		text_writer_put_text(&writer, "b");
		text_writer_put_number(&writer, 12);
		text_writer_put_quoted(&writer, (const uint8_t *)"c", 1);
		ck_assert_uint_eq(text_writer_end(&writer), strlen(text));
		if (size == 0)
			continue;
		kept = size <= strlen(text) ? size - 1 : strlen(text);
		ck_assert_uint_eq(strlen(buffer), kept);
		ck_assert_int_eq(memcmp(buffer, text, kept), 0);
		for (i = size; i < sizeof buffer; i++)
			ck_assert_int_eq(buffer[i], '?');
	}
}
END_TEST

/* ---- wire_name ---- */

START_TEST(a_name_ends_in_its_root)
{
	static const struct {
		const char *octets;
		size_t left;
		size_t length;
	} cases[] = {
		{ "", 1, 1 },			/* the root */
		{ "", 0, 0 },
		{ "\1a", 3, 3 },
		{ "\1a", 2, 0 },		/* without its root */
		{ "\1a\0\1b", 6, 3 },		/* what is behind is not of it */
		{ "\1a\4bcd", 7, 0 },		/* a label that is cut off */
		{ "\2a", 3, 0 },		/* the root is in the label */
		{ "\300\14", 2, 0 },		/* compressed */
		{ "\1a\300\14", 4, 0 },
		{ "\100a", 3, 0 },		/* kinds of labels that nobody has */
		{ "\200a", 3, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_msg(wire_name_length((const uint8_t *)cases[i].octets,
					       cases[i].left) == cases[i].length,
			      "case %zu", i);
}
END_TEST

/* Labels of these lengths, and the root; the octets of all that. */
static size_t
make_name(uint8_t *name, const size_t *labels, size_t count, int octet)
{
	size_t used = 0, i;

	for (i = 0; i < count; i++) {
		name[used++] = (uint8_t)labels[i];
		memset(name + used, octet, labels[i]);
		used += labels[i];
	}
	name[used++] = 0;
	return used;
}

START_TEST(labels_and_names_have_a_longest)
{
	static const size_t longest[] = { 63, 63, 63, 61 }, longer[] = { 63, 63, 63, 62 };
	static const size_t label = 63, too_long = 64;
	uint8_t name[300];

	ck_assert_uint_eq(make_name(name, longest, 4, 'a'), WIRE_NAME_MAXIMUM);
	ck_assert_uint_eq(wire_name_length(name, sizeof name), WIRE_NAME_MAXIMUM);
	ck_assert_uint_eq(wire_name_length(name, WIRE_NAME_MAXIMUM), WIRE_NAME_MAXIMUM);
	ck_assert_uint_eq(wire_name_length(name, WIRE_NAME_MAXIMUM - 1), 0);
	ck_assert_uint_eq(make_name(name, longer, 4, 'a'), WIRE_NAME_MAXIMUM + 1);
	ck_assert_uint_eq(wire_name_length(name, sizeof name), 0);
	ck_assert_uint_eq(wire_name_length(name, WIRE_NAME_MAXIMUM + 1), 0);
	make_name(name, &label, 1, 'a');
	ck_assert_uint_eq(wire_name_length(name, sizeof name), 65);
	make_name(name, &too_long, 1, 'a');
	ck_assert_uint_eq(wire_name_length(name, sizeof name), 0);
}
END_TEST

START_TEST(a_name_as_text)
{
	static const struct {
		const char *octets;
		const char *text;
	} cases[] = { { "", "" },
		      { "\1a", "a" },
		      { "\1a\1b", "a.b" },
		      { "\3WWW\7example\4Test", "WWW.example.Test" },
		      { "\3a.b\1c", "a\\.b.c" },
		      { "\3a\\b", "a\\\\b" },
		      { "\4!~ \x7f", "!~\\032\\127" },
		      { "\2\x80\xff", "\\128\\255" },
		      { "\3a\"b", "a\"b" } };
	char text[WIRE_NAME_TEXT_SIZE];
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_uint_eq(wire_name_print((const uint8_t *)cases[i].octets, text),
				  strlen(cases[i].text));
		ck_assert_str_eq(text, cases[i].text);
		ck_assert(wire_name_is((const uint8_t *)cases[i].octets, text));
	}
	wire_name_print((const uint8_t *)"\2\0\1\0", text);
	ck_assert_str_eq(text, "\\000\\001");
	ck_assert(wire_name_is((const uint8_t *)"\2\0\1\0", text));
}
END_TEST

START_TEST(a_name_compared_with_text)
{
	static const struct {
		const char *octets;
		const char *text;
		bool is_same;
	} cases[] = { { "\3wWw\4TEST", "WwW.test", true },
		      { "\3www\4test", "www.test.", false },
		      { "\3www\4test", "www.tes", false },
		      { "\3www\4test", "www.testa", false },
		      { "\3www\4test", "www", false },
		      { "\3www\4test", "www.", false },
		      { "\3www\4test", "www-test", false },
		      { "\3www\4test", "", false },
		      { "\3www", "www.test", false },
		      { "", "a", false },
		      { "", ".", false },
		      { "\3a.b", "a.b", false },
		      { "\1a\1b", "a\\.b", false },
		      { "\3a.b", "A\\.B", true },
		      { "\2\x80\xff", "\\128\\255", true },
		      { "\2\x80\xff", "\\128\\254", false },
		      { "\2\x80\xff", "\\128\\", false },
		      { "\1@", "`", false },
		      { "\1[", "{", false } };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_msg(wire_name_is((const uint8_t *)cases[i].octets,
					   cases[i].text) == cases[i].is_same,
			      "%s", cases[i].text);
}
END_TEST

/* Every octet takes four characters. */
START_TEST(the_longest_text_has_room)
{
	static const size_t longest[] = { 63, 63, 63, 61 };
	char text[WIRE_NAME_TEXT_SIZE];
	uint8_t name[300];

	make_name(name, longest, 4, 0xff);
	ck_assert_uint_eq(wire_name_print(name, text), 4 * 250 + 3);
	ck_assert_uint_eq(strlen(text), 4 * 250 + 3);
	ck_assert_uint_lt(strlen(text), sizeof text);
}
END_TEST

/* ---- arena ---- */

#define PIECES 600

static struct arena arena;
static char *pieces[PIECES];

static size_t
size_of_piece(size_t i)
{
	return i % 50 == 49 ? 70000 : i % 37;
}

/* Small ones and such that are larger than any block: each keeps what is written to it. */
START_TEST(pieces_are_apart)
{
	size_t i, j;

	arena_init(&arena);
	for (i = 0; i < PIECES; i++) {
		pieces[i] = arena_take(&arena, size_of_piece(i));
		ck_assert_ptr_nonnull(pieces[i]);
		expect((uintptr_t)pieces[i] % alignof(uint64_t) == 0, "aligned");
		memset(pieces[i], (int)i, size_of_piece(i));
	}
	for (i = 0; i < PIECES; i++)
		for (j = 0; j < size_of_piece(i); j++)
			expect(pieces[i][j] == (char)i, "as it was written");
	arena_clear(&arena);
}
END_TEST

START_TEST(cleared_it_is_as_new)
{
	arena_init(&arena);
	arena_clear(&arena);
	ck_assert_ptr_nonnull(arena_take(&arena, 1));
	arena_clear(&arena);
	ck_assert_ptr_null(arena.blocks);
	arena_clear(&arena);
	ck_assert_ptr_nonnull(arena_take(&arena, 100000));
	arena_clear(&arena);
}
END_TEST

START_TEST(a_copy_has_a_nul_behind_it)
{
	char *copy, *empty;

	arena_init(&arena);
	copy = arena_copy(&arena, "ab\0cdX", 5);
	empty = arena_copy(&arena, NULL, 0);
	ck_assert_int_eq(memcmp(copy, "ab\0cd", 6), 0);
	ck_assert_int_eq(*empty, '\0');
	/* Where the NUL is one too many for the block. */
	arena_clear(&arena);
	memset(arena_take(&arena, 512 - 16), 'x', 512 - 16);
	copy = arena_copy(&arena, "0123456789abcdef", 16);
	ck_assert_str_eq(copy, "0123456789abcdef");
	arena_clear(&arena);
}
END_TEST

/* What nobody has is refused, and the arena goes on. */
START_TEST(sizes_that_cannot_be)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2 + 1,
					SIZE_MAX - 15, SIZE_MAX - 16 };
	char *piece;
	size_t i;

	arena_init(&arena);
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
		ck_assert_ptr_null(arena_take(&arena, sizes[i]));
	piece = arena_copy(&arena, "a", 1);
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
		ck_assert_ptr_null(arena_take(&arena, sizes[i]));
	ck_assert_str_eq(piece, "a");
	ck_assert_ptr_null(arena_copy(&arena, "", SIZE_MAX));
	arena_clear(&arena);
}
END_TEST

void
record_tools_tests(TCase *tests)
{
	tcase_add_test(tests, numbers_have_all_their_digits);
	tcase_add_test(tests, octets_in_hex);
	tcase_add_test(tests, octets_in_base64);
	tcase_add_test(tests, what_is_not_printable_is_escaped);
	tcase_add_test(tests, a_character_string_is_between_quotation_marks);
	tcase_add_test(tests, what_does_not_fit_is_counted);
	tcase_add_test(tests, a_name_ends_in_its_root);
	tcase_add_test(tests, labels_and_names_have_a_longest);
	tcase_add_test(tests, a_name_as_text);
	tcase_add_test(tests, a_name_compared_with_text);
	tcase_add_test(tests, the_longest_text_has_room);
	tcase_add_test(tests, pieces_are_apart);
	tcase_add_test(tests, cleared_it_is_as_new);
	tcase_add_test(tests, a_copy_has_a_nul_behind_it);
	tcase_add_test(tests, sizes_that_cannot_be);
}
