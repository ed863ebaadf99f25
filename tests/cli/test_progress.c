/* SPDX-License-Identifier: MIT */
/* What is said of a run: how far it is, what came of it, and how much there is to do. */
#include <config.h>

#include "resolve_progress.h"
#include "resolve_stats.h"
#include "resolve_total.h"
#include "rooms.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#define SECOND INT64_C(1000000000)
#define START (INT64_C(123456789) * SECOND)

static struct progress progress;
static struct buffer buffer;

static void
expect_text(const char *text)
{
	buffer_put_byte(&buffer, '\0');
	ck_assert_str_eq(buffer.bytes, text);
	buffer.length = 0;
}

static void
expect_line(const struct progress_counts *counts, const char *text)
{
	progress_put_line(&buffer, &progress, counts);
	expect_text(text);
}

START_TEST(a_line_says_it_all)
{
	struct progress_counts counts = {
		.done = 12480, .total = 50000, .under_way = 256, .no = 211, .failed = 14,
	};

	progress_start(&progress, PROGRESS_LINE, START);
	progress_measure(&progress, &counts, START + 4 * SECOND);
	expect_line(&counts, "resolve: 12,480 of 50,000 (24%)  3,120/s  256 under way  "
			     "211 no  14 failed  0:12 left");
	counts.total = 0;
	expect_line(&counts, "resolve: 12,480  3,120/s  256 under way  211 no  14 failed");
	counts.total = 12480 + 3600 * 3120;
	expect_line(&counts, "resolve: 12,480 of 11,244,480 (0%)  3,120/s  256 under way  "
			     "211 no  14 failed  1:00:00 left");
	counts.total = 12480;
	expect_line(&counts, "resolve: 12,480 of 12,480 (100%)  3,120/s  256 under way  "
			     "211 no  14 failed  0:00 left");
}
END_TEST

/* Nobody knows how long it takes while nothing is done. */
START_TEST(without_speed_there_is_no_time)
{
	struct progress_counts counts = {.total = 10, .under_way = 1};

	progress_start(&progress, PROGRESS_LINE, START);
	progress_measure(&progress, &counts, START + SECOND);
	expect_line(&counts, "resolve: 0 of 10 (0%)  0/s  1 under way  0 no  0 failed");
}
END_TEST

START_TEST(the_speed_is_that_of_late)
{
	struct progress_counts counts = {.done = 0};
	int i;

	progress_start(&progress, PROGRESS_LINE, START);
	for (i = 1; i <= 200; i++) {
		counts.done += i <= 100 ? 1000 : 10;
		progress_measure(&progress, &counts, START + i * SECOND / 5);
	}
	ck_assert(progress.speed > 49 && progress.speed < 51);
}
END_TEST

/* Those that an earlier run has done are not what this one does. */
START_TEST(what_is_skipped_is_no_speed)
{
	struct progress_counts counts = {.done = 1100, .skipped = 1000, .total = 2200};

	progress_start(&progress, PROGRESS_LINE, START);
	progress_measure(&progress, &counts, START + SECOND);
	expect_line(&counts, "resolve: 1,100 of 2,200 (50%)  100/s  0 under way  0 no  "
			     "0 failed  0:01 left");
}
END_TEST

START_TEST(the_object_says_the_same)
{
	struct progress_counts counts = {
		.done = 12480, .total = 50000, .under_way = 256, .no = 211, .failed = 14,
	};

	progress_start(&progress, PROGRESS_JSON, START);
	progress_measure(&progress, &counts, START + 4 * SECOND);
	progress_put_json(&buffer, &progress, &counts, START + 4 * SECOND);
	expect_text("{\"done\":12480,\"total\":50000,\"per_second\":3120,\"under_way\":256,"
		    "\"no\":211,\"failed\":14,\"seconds\":4,\"seconds_left\":12}");
}
END_TEST

START_TEST(each_kind_has_its_time)
{
	static const struct {
		enum progress_kind kind;
		int first, next;	/* milliseconds */
	} times[] = {
		{PROGRESS_NONE, -1, -1},
		{PROGRESS_LINE, 500, 200},
		{PROGRESS_PLAIN, 5000, 5000},
		{PROGRESS_JSON, 1000, 1000},
	};
	const struct progress_counts counts = {.done = 0};
	size_t i;

	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		int64_t now = START + times[i].first * (SECOND / 1000);

		progress_start(&progress, times[i].kind, START);
		ck_assert(!progress_is_due(&progress, START));
		ck_assert_int_eq(progress_get_wait(&progress, START), times[i].first);
		if (times[i].first < 0)
			continue;
		ck_assert(!progress_is_due(&progress, now - 1));
		ck_assert(progress_is_due(&progress, now));
		ck_assert_int_eq(progress_get_wait(&progress, now), 0);
		/* Asked for in between, it comes no later. */
		progress_measure(&progress, &counts, now - 1);
		ck_assert(progress_is_due(&progress, now));
		progress_measure(&progress, &counts, now);
		ck_assert_int_eq(progress_get_wait(&progress, now), times[i].next);
	}
}
END_TEST

static void
note(struct stats *stats, enum result_status status, unsigned int tries, int64_t microseconds)
{
	const struct result result = {
		.status = status, .tries = tries, .microseconds = microseconds,
	};

	stats_note(stats, &result);
}

