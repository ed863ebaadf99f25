/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hosts_file.h"
#include "rooms.h"

#define SECOND 1000
#define READERS 4

static char directory[] = "test_hosts_file.XXXXXX";
static char path[64], other[64], third[64];
static struct readers *readers;
static struct hosts_file *file;
static int64_t now;

static void
set_up(void)
{
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/hosts", directory);
	snprintf(other, sizeof other, "%s/other", directory);
	snprintf(third, sizeof third, "%s/third", directory);
	readers = readers_create();
	ck_assert_ptr_nonnull(readers);
	file = hosts_file_open(path, readers);
	ck_assert_ptr_nonnull(file);
	now = 0;
}

static void
tear_down(void)
{
	hosts_file_close(file);
	readers_destroy(readers);
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
	struct timespec times[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	FILE *stream = fopen(name, "w");

	ck_assert_ptr_nonnull(stream);
	ck_assert_int_ge(fputs(text, stream), 0);
	ck_assert_int_eq(fclose(stream), 0);
	times[1].tv_nsec = nanoseconds;
	ck_assert_int_eq(utimensat(AT_FDCWD, name, times, 0), 0);
}

/* The next look is due. */
static void
look(void)
{
	now += SECOND;
	hosts_file_refresh(file, now);
}

static void
find_ipv4(const struct hosts_table *table, const char *name, char digits[INET_ADDRSTRLEN])
{
	DnsHostEntry *entry = hosts_table_find_name(table, name, AF_INET);
	const struct sockaddr *address = DnsHostEntryGetAddress(entry, 0, NULL);

	snprintf(digits, INET_ADDRSTRLEN, "none");
	if (address != NULL)
		inet_ntop(AF_INET,
			  &((const struct sockaddr_in *)(const void *)address)->sin_addr,
			  digits, INET_ADDRSTRLEN);
	DnsHostEntryRelease(entry);
}

/* What the file says of the host "a". */
static void
expect_host(const char *expected)
{
	const struct hosts_table *table = hosts_file_get(file);
	char digits[INET_ADDRSTRLEN];

	ck_assert_ptr_nonnull(table);
	find_ipv4(table, "a", digits);
	ck_assert_str_eq(digits, expected);
}

START_TEST(nothing_is_read_before_the_first_look)
{
	write_file(path, "192.0.2.1 a\n", 1);
	ck_assert_ptr_null(hosts_file_get(file));
	hosts_file_refresh(file, 0);
	expect_host("192.0.2.1");
}
END_TEST

/* Whatever the clock began with. */
START_TEST(the_first_look_is_always_due)
{
	write_file(path, "192.0.2.1 a\n", 1);
	hosts_file_refresh(file, -INT64_C(1000000000000));
	expect_host("192.0.2.1");
}
END_TEST

/* Whoever cannot look must not take the table for longer than a look holds. */
START_TEST(fresh_for_a_second)
{
	ck_assert_ptr_null(hosts_file_get_fresh(file, now));
	hosts_file_refresh(file, now);
	ck_assert_ptr_nonnull(hosts_file_get_fresh(file, now + SECOND - 1));
	ck_assert_ptr_null(hosts_file_get_fresh(file, now + SECOND));
	hosts_file_refresh(file, now + SECOND);
	ck_assert_ptr_nonnull(hosts_file_get_fresh(file, now + SECOND));
}
END_TEST

START_TEST(one_look_a_second)
{
	write_file(path, "192.0.2.1 a\n", 1);
	hosts_file_refresh(file, 5000);
	write_file(path, "192.0.2.2 a\n", 2);
	hosts_file_refresh(file, 5000);
	expect_host("192.0.2.1");
	hosts_file_refresh(file, 5999);
	expect_host("192.0.2.1");
	hosts_file_refresh(file, 6000);
	expect_host("192.0.2.2");
	write_file(path, "192.0.2.3 a\n", 3);
	hosts_file_refresh(file, 6999);
	expect_host("192.0.2.2");
	hosts_file_refresh(file, 100000);
	expect_host("192.0.2.3");
	write_file(path, "192.0.2.4 a\n", 4);
	hosts_file_refresh(file, 100999);
	expect_host("192.0.2.3");
	hosts_file_refresh(file, 101000);
	expect_host("192.0.2.4");
}
END_TEST

/* Three looks: the file is known, and was seen the same twice. */
static void
settle(void)
{
	look();
	look();
	look();
}

START_TEST(each_part_of_the_identity_counts)
{
	write_file(path, "192.0.2.1 a\n", 1);
	settle();
	expect_host("192.0.2.1");
	write_file(path, "192.0.2.2 a\n", 2); /* the nanoseconds */
	look();
	expect_host("192.0.2.2");
	settle();
	write_file(path, "192.0.2.33 a\n", 2); /* the size */
	look();
	expect_host("192.0.2.33");
	settle();
	write_file(other, "192.0.2.44 a\n", 2); /* the inode */
	ck_assert_int_eq(rename(other, path), 0);
	look();
	expect_host("192.0.2.44");
}
END_TEST

START_TEST(what_looks_the_same_is_not_read_again)
{
	write_file(path, "192.0.2.1 a\n", 1);
	settle();
	write_file(path, "192.0.2.2 a\n", 1);
	settle();
	expect_host("192.0.2.1");
}
END_TEST

/* A file system's clock ticks slowly: the second change looks like the first. */
START_TEST(two_changes_within_a_tick)
{
	write_file(path, "192.0.2.1 a\n", 1);
	look();
	expect_host("192.0.2.1");
	write_file(path, "192.0.2.2 a\n", 1);
	look();
	expect_host("192.0.2.2");
	settle();
	write_file(path, "192.0.2.3 a\n", 2);
	look();
	write_file(path, "192.0.2.4 a\n", 2);
	look();
	expect_host("192.0.2.4");
}
END_TEST

START_TEST(the_same_text_keeps_its_table)
{
	const struct hosts_table *before;

	write_file(path, "192.0.2.1 a\n", 1);
	look();
	before = hosts_file_get(file);
	settle();
	write_file(path, "192.0.2.1 a\n", 2);
	settle();
	ck_assert_ptr_eq(before, hosts_file_get(file));
}
END_TEST

START_TEST(a_symbolic_link)
{
	write_file(other, "192.0.2.1 a\n", 1);
	ck_assert_int_eq(symlink("other", path), 0);
	settle();
	expect_host("192.0.2.1");
	write_file(other, "192.0.2.2 a\n", 2);
	look();
	expect_host("192.0.2.2");
	settle();
	/* Flipped to another file. */
	write_file(third, "192.0.2.3 a\n", 2);
	unlink(path);
	ck_assert_int_eq(symlink("third", path), 0);
	look();
	expect_host("192.0.2.3");
	settle();
	unlink(third);
	look();
	expect_host("none");
}
END_TEST

START_TEST(a_missing_file_has_nothing)
{
	look();
	expect_host("none");
	settle();
	expect_host("none");
	write_file(path, "192.0.2.1 a\n", 1);
	look();
	expect_host("192.0.2.1");
	settle();
	unlink(path);
	look();
	expect_host("none");
	settle();
	write_file(path, "192.0.2.1 a\n", 1);
	look();
	expect_host("192.0.2.1");
}
END_TEST

static void
expect_nothing_in(const char *name)
{
	hosts_file_close(file);
	file = hosts_file_open(name, readers);
	ck_assert_ptr_nonnull(file);
	settle();
	expect_host("none");
}

START_TEST(what_is_no_file_has_nothing)
{
	expect_nothing_in(directory);
	expect_nothing_in("/dev/zero");
	expect_nothing_in("");
	/* Nobody will ever write to it. */
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	expect_nothing_in(path);
	unlink(path);
	ck_assert_int_eq(symlink("hosts", path), 0);
	expect_nothing_in(path);
	unlink(path);
	write_file(path, "192.0.2.1 a\n", 1);
	look();
	expect_host("192.0.2.1");
}
END_TEST

/* A change of the mode changes nothing of the identity. */
START_TEST(a_file_that_becomes_readable)
{
	if (geteuid() == 0)
		return;
	write_file(path, "192.0.2.1 a\n", 1);
	chmod(path, 0);
	settle();
	expect_host("none");
	chmod(path, 0600);
	look();
	expect_host("192.0.2.1");
}
END_TEST

START_TEST(without_descriptors_the_table_stays)
{
	struct rlimit before, none;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	write_file(path, "192.0.2.1 a\n", 1);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	look();
	ck_assert_ptr_null(hosts_file_get(file));
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	look();
	expect_host("192.0.2.1");
	write_file(path, "192.0.2.2 a\n", 2);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	settle();
	expect_host("192.0.2.1");
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	look();
	expect_host("192.0.2.2");
}
END_TEST

START_TEST(of_a_huge_file_the_beginning)
{
	write_file(path, "192.0.2.1 a\n", 1);
	ck_assert_int_eq(truncate(path, 20 << 20), 0);
	look();
	expect_host("192.0.2.1");
}
END_TEST

/* Fault C13. */
START_TEST(a_table_outlives_its_change_while_it_is_read)
{
	const struct hosts_table *table;
	char digits[INET_ADDRSTRLEN];
	atomic_uint *place;

	write_file(path, "192.0.2.1 a\n", 1);
	look();
	place = readers_enter(readers);
	table = hosts_file_get(file);
	write_file(path, "192.0.2.2 a\n", 2);
	look();
	look();
	ck_assert_ptr_ne(table, hosts_file_get(file));
	find_ipv4(table, "a", digits);
	ck_assert_str_eq(digits, "192.0.2.1");
	readers_leave(place);
	look();
}
END_TEST

static struct tally ready = TALLY_INITIALIZER;
static atomic_bool is_done;
static atomic_uint tables_seen;

/* In one table, both names always have the same address. */
static void
read_tables(void)
{
	char a[INET_ADDRSTRLEN], b[INET_ADDRSTRLEN], last[INET_ADDRSTRLEN] = "";
	const struct hosts_table *table;
	atomic_uint *place;

	tally_add(&ready);
	while (!atomic_load(&is_done)) {
		place = readers_enter(readers);
		table = hosts_file_get(file);
		find_ipv4(table, "a", a);
		find_ipv4(table, "b", b);
		readers_leave(place);
		expect(strcmp(a, b) == 0, "both names of one table have one address");
		expect(strcmp(a, "none") != 0, "no table is without it");
		if (strcmp(a, last) != 0)
			atomic_fetch_add(&tables_seen, 1);
		memcpy(last, a, sizeof last);
	}
}

static void
change_tables(void)
{
	unsigned int i, seen;
	char text[64];

	tally_await(&ready, READERS);
	for (i = 0; i < 300; i++) {
		snprintf(text, sizeof text, "192.0.2.%u a\n192.0.2.%u b\n", i % 250,
			 i % 250);
		seen = atomic_load(&tables_seen);
		write_file(other, text, i);
		ck_assert_int_eq(rename(other, path), 0);
		look();
		/* So that they have been there in between. */
		while (i % 10 == 0 && atomic_load(&tables_seen) == seen)
			sched_yield();
	}
	atomic_store(&is_done, true);
}

static void
take_part(unsigned int number)
{
	if (number < READERS)
		read_tables();
	else
		change_tables();
}

/* Fault C13. */
START_TEST(readers_while_the_table_changes)
{
	write_file(path, "192.0.2.255 a\n192.0.2.255 b\n", 0);
	look();
	unit_run_threads(READERS + 1, take_part);
	expect_host("192.0.2.49");
}
END_TEST

/* Fault C11. */
START_TEST(many_lines)
{
	FILE *stream = fopen(path, "w");
	unsigned int i;

	ck_assert_ptr_nonnull(stream);
	for (i = 0; i < 100000; i++)
		fprintf(stream, "0.0.0.0 ads%u.test\n", i);
	fputs("192.0.2.1 a", stream);
	ck_assert_int_eq(fclose(stream), 0);
	look();
	expect_host("192.0.2.1");
}
END_TEST

void
hosts_file_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, nothing_is_read_before_the_first_look);
	tcase_add_test(tests, the_first_look_is_always_due);
	tcase_add_test(tests, fresh_for_a_second);
	tcase_add_test(tests, one_look_a_second);
	tcase_add_test(tests, each_part_of_the_identity_counts);
	tcase_add_test(tests, what_looks_the_same_is_not_read_again);
	tcase_add_test(tests, two_changes_within_a_tick);
	tcase_add_test(tests, the_same_text_keeps_its_table);
	tcase_add_test(tests, a_symbolic_link);
	tcase_add_test(tests, a_missing_file_has_nothing);
	tcase_add_test(tests, what_is_no_file_has_nothing);
	tcase_add_test(tests, a_file_that_becomes_readable);
	tcase_add_test(tests, without_descriptors_the_table_stays);
	tcase_add_test(tests, of_a_huge_file_the_beginning);
	tcase_add_test(tests, a_table_outlives_its_change_while_it_is_read);
	tcase_add_test(tests, readers_while_the_table_changes);
	tcase_add_test(tests, many_lines);
}
