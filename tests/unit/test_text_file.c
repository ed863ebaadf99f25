/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rooms.h"
#include "text_file.h"

static char directory[] = "test_text_file.XXXXXX";
static char path[64];
static struct text_file file;

static void
set_up(void)
{
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/text", directory);
}

static void
tear_down(void)
{
	unlink(path);
	rmdir(directory);
}

static void
write_file(const char *text, size_t length)
{
	FILE *stream = fopen(path, "w");

	ck_assert_ptr_nonnull(stream);
	ck_assert_uint_eq(fwrite(text, 1, length, stream), length);
	ck_assert_int_eq(fclose(stream), 0);
}

static void
expect_text(const char *text, size_t length, size_t maximum)
{
	ck_assert_int_eq(text_file_read(&file, path, maximum), 0);
	ck_assert_uint_eq(file.length, length);
	ck_assert_mem_eq(file.text, text, length);
	free(file.text);
}

static void
expect_failure(const char *name, int error)
{
	errno = 0;
	ck_assert_int_eq(text_file_read(&file, name, 100), -1);
	ck_assert_int_eq(errno, error);
	ck_assert_ptr_null(file.text);
	ck_assert_uint_eq(file.length, 0);
}

START_TEST(a_file_is_read_whole)
{
	write_file("one\ntwo", 7);
	expect_text("one\ntwo", 7, 100);
	expect_text("one\ntwo", 7, 7);
	write_file("", 0);
	expect_text("", 0, 100);
}
END_TEST

/* Fault C03. */
START_TEST(of_a_larger_file_the_whole_lines)
{
	write_file("one\ntwo\nthree\n", 14);
	expect_text("one\ntwo\nthree\n", 14, 14);
	expect_text("one\ntwo\n", 8, 13);
	expect_text("one\ntwo\n", 8, 8);
	expect_text("one\n", 4, 7);
	expect_text("", 0, 3);
}
END_TEST

START_TEST(of_any_size)
{
	static const size_t sizes[] = { 4095, 4096, 4097, 8191, 8192, 8193, 100000 };
	char *text = malloc(100000);
	size_t i;

	ck_assert_ptr_nonnull(text);
	for (i = 0; i < 100000; i++)
		text[i] = i % 50 == 49 ? '\n' : (char)('a' + i % 26);
	for (i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		write_file(text, sizes[i]);
		expect_text(text, sizes[i], 100000);
		expect_text(text, sizes[i], sizes[i]);
		expect_text(text, (sizes[i] - 1) / 50 * 50, sizes[i] - 1);
	}
	free(text);
}
END_TEST

/* Files in /proc say that they are empty, this one has a line for each second page. */
START_TEST(the_size_is_no_promise)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), i, lines = 0;
	char *pages;

	if (access("/proc/self/maps", R_OK) < 0)
		return;
	pages = mmap(NULL, 400 * page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(pages, MAP_FAILED);
	for (i = 0; i < 400; i += 2)
		ck_assert_int_eq(mprotect(pages + i * page, page, PROT_NONE), 0);
	ck_assert_int_eq(text_file_read(&file, "/proc/self/maps", 1000000), 0);
	ck_assert_int_eq(file.identity.size, 0);
	ck_assert_uint_gt(file.length, 8192);
	ck_assert_int_eq(file.text[file.length - 1], '\n');
	for (i = 0; i < file.length; i++)
		lines += file.text[i] == '\n';
	ck_assert_uint_gt(lines, 400);
	free(file.text);
	munmap(pages, 400 * page);
}
END_TEST

/* Fault C02. */
START_TEST(what_is_no_file_is_refused)
{
	expect_failure("no such file", ENOENT);
	expect_failure("", ENOENT);
	expect_failure(directory, EINVAL);
	expect_failure("/dev/zero", EINVAL);
	/* Nobody will ever write to it. */
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	expect_failure(path, EINVAL);
	unlink(path);
	ck_assert_int_eq(symlink("text", path), 0);
	expect_failure(path, ELOOP);
}
END_TEST

static struct text_file_identity
identify(void)
{
	struct text_file_identity identity;

	ck_assert_int_eq(text_file_identify(path, &identity), 0);
	return identity;
}

START_TEST(an_identity_tells_files_apart)
{
	struct text_file_identity before, after;

	write_file("one", 3);
	before = after = identify();
	ck_assert(text_file_is_same(&before, &after));
	expect_text("one", 3, 100);
	ck_assert(text_file_is_same(&before, &file.identity));
	after.device++;
	ck_assert(!text_file_is_same(&before, &after));
	after = before;
	after.inode++;
	ck_assert(!text_file_is_same(&before, &after));
	after = before;
	after.size++;
	ck_assert(!text_file_is_same(&before, &after));
	after = before;
	after.modified.tv_sec++;
	ck_assert(!text_file_is_same(&before, &after));
	after = before;
	after.modified.tv_nsec++;
	ck_assert(!text_file_is_same(&before, &after));
	ck_assert_int_eq(text_file_identify("no such file", &after), -1);
	ck_assert_int_eq(errno, ENOENT);
}
END_TEST

static void
expect_words(struct text_span line, const char *expected)
{
	struct text_span word;
	char text[64] = "";
	size_t used = 0;

	while (text_file_next_word(&line, &word))
		used += (size_t)snprintf(text + used, sizeof text - used, "%.*s;",
					 (int)word.length, word.start);
	ck_assert_str_eq(text, expected);
	ck_assert(!text_file_next_word(&line, &word));
}

START_TEST(lines_and_words)
{
	static const char text[] = "one two\n\n \t\r \n\tthree\r\tfour \r\n#\nlast";
	static const char *const words[] = { "one;two;",    "",	  "",
					     "three;four;", "#;", "last;" };
	struct text_span rest = { text, sizeof text - 1 }, line;
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		ck_assert(text_file_next_line(&rest, &line));
		expect_words(line, words[i]);
	}
	ck_assert(!text_file_next_line(&rest, &line));
	rest.start = text;
	rest.length = 8; /* the first line and its end: nothing comes after it */
	ck_assert(text_file_next_line(&rest, &line));
	ck_assert(!text_file_next_line(&rest, &line));
}
END_TEST

void
text_file_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_file_is_read_whole);
	tcase_add_test(tests, of_a_larger_file_the_whole_lines);
	tcase_add_test(tests, of_any_size);
	tcase_add_test(tests, the_size_is_no_promise);
	tcase_add_test(tests, what_is_no_file_is_refused);
	tcase_add_test(tests, an_identity_tells_files_apart);
	tcase_add_test(tests, lines_and_words);
}
