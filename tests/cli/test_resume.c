/* SPDX-License-Identifier: MIT */
/* What an output file has, and whether that is of the input. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "items.h"
#include "resolve_resume.h"
#include "rooms.h"

static const char title[] = "index\tname\tstatus\tttl\ttype\tdata\n";
static FILE *file;
static struct resume resume;
static uint64_t line;

static void
setup(void)
{
	file = tmpfile();
	ck_assert_ptr_nonnull(file);
}

static void
teardown(void)
{
	resume_clear(&resume);
	fclose(file);
}

static enum resume_outcome
read_bytes(const struct format *format, char end, const char *bytes, size_t length)
{
	rewind(file);
	ck_assert_int_eq(ftruncate(fileno(file), 0), 0);
	ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
	ck_assert_int_eq(fflush(file), 0);
	resume_clear(&resume);
	return resume_read(&resume, fileno(file), record_form_find(format), end, &line);
}

static enum resume_outcome
read_text(const struct format *format, const char *text)
{
	return read_bytes(format, '\n', text, strlen(text));
}

static bool
has(uint64_t index, const char *name)
{
	struct item item;

	item_set(&item, index, name);
	return resume_has(&resume, &item);
}

#define OBJECT(index, name, status)                                                      \
	"{\"index\":" index ",\"name\":\"" name                                          \
	"\",\"type\":\"addr\",\"status\":\"" status "\",\"records\":[],\"ms\":1}\n"

START_TEST(an_empty_file)
{
	ck_assert_int_eq(read_text(&format_jsonl, ""), RESUME_READ);
	ck_assert_uint_eq(resume.limit, 0);
	ck_assert_int_eq(resume.end, 0);
	ck_assert(resume_is_of_input(&resume));
	ck_assert(!has(0, "a"));
	ck_assert_int_eq(read_text(&format_tsv, ""), RESUME_READ);
	ck_assert_int_eq(read_text(&format_tsv, title), RESUME_READ);
	ck_assert_int_eq(resume.end, sizeof(title) - 1);
	ck_assert_int_eq(read_text(&format_tsv, "index\tna"), RESUME_READ);
	ck_assert_int_eq(resume.end, 0);
	ck_assert_int_eq(read_text(&format_jsonl, "{\"ind"), RESUME_READ);
	ck_assert_int_eq(resume.end, 0);
	ck_assert_ptr_null(record_form_find(&format_text));
}
END_TEST

START_TEST(objects_in_any_order)
{
	static const char whole[] = OBJECT("0", "a", "found")
		OBJECT("3", "d\\\"\\\\", "no-name") OBJECT("1", "b", "found");
	static const char torn[] = OBJECT("0", "a", "found") "{\"index\":3,\"name\":\"d";

	ck_assert_int_eq(read_text(&format_jsonl, whole), RESUME_READ);
	ck_assert_int_eq(resume.end, sizeof(whole) - 1);
	ck_assert_uint_eq(resume.limit, 4);
	ck_assert_int_eq(resume_exit_status(&resume), 1);
	ck_assert(has(0, "a"));
	ck_assert(has(1, "b"));
	ck_assert(!has(2, "c"));
	ck_assert(!resume_is_of_input(&resume));
	ck_assert(has(3, "d\"\\"));
	ck_assert(resume_is_of_input(&resume));

	ck_assert_int_eq(read_text(&format_jsonl, torn), RESUME_READ);
	ck_assert_int_eq(resume.end, strchr(torn, '\n') + 1 - torn);
	ck_assert_uint_eq(resume.limit, 1);
	ck_assert_int_eq(resume_exit_status(&resume), 0);
	has(0, "b");
	ck_assert(!resume_is_of_input(&resume));
}
END_TEST

/* The same names at other places are not the same input. */
START_TEST(items_that_were_swapped)
{
	read_text(&format_jsonl, OBJECT("0", "a", "found") OBJECT("1", "b", "found"));
	has(0, "b");
	has(1, "a");
	ck_assert(!resume_is_of_input(&resume));
}
END_TEST

START_TEST(items_that_were_tried_again)
{
	static const char text[] = OBJECT("0", "a", "timeout") OBJECT("1", "b", "refused")
		OBJECT("0", "a", "server-failure") OBJECT("0", "a", "found")
			OBJECT("1", "b", "unreachable");

	ck_assert_int_eq(read_text(&format_jsonl, text), RESUME_READ);
	ck_assert_int_eq(resume_exit_status(&resume), 3);
	resume.is_retrying = true;
	ck_assert_int_eq(resume_exit_status(&resume), 0);
	ck_assert(has(0, "a"));
	ck_assert(!has(1, "b"));
	ck_assert(resume_is_of_input(&resume));

	/* Every one of an item's results counts for the input. */
	read_text(&format_jsonl, OBJECT("0", "a", "timeout") OBJECT("0", "b", "found"));
	has(0, "b");
	ck_assert(!resume_is_of_input(&resume));
}
END_TEST

