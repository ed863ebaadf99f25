/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "rooms.h"
#include "search_list.h"

#define THREADS 4

#define LABEL63 "a123456789b123456789c123456789d123456789e123456789f123456789g12"
#define LABEL61 "a123456789b123456789c123456789d123456789e123456789f123456789g"
#define LONG253 LABEL63 "." LABEL63 "." LABEL63 "." LABEL61

/* Suffixes, separated by blanks. */
static struct search_list *
create(const char *text, int ndots)
{
	char copy[4096], *word;
	const char *suffixes[16];
	size_t count = 0;

	snprintf(copy, sizeof copy, "%s", text);
	for (word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
		suffixes[count++] = strcmp(word, "EMPTY") == 0 ? "" : word;
	return search_list_create(suffixes, count, ndots);
}

/* All candidates, separated by blanks. */
static void
collect(const struct search_list *list, const char *name, bool is_absolute, char *text,
	size_t size)
{
	char candidate[SEARCH_LIST_NAME_SIZE];
	unsigned int step;
	size_t used = 0;

	*text = '\0';
	for (step = 0; search_list_step(list, name, is_absolute, step, candidate); step++)
		used += (size_t)snprintf(text + used, size - used, "%s%s",
					 step > 0 ? " " : "", candidate);
	/* Once over, it is over. */
	ck_assert(!search_list_step(list, name, is_absolute, step + 1, candidate));
	ck_assert(!search_list_step(list, name, is_absolute, ~0u, candidate));
}

static void
expect_candidates(const struct search_list *list, const char *name, bool is_absolute,
		  const char *expected)
{
	char text[4096];

	collect(list, name, is_absolute, text, sizeof text);
	ck_assert_str_eq(text, expected);
}

struct example {
	const char *suffixes;
	int ndots;
	const char *name;
	const char *expected;
};

static void
check_examples(const struct example *examples, size_t count)
{
	struct search_list *list;
	size_t i;

	for (i = 0; i < count; i++) {
		list = create(examples[i].suffixes, examples[i].ndots);
		ck_assert_ptr_nonnull(list);
		expect_candidates(list, examples[i].name, false, examples[i].expected);
		expect_candidates(list, examples[i].name, true, examples[i].name);
		search_list_release(list);
	}
}

#define CHECK_EXAMPLES(examples)                                                         \
	check_examples(examples, sizeof examples / sizeof *examples)

START_TEST(enough_dots_are_asked_as_they_are_first)
{
	static const struct example examples[] = {
		{ "", 1, "a", "a" },
		{ "", 1, "a.b", "a.b" },
		{ "", 0, "a", "a" },
		{ "", 15, "a.b", "a.b" },
		{ "x.test", 1, "a", "a.x.test a" },
		{ "x.test", 1, "a.b", "a.b a.b.x.test" },
		{ "x.test", 0, "a", "a a.x.test" },
		{ "x.test y.test", 1, "a", "a.x.test a.y.test a" },
		{ "x.test y.test", 2, "a.b", "a.b.x.test a.b.y.test a.b" },
		{ "x.test y.test", 2, "a.b.c", "a.b.c a.b.c.x.test a.b.c.y.test" },
		{ "x.test", 15, "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15",
		  "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.x.test "
		  "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15" },
		{ "x.test", 15, "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16",
		  "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16 "
		  "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.x.test" },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(the_root_as_a_suffix_adds_nothing)
{
	static const struct example examples[] = {
		{ ".", 1, "a", "a" },
		{ "EMPTY", 1, "a", "a" },
		{ ". EMPTY .", 1, "a", "a" },
		{ ".", 1, "a.b", "a.b" },
		{ ". x.test", 1, "a", "a a.x.test" },
		{ "x.test .", 1, "a", "a.x.test a" },
		{ "x.test . y.test", 1, "a", "a.x.test a a.y.test" },
		{ "x.test . y.test", 1, "a.b", "a.b a.b.x.test a.b.y.test" },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(suffixes_have_a_normal_form)
{
	static const struct example examples[] = {
		{ "X.Test.", 1, "a", "a.x.test a" },
		{ ".x.test", 1, "a", "a.x.test a" },
		{ "x.test X.TEST x.test. .x.test y.test", 1, "a", "a.x.test a.y.test a" },
		{ "_x.test x-1.test", 1, "a", "a._x.test a.x-1.test a" },
		{ "..x.test x..test x.test.. .. x!.test x\\.test x/24 y.test", 1, "a",
		  "a.y.test a" },
		{ LABEL63 "4.test y.test", 1, "a", "a.y.test a" },
		{ "!! b1 b2 b1 b3", 1, "a", "a.b1 a.b2 a.b3 a" },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(what_gets_too_long_is_left_out)
{
	static const struct example examples[] = {
		{ LONG253 " x.test", 1, "a", "a.x.test a" },
		{ LONG253 "."
			  " x.test",
		  1, "a", "a.x.test a" },
		{ LONG253 "4 x.test", 1, "a", "a.x.test a" },
		{ LONG253 "44 x.test", 1, "a", "a.x.test a" },
		{ LONG253, 1, "a", "a" },
		{ "x.test", 1, LONG253, LONG253 },
		{ "x.test", 15, LONG253, LONG253 },
		/* One that just fits, and one that just does not. */
		{ LABEL63 "." LABEL63 "." LABEL61, 1, LABEL63,
		  LABEL63 "." LABEL63 "." LABEL63 "." LABEL61 " " LABEL63 },
		{ LABEL63 "." LABEL63 "." LABEL61 "2", 1, LABEL63, LABEL63 },
	};
	struct search_list *list = create("x.test", 1);
	char candidate[SEARCH_LIST_NAME_SIZE];

	CHECK_EXAMPLES(examples);
	ck_assert_uint_eq(strlen(LONG253), HOST_NAME_MAXIMUM);
	ck_assert(!search_list_step(list, LONG253 "4", false, 0, candidate));
	ck_assert(!search_list_step(list, LONG253 "4", true, 0, candidate));
	search_list_release(list);
}
END_TEST

START_TEST(homes_are_not_searched)
{
	static const struct example examples[] = {
		{ "x.test", 15, "home.arpa", "home.arpa" },
		{ "x.test", 15, "a.home.arpa", "a.home.arpa" },
		{ "x.test", 15, "a.b.Home.ARPA", "a.b.Home.ARPA" },
		{ "x.test", 3, "ahome.arpa", "ahome.arpa.x.test ahome.arpa" },
		{ "x.test", 3, "arpa", "arpa.x.test arpa" },
		{ "home.arpa", 1, "printer", "printer.home.arpa printer" },
	};

	CHECK_EXAMPLES(examples);
}
END_TEST

START_TEST(ndots_has_bounds)
{
	static const struct {
		int ndots, kept;
	} examples[] = {
		{ -1, 0 }, { 0, 0 }, { 1, 1 }, { 15, 15 }, { 16, 15 }, { 1 << 30, 15 },
	};
	struct search_list *list;
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		list = create("", examples[i].ndots);
		ck_assert_int_eq(list->ndots, examples[i].kept);
		search_list_release(list);
	}
}
END_TEST

START_TEST(no_list)
{
	expect_candidates(NULL, "a", false, "a");
	expect_candidates(NULL, "a.b", false, "a.b");
	expect_candidates(NULL, "a.b", true, "a.b");
	search_list_release(NULL);
}
END_TEST

/* glibc's no-tld-query: only what comes after the suffixes. Fault N11. */
START_TEST(top_level_names_may_be_kept_out)
{
	struct search_list *list = create("x.test", 1), *root = create(". x.test", 1),
			   *none = create("", 1), *first = create("x.test", 0),
			   *other = create(LONG253, 1);

	list->may_ask_top_level = root->may_ask_top_level = false;
	none->may_ask_top_level = first->may_ask_top_level = false;
	other->may_ask_top_level = false;
	expect_candidates(list, "a", false, "a.x.test");
	expect_candidates(list, "a", true, "a");
	expect_candidates(list, "a.b", false, "a.b a.b.x.test");
	expect_candidates(root, "a", false, "a a.x.test");
	expect_candidates(none, "a", false, "a");
	expect_candidates(first, "a", false, "a a.x.test");
	expect_candidates(other, "a", false, "a"); /* there is always one */
	search_list_release(list);
	search_list_release(root);
	search_list_release(none);
	search_list_release(first);
	search_list_release(other);
}
END_TEST

static void
expect_suffixes(const char *text, size_t length, const char *expected)
{
	struct search_list *list = search_list_parse(text, length, ", \t\r", 2), *copy;

	ck_assert_ptr_nonnull(list);
	ck_assert_int_eq(list->ndots, 2);
	expect_candidates(list, "a.b", false, expected);
	list->may_ask_top_level = false;
	copy = search_list_copy(list, 0);
	search_list_release(list);
	ck_assert_int_eq(copy->ndots, 0);
	ck_assert(!copy->may_ask_top_level);
	copy->ndots = 2;
	expect_candidates(copy, "a.b", false, expected);
	search_list_release(copy);
}

START_TEST(a_text_has_many)
{
	static const struct {
		const char *text, *expected;
	} examples[] = {
		{ "", "a.b" },
		{ ", ,\t\r", "a.b" },
		{ "x.test", "a.b.x.test a.b" },
		{ "x.test,y.test", "a.b.x.test a.b.y.test a.b" },
		{ " x.test\ty.test\r", "a.b.x.test a.b.y.test a.b" },
		{ "x.test , !! , y.test,", "a.b.x.test a.b.y.test a.b" },
		{ ". x.test", "a.b a.b.x.test" },
	};
	char exact[64];
	size_t i, length;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		length = strlen(examples[i].text);
		memset(exact, 'x', sizeof exact);
		memcpy(exact, examples[i].text, length);
		expect_suffixes(exact, length, examples[i].expected);
	}
	expect_suffixes("x\0.test y.test\0", 15, "a.b");
	expect_suffixes("x\0.test y.test", 14, "a.b.y.test a.b");
}
END_TEST

/* Neither what is no suffix, nor what is there twice. */
START_TEST(thirty_two_count)
{
	char text[2048] = "", expected[512] = "";
	struct search_list *list, *copy;
	int i;

	for (i = 0; i < 40; i++) {
		sprintf(text + strlen(text), "!! s%d. s%d ", i, i);
		if (i < 32)
			sprintf(expected + strlen(expected), "a.s%d ", i);
	}
	strcat(expected, "a");
	list = search_list_parse(text, strlen(text), " ", 1);
	ck_assert_ptr_nonnull(list);
	expect_candidates(list, "a", false, expected);
	copy = search_list_copy(list, 1);
	ck_assert_ptr_nonnull(copy);
	search_list_release(list);
	expect_candidates(copy, "a", false, expected);
	search_list_release(copy);
}
END_TEST

START_TEST(some_are_suffixes)
{
	static const char *const good[] = { "",	  ".",	 "x",	      "x.",
					    ".x", "X.y", "_x-1.test", LONG253 };
	static const char *const bad[] = { "..",      "x..",	   "..x",
					   "x y",     "x!",	   "x,y",
					   "1.2.3.4", LABEL63 "4", LONG253 "4" };
	size_t i;

	for (i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(search_list_is_suffix(good[i], strlen(good[i])), "%s",
			      good[i]);
	for (i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!search_list_is_suffix(bad[i], strlen(bad[i])), "%s",
			      bad[i]);
	ck_assert(!search_list_is_suffix("x\0", 2));
}
END_TEST

static struct search_list *shared;

static void
retain_and_release(unsigned int number)
{
	char candidate[SEARCH_LIST_NAME_SIZE];
	unsigned int i;

	(void)number;
	for (i = 0; i < 2000; i++) {
		search_list_retain(shared);
		expect(search_list_step(shared, "a", false, 0, candidate) &&
			       strcmp(candidate, "a.x.test") == 0,
		       "a candidate");
		search_list_release(shared);
	}
	search_list_release(shared);
}

/* The last of them frees it; ASan and valgrind see whether nobody or two do. */
START_TEST(threads_share_one)
{
	unsigned int i;

	shared = create("x.test", 1);
	for (i = 1; i < THREADS; i++)
		ck_assert_ptr_eq(search_list_retain(shared), shared);
	unit_run_threads(THREADS, retain_and_release);
}
END_TEST

void
search_list_tests(TCase *tests)
{
	tcase_add_test(tests, enough_dots_are_asked_as_they_are_first);
	tcase_add_test(tests, the_root_as_a_suffix_adds_nothing);
	tcase_add_test(tests, suffixes_have_a_normal_form);
	tcase_add_test(tests, what_gets_too_long_is_left_out);
	tcase_add_test(tests, homes_are_not_searched);
	tcase_add_test(tests, ndots_has_bounds);
	tcase_add_test(tests, no_list);
	tcase_add_test(tests, top_level_names_may_be_kept_out);
	tcase_add_test(tests, a_text_has_many);
	tcase_add_test(tests, thirty_two_count);
	tcase_add_test(tests, some_are_suffixes);
	tcase_add_test(tests, threads_share_one);
}
