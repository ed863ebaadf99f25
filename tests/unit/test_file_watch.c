/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#endif

#include "file_watch.h"
#include "rooms.h"

#define SECOND	1000
#define MAXIMUM 64

static char directory[] = "test_file_watch.XXXXXX";
static char path[64], other[64], third[64];
static struct file_watch watch;
static int64_t now;

/* What was taken last, and how often. */
static char taken[MAXIMUM + 1];
static unsigned int takes;
static bool is_refused; /* from now on */

static bool
take(void *context, const char *text, size_t length)
{
	ck_assert_ptr_eq(context, &watch);
	ck_assert_uint_le(length, MAXIMUM);
	ck_assert(file_watch_is_due(&watch, now));
	memcpy(taken, text, length);
	taken[length] = '\0';
	takes++;
	return !is_refused;
}

static void
set_up(void)
{
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/watched", directory);
	snprintf(other, sizeof other, "%s/other", directory);
	snprintf(third, sizeof third, "%s/third", directory);
	ck_assert(file_watch_init(&watch, path, MAXIMUM));
	snprintf(taken, sizeof taken, "nothing");
}

static void
tear_down(void)
{
	file_watch_clear(&watch);
	unlink(path);
	unlink(other);
	unlink(third);
	rmdir(directory);
}

/* Writes over what is there: the file remains the same one. With a time of its own, since
 * the system's clock may stand still between two of them. */
static void
write_file(const char *name, const char *text, long nanoseconds)
{
	struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
	FILE *stream = fopen(name, "w");

	ck_assert_ptr_nonnull(stream);
	ck_assert_int_ge(fputs(text, stream), 0);
	ck_assert_int_eq(fclose(stream), 0);
	times[1].tv_nsec = nanoseconds;
	ck_assert_int_eq(utimensat(AT_FDCWD, name, times, 0), 0);
}

static void
look_at(int64_t time)
{
	now = time;
	file_watch_look(&watch, now, take, &watch);
}

/* The next look is due. */
static void
look(void)
{
	look_at(now + SECOND);
}

/* Three looks: the file is known, and was seen the same twice. */
static void
settle(void)
{
	look();
	look();
	look();
}

/* The next look takes that, and those after it nothing. */
static void
expect_new(const char *text)
{
	unsigned int before = takes;

	look();
	ck_assert_str_eq(taken, text);
	ck_assert_uint_eq(takes, before + 1);
	settle();
	ck_assert_uint_eq(takes, before + 1);
}

static void
expect_nothing_new(void)
{
	unsigned int before = takes;

	settle();
	ck_assert_uint_eq(takes, before);
}

START_TEST(one_look_a_second)
{
	write_file(path, "1", 1);
	ck_assert_str_eq(taken, "nothing");
	look_at(-INT64_C(1000000000000)); /* whatever the clock begins with */
	ck_assert_str_eq(taken, "1");
	look_at(5000);
	write_file(path, "2", 2);
	look_at(5000);
	look_at(5999);
	ck_assert_str_eq(taken, "1");
	look_at(6000);
	ck_assert_str_eq(taken, "2");
	write_file(path, "3", 3);
	look_at(6999);
	ck_assert_str_eq(taken, "2");
	look_at(100000);
	ck_assert_str_eq(taken, "3");
	write_file(path, "4", 4);
	look_at(100999);
	ck_assert_str_eq(taken, "3");
	look_at(101000);
	ck_assert_str_eq(taken, "4");
}
END_TEST

START_TEST(due_until_the_look_is_over)
{
	ck_assert(file_watch_is_due(&watch, INT64_MIN));
	look_at(7000); /* take looks too */
	ck_assert(!file_watch_is_due(&watch, 7000));
	ck_assert(!file_watch_is_due(&watch, 7999));
	ck_assert(file_watch_is_due(&watch, 8000));
}
END_TEST

/* Fault C08. */
START_TEST(each_part_of_the_identity_counts)
{
	write_file(path, "1", 1);
	expect_new("1");
	write_file(path, "2", 2); /* the nanoseconds */
	expect_new("2");
	write_file(path, "33", 2); /* the size */
	expect_new("33");
	write_file(other, "44", 2); /* the inode, renamed over it */
	ck_assert_int_eq(rename(other, path), 0);
	expect_new("44");
}
END_TEST

START_TEST(what_looks_the_same_is_not_read_again)
{
	write_file(path, "1", 1);
	expect_new("1");
	write_file(path, "2", 1);
	expect_nothing_new();
}
END_TEST

/* A file system's clock ticks slowly: the second change looks like the first. */
START_TEST(two_changes_within_a_tick)
{
	write_file(path, "1", 1);
	look();
	ck_assert_str_eq(taken, "1");
	write_file(path, "2", 1);
	expect_new("2");
	write_file(path, "3", 2);
	look();
	write_file(path, "4", 2);
	expect_new("4");
}
END_TEST

START_TEST(the_same_text_is_not_new)
{
	write_file(path, "1", 1);
	expect_new("1");
	write_file(path, "1", 2);
	expect_nothing_new();
	write_file(other, "1", 3);
	ck_assert_int_eq(rename(other, path), 0);
	expect_nothing_new();
}
END_TEST