START_TEST(the_summary_adds_up)
{
	struct stats stats = {.items = 0};
	int i;

	for (i = 0; i < 1500; i++)
		note(&stats, RESULT_FOUND, 2, 1000);
	note(&stats, RESULT_NO_NAME, 2, 1000);
	note(&stats, RESULT_NO_DATA, 2, 1000);
	note(&stats, RESULT_INVALID, 0, 0);
	note(&stats, RESULT_TIMEOUT, 6, 10000000);
	note(&stats, RESULT_REFUSED, 1, 1000);
	ck_assert_uint_eq(stats_count_no(&stats), 3);
	ck_assert_uint_eq(stats_count_failed(&stats), 2);
	stats_put_text(&buffer, &stats, 2 * SECOND);
	expect_text("resolve: 1,505 items in 2.0 s, 753/s: 1,500 found, 1 do not exist, "
		    "1 have no such record, 1 without reply, 1 refused, 1 invalid\n"
		    "resolve: 3,011 queries; an item took 7.6 ms on average, "
		    "10.0 s at most\n");
	stats_put_json(&buffer, &stats, 2 * SECOND);
	expect_text("{\"items\":1505,\"found\":1500,\"no-name\":1,\"no-data\":1,"
		    "\"timeout\":1,\"server-failure\":0,\"refused\":1,\"unreachable\":0,"
		    "\"invalid\":1,\"cancelled\":0,\"queries\":3011,\"seconds\":2.000,"
		    "\"per_second\":753,\"mean_ms\":7.643,\"longest_ms\":10000.000}\n");
}
END_TEST

START_TEST(a_summary_of_nothing)
{
	const struct stats stats = {.items = 0};

	stats_put_text(&buffer, &stats, 0);
	expect_text("resolve: 0 items in 0.0 ms, 0/s\nresolve: 0 queries\n");
}
END_TEST

START_TEST(numbers_are_grouped)
{
	static const struct {
		uint64_t number;
		const char *text;
	} cases[] = {
		{0, "0"}, {999, "999"}, {1000, "1,000"}, {12480, "12,480"},
		{1000000, "1,000,000"}, {1002003, "1,002,003"},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		stats_put_grouped(&buffer, cases[i].number);
		expect_text(cases[i].text);
	}
}
END_TEST

static uint64_t
count_file(const char *text, size_t length, char end)
{
	char path[] = "/tmp/resolve_total.XXXXXX";
	int descriptor = mkstemp(path);
	const char *files[] = {path, path};
	const struct input_source source = {
		.operand_count = 3, .files = files, .file_count = 2, .end = end,
	};
	struct total total;
	int i;

	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, text, length), (ssize_t)length);
	close(descriptor);
	total_open(&total, &source);
	for (i = 0; i < 100 && total.state == TOTAL_COUNTING; i++)
		total_count_on(&total);
	unlink(path);
	ck_assert_int_eq(total.state, TOTAL_KNOWN);
	total_close(&total);
	ck_assert_uint_eq((total.count - 3) % 2, 0);
	return (total.count - 3) / 2;
}

START_TEST(items_are_counted_as_they_are_read)
{
	static const char lines[] = "a\r\n \t\r\n#x\n # y\nb MX # z\n\n c";
	static const char nul[] = "a\0\0b\n\0#c\0d";
	static char big[300000];
	size_t i;

	ck_assert_uint_eq(count_file("", 0, '\n'), 0);
	ck_assert_uint_eq(count_file("\n\n", 2, '\n'), 0);
	ck_assert_uint_eq(count_file("a", 1, '\n'), 1);
	ck_assert_uint_eq(count_file(lines, sizeof(lines) - 1, '\n'), 3);
	ck_assert_uint_eq(count_file(nul, sizeof(nul) - 1, '\0'), 3);
	for (i = 0; i < sizeof(big); i++)
		big[i] = i % 100 == 99 ? '\n' : i % 200 < 100 ? '#' : 'x';
	ck_assert_uint_eq(count_file(big, sizeof(big), '\n'), sizeof(big) / 200);
}
END_TEST

START_TEST(not_every_file_can_be_counted)
{
	const char *files[] = {"/dev/null"};
	struct input_source source = {.files = files, .file_count = 1, .end = '\n'};
	struct total total;

	total_open(&total, &source);
	total_count_on(&total);
	ck_assert_int_eq(total.state, TOTAL_UNKNOWABLE);
	total_close(&total);
	files[0] = "/nonexistent/file";
	total_open(&total, &source);
	total_count_on(&total);
	ck_assert_int_eq(total.state, TOTAL_UNKNOWABLE);
	total_close(&total);
}
END_TEST

static void
set_up(void)
{
	buffer_init(&buffer, 1024);
}

static void
tear_down(void)
{
	buffer_free(&buffer);
}

void
progress_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_line_says_it_all);
	tcase_add_test(tests, without_speed_there_is_no_time);
	tcase_add_test(tests, the_speed_is_that_of_late);
	tcase_add_test(tests, what_is_skipped_is_no_speed);
	tcase_add_test(tests, the_object_says_the_same);
	tcase_add_test(tests, each_kind_has_its_time);
	tcase_add_test(tests, the_summary_adds_up);
	tcase_add_test(tests, a_summary_of_nothing);
	tcase_add_test(tests, numbers_are_grouped);
	tcase_add_test(tests, items_are_counted_as_they_are_read);
	tcase_add_test(tests, not_every_file_can_be_counted);
}