/* A run that is stopped cancels what is under way, and has results behind that. */
START_TEST(items_that_were_cancelled)
{
	static const char text[] = OBJECT("0", "a", "found") OBJECT("1", "b", "cancelled")
		OBJECT("2", "c", "found") OBJECT("3", "d", "cancelled");

	ck_assert_int_eq(read_text(&format_jsonl, text), RESUME_READ);
	ck_assert_int_eq(resume.end, strchr(text, '\n') + 1 - text);
	ck_assert_uint_eq(resume.limit, 1);
	ck_assert(has(0, "a"));
	ck_assert(resume_is_of_input(&resume));
	ck_assert_int_eq(resume_exit_status(&resume), 0);
}
END_TEST

START_TEST(an_item_of_several_lines)
{
#define LINES                                                                            \
	"index\tname\tstatus\tttl\ttype\tdata\n"                                         \
	"0\ta\tfound\t300\tA\t192.0.2.1\n"                                               \
	"0\ta\tfound\t300\tA\t192.0.2.2\n"                                               \
	"1\tb\tno-name\t\taddr\t\n"
	static const char last[] = LINES "2\tc\tfound\t300\tA\t192.0.2.1\n"
					 "2\tc\tfound\t300\tA\t192.0.2.2\n2\tc";

	ck_assert_int_eq(read_text(&format_tsv, LINES), RESUME_READ);
	ck_assert_int_eq(resume.end, sizeof(LINES) - 1);
	ck_assert_uint_eq(resume.limit, 2);
	ck_assert_uint_eq(resume.level_count, 1);
	ck_assert(has(0, "a"));
	ck_assert(has(1, "b"));
	ck_assert(resume_is_of_input(&resume));
	/* It may have had more. */
	ck_assert_int_eq(read_text(&format_tsv, last), RESUME_READ);
	ck_assert_int_eq(resume.end, sizeof(LINES) - 1);
	ck_assert_uint_eq(resume.limit, 2);
	/* The same item, but another result. */
	ck_assert_int_eq(read_text(&format_tsv, LINES "1\tb\tfound\t1\tA\t192.0.2.1\n"
						      "2\tc\tno-data\t\taddr\t\n"),
			 RESUME_READ);
	ck_assert_uint_eq(resume.level_count, 2);
	ck_assert_uint_eq(resume.limit, 3);
}
END_TEST

START_TEST(lines_that_end_in_nul)
{
	static const char zeroes[] = OBJECT("0", "a", "found") "\0\0\0\0\0\0";
	char text[] = OBJECT("0", "a", "found") OBJECT("1", "b", "found");
	size_t i;

	/* What is behind the last line may be anything, as after a loss of power. */
	ck_assert_int_eq(read_bytes(&format_jsonl, '\n', zeroes, sizeof(zeroes)),
			 RESUME_READ);
	ck_assert_uint_eq(resume.limit, 1);
	/* But a file with other ends of lines is not taken for one line. */
	ck_assert_int_eq(read_bytes(&format_jsonl, '\0', text, sizeof(text) - 1),
			 RESUME_NOT_OURS);
	for (i = 0; i < sizeof(text); i++) {
		if (text[i] == '\n')
			text[i] = '\0';
	}
	ck_assert_int_eq(read_bytes(&format_jsonl, '\n', text, sizeof(text) - 1),
			 RESUME_NOT_OURS);
	ck_assert_int_eq(read_bytes(&format_jsonl, '\0', text, sizeof(text) - 1),
			 RESUME_READ);
	ck_assert_uint_eq(resume.limit, 2);
}
END_TEST