/* Fault C08. */
START_TEST(a_symbolic_link)
{
	write_file(other, "1", 1);
	ck_assert_int_eq(symlink("other", path), 0);
	expect_new("1");
	write_file(other, "2", 2);
	expect_new("2");
	/* Flipped to another file. */
	write_file(third, "3", 2);
	unlink(path);
	ck_assert_int_eq(symlink("third", path), 0);
	expect_new("3");
	unlink(third);
	expect_new("");
	unlink(path);
	ck_assert_int_eq(symlink("watched", path), 0); /* to itself */
	expect_nothing_new();
	unlink(path);
	ck_assert_int_eq(symlink("other", path), 0);
	expect_new("2");
}
END_TEST

START_TEST(a_file_that_goes_and_comes_back)
{
	expect_new("");
	write_file(path, "1", 1);
	expect_new("1");
	unlink(path);
	expect_new("");
	write_file(path, "1", 1);
	expect_new("1");
	write_file(path, "", 2);
	expect_new("");
}
END_TEST

#ifdef __linux__
/* In a mount namespace of its own, where the system lets the test have one. */
START_TEST(a_file_mounted_over_it)
{
	write_file(path, "1", 1);
	expect_new("1");
	write_file(other, "2", 1);
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount(other, path, NULL, MS_BIND, NULL) < 0)
		return;
	expect_new("2");
	write_file(other, "3", 2); /* in place, from outside */
	expect_new("3");
	ck_assert_int_eq(umount(path), 0);
	expect_new("1");
}
END_TEST
#endif

static void
expect_nothing_in(const char *name)
{
	file_watch_clear(&watch);
	ck_assert(file_watch_init(&watch, name, MAXIMUM));
	snprintf(taken, sizeof taken, "nothing");
	expect_new("");
}

/* Fault C02. */
START_TEST(what_is_no_file_is_empty)
{
	expect_nothing_in(directory);
	expect_nothing_in("/dev/zero");
	expect_nothing_in("");
	/* Nobody will ever write to it. */
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	expect_nothing_in(path);
	unlink(path);
	write_file(path, "1", 1);
	expect_new("1");
}
END_TEST

/* Fault C03. */
START_TEST(never_more_than_the_maximum)
{
	char text[2 * MAXIMUM + 1];

	memset(text, 'x', sizeof text);
	text[2 * MAXIMUM] = '\0';
	text[MAXIMUM - 1] = text[MAXIMUM] = '\n';
	write_file(path, text, 1);
	look();
	ck_assert_uint_eq(strlen(taken), MAXIMUM);
}
END_TEST

START_TEST(what_is_refused_is_offered_again)
{
	write_file(path, "1", 1);
	is_refused = true;
	look();
	look();
	look();
	ck_assert_uint_eq(takes, 3);
	is_refused = false;
	expect_new("1");
	write_file(path, "2", 2);
	is_refused = true;
	look();
	ck_assert_str_eq(taken, "2");
	/* And what had been taken is not, if it is back by then. */
	write_file(path, "1", 3);
	is_refused = false;
	expect_nothing_new();
	is_refused = true;
	unlink(path);
	look();
	is_refused = false;
	expect_new("");
}
END_TEST

START_TEST(without_descriptors_nothing_is_taken)
{
	struct rlimit before, none;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	write_file(path, "1", 1);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	expect_nothing_new();
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	expect_new("1");
	write_file(path, "2", 2);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	expect_nothing_new();
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	expect_new("2");
}
END_TEST

/* A writer that never rests costs a look a second, and no more. Fault C09. */
START_TEST(a_thousand_changes_a_second)
{
	int descriptor = open(path, O_WRONLY | O_CREAT, 0600), i;
	struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
	char text[16];

	for (i = 0; i < 10 * SECOND; i++) {
		snprintf(text, sizeof text, "%05d", i);
		ck_assert_int_eq(pwrite(descriptor, text, 5, 0), 5);
		times[1].tv_nsec = i;
		futimens(descriptor, times);
		look_at(i);
	}
	close(descriptor);
	ck_assert_uint_eq(takes, 10);
	ck_assert_str_eq(taken, "09000");
	expect_new("09999");
}
END_TEST

static struct tally started = TALLY_INITIALIZER;
static atomic_bool is_over;

static void
look_or_ask(unsigned int number)
{
	unsigned int i;

	tally_add(&started);
	if (number == 0) {
		tally_await(&started, 3);
		for (i = 0; i < 1000; i++)
			look();
		atomic_store(&is_over, true);
		return;
	}
	while (!atomic_load(&is_over))
		file_watch_is_due(&watch, 5000);
}

/* TSan sees what is not allowed. */
START_TEST(others_may_ask_whether_it_is_time)
{
	write_file(path, "1", 1);
	unit_run_threads(3, look_or_ask);
	ck_assert_uint_eq(takes, 1);
}
END_TEST

void
file_watch_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, one_look_a_second);
	tcase_add_test(tests, due_until_the_look_is_over);
	tcase_add_test(tests, each_part_of_the_identity_counts);
	tcase_add_test(tests, what_looks_the_same_is_not_read_again);
	tcase_add_test(tests, two_changes_within_a_tick);
	tcase_add_test(tests, the_same_text_is_not_new);
	tcase_add_test(tests, a_symbolic_link);
	tcase_add_test(tests, a_file_that_goes_and_comes_back);
#ifdef __linux__
	tcase_add_test(tests, a_file_mounted_over_it);
#endif
	tcase_add_test(tests, what_is_no_file_is_empty);
	tcase_add_test(tests, never_more_than_the_maximum);
	tcase_add_test(tests, what_is_refused_is_offered_again);
	tcase_add_test(tests, without_descriptors_nothing_is_taken);
	tcase_add_test(tests, a_thousand_changes_a_second);
	tcase_add_test(tests, others_may_ask_whether_it_is_time);
}