START_TEST(lines_that_are_not_ours)
{
	static const char *const lines[] = {
		"",
		"{}",
		"{\"index\":-1,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\",}",
		"{\"index\":,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\",}",
		"{\"index\":01,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\",}",
		"{\"index\":68719476736,\"name\":\"a\",\"type\":\"A\",\"status\":"
		"\"found\",}",
		"{\"index\":99999999999999999999,\"name\":\"a\",\"type\":\"A\","
		"\"status\":\"found\",}",
		"{\"index\":1,\"name\":\"a\",\"type\":\"A\",\"status\":\"lost\",}",
		"{\"index\":1,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\"}",
		"{\"index\":1,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\",",
		"{\"index\":1,\"name\":\"a\\\",\"type\":\"A\",\"status\":\"found\",}",
		"{\"index\":1,\"name\":\"a\\",
		"{\"index\": 1,\"name\":\"a\",\"type\":\"A\",\"status\":\"found\",}",
	};
	char text[256];
	size_t i;

	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		snprintf(text, sizeof(text), OBJECT("0", "a", "found") "%s\n", lines[i]);
		ck_assert_msg(read_text(&format_jsonl, text) == RESUME_NOT_OURS, "%s",
			      lines[i]);
		ck_assert_uint_eq(line, 2);
	}
	ck_assert_int_eq(read_text(&format_tsv, "0\ta\tfound\t300\tA\t192.0.2.1\n"),
			 RESUME_NOT_OURS);
	ck_assert_uint_eq(line, 1);
	ck_assert_int_eq(read_text(&format_jsonl, "important"), RESUME_NOT_OURS);
	ck_assert_int_eq(read_text(&format_tsv, LINES "3\ta\n"), RESUME_NOT_OURS);
	resume_clear(&resume);
	ck_assert_int_eq(
		resume_read(&resume, -1, record_form_find(&format_tsv), '\n', &line),
		RESUME_FAILED);
	ck_assert_int_eq(errno, EBADF);
}
END_TEST

/* Lines longer than what is kept of one, across blocks; so many that pages fill up. */
START_TEST(a_large_file)
{
	enum { COUNT = 40000, LONG = 300000 };
	char name[32];
	uint64_t i;
	int j;

	for (i = 0; i < COUNT; i++) {
		fprintf(file,
			"{\"index\":%u,\"name\":\"host%u\",\"type\":\"addr\",\"status\":"
			"\"found\",\"records\":[",
			(unsigned int)i, (unsigned int)i);
		for (j = 0; i % 10000 == 77 && j < LONG; j++)
			putc('x', file);
		fputs("]}\n", file);
	}
	fflush(file);
	ck_assert_int_eq(resume_read(&resume, fileno(file),
				     record_form_find(&format_jsonl), '\n', &line),
			 RESUME_READ);
	ck_assert_uint_eq(line, COUNT);
	ck_assert_uint_eq(resume.limit, COUNT);
	for (i = 0; i < COUNT; i++) {
		snprintf(name, sizeof(name), "host%u", (unsigned int)i);
		expect(has(i, name), name);
	}
	ck_assert(resume_is_of_input(&resume));
}
END_TEST

/* Changes of files that are ours: whatever they are, no more is kept than is there, and
 * what is kept can be read again and is the same then. */
START_TEST(files_that_were_changed)
{
	static const char *const files[] = {
		OBJECT("0", "a", "found") OBJECT("2", "b\\\"", "timeout")
			OBJECT("2", "b\\\"", "found"),
		LINES "2\tc\ttimeout\t300\tA\t192.0.2.1\n3\td\tfound\t1\tA\t192.0.2.1\n",
	};
	static const char bytes[] = "\n\t\"\\{},:09ax\0\377";
	char text[512];
	struct dice dice;
	unsigned int i, form, changes;
	size_t length, at;
	uint64_t sum;

	dice_init(&dice);
	for (i = 0; i < 1000; i++) {
		form = i % 2;
		length = strlen(files[form]);
		memcpy(text, files[form], length);
		for (changes = dice_roll(&dice, 4); changes > 0; changes--) {
			at = dice_roll(&dice, (unsigned int)length);
			if (dice_roll(&dice, 2) == 0)
				text[at] = bytes[dice_roll(&dice, sizeof(bytes) - 1)];
			else
				length = at + 1;
		}
		if (read_bytes(form == 0 ? &format_jsonl : &format_tsv, '\n', text,
			       length) != RESUME_READ)
			continue;
		expect(resume.end >= 0 && (size_t)resume.end <= length, "the end");
		length = (size_t)resume.end;
		sum = resume.sum;
		expect(read_bytes(form == 0 ? &format_jsonl : &format_tsv, '\n', text,
				  length) == RESUME_READ,
		       "what is kept is ours");
		expect(form == 1 || (resume.sum == sum && (size_t)resume.end == length),
		       "what is kept is the same");
	}
}
END_TEST

void
resume_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, an_empty_file);
	tcase_add_test(tests, objects_in_any_order);
	tcase_add_test(tests, items_that_were_swapped);
	tcase_add_test(tests, items_that_were_tried_again);
	tcase_add_test(tests, items_that_were_cancelled);
	tcase_add_test(tests, an_item_of_several_lines);
	tcase_add_test(tests, lines_that_end_in_nul);
	tcase_add_test(tests, lines_that_are_not_ours);
	tcase_add_test(tests, a_large_file);
	tcase_add_test(tests, files_that_were_changed);
}
