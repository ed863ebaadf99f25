/* SPDX-License-Identifier: MIT */
/* The clock is the test's: the looks at the file are where it wants them. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "configuration.h"
#include "loop_thread.h"

#define LOOK FILE_WATCH_INTERVAL

static struct DnsResolverOptions *options;
static struct configuration configuration;
static struct channel_counts counts;
static struct loop *loop;
static int64_t now;
static size_t server_count; /* of the generation that was got last */
static char path[] = "test_configuration.XXXXXX";

static void
write_conf(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

static void
set_up(void)
{
	int file;

	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	file = mkstemp(path);
	ck_assert_int_ge(file, 0);
	close(file);
	options = DnsResolverOptionsCreate();
	ck_assert_ptr_nonnull(options);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, path),
			 DNS_STATUS_OK);
	ck_assert(configuration_init(&configuration, options, &counts, NULL));
	loop = loop_thread_start();
	now = 0;
}

static void
close_configuration(void *unused)
{
	(void)unused;
	configuration_close(&configuration);
}

static void
tear_down(void)
{
	loop_thread_run(loop, close_configuration, NULL);
	loop_thread_stop(loop);
	configuration_clear(&configuration);
	DnsResolverOptionsRelease(options);
	unlink(path);
}

static void
get(void *unused)
{
	struct generation *generation = configuration_get(&configuration, loop, now);

	(void)unused;
	expect(generation != NULL, "no memory");
	server_count = generation->servers.count;
	generation_release(generation);
}

/* The servers of a lookup so much later. */
static size_t
servers_after(int64_t interval)
{
	now += interval;
	loop_thread_run(loop, get, NULL);
	return server_count;
}

#define ONE "nameserver 192.0.2.1\n"
#define TWO ONE "nameserver 192.0.2.2\n"

START_TEST(at_most_one_look_an_interval)
{
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	write_conf(TWO);
	ck_assert_uint_eq(servers_after(LOOK - 1), 1);
	ck_assert_uint_eq(servers_after(1), 2);
}
END_TEST

static void
lose_servers(int way)
{
	if (way == 0)
		write_conf("");
	else if (way == 1)
		write_conf("search one.test\n");
	else
		ck_assert_int_eq(unlink(path), 0);
}

/* C08. */
START_TEST(servers_are_not_lost_for_a_moment)
{
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	ck_assert_uint_eq(servers_after(LOOK - 1), 1);
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	/* Another moment, not the second look at that one. */
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	write_conf(TWO);
	ck_assert_uint_eq(servers_after(LOOK), 2);
}
END_TEST

START_TEST(servers_are_lost_if_they_stay_away)
{
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	ck_assert_uint_eq(servers_after(LOOK), 0);
	ck_assert_uint_eq(servers_after(LOOK), 0);
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
}
END_TEST

START_TEST(without_any_from_the_beginning)
{
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(0), 0);
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
}
END_TEST

static void
get_search(void)
{
	struct search_policy policy;

	ck_assert(configuration_get_search(&configuration, now, &policy));
	ck_assert_uint_eq(policy.list->count, 1);
	ck_assert_str_eq(policy.list->suffixes[0], "one.test");
	search_list_release(policy.list);
}

START_TEST(servers_of_the_options_need_no_file)
{
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, "192.0.2.1,192.0.2.2"),
			 DNS_STATUS_OK);
	write_conf(ONE);
	ck_assert_uint_eq(servers_after(0), 2);
	write_conf("search one.test\n");
	ck_assert_uint_eq(servers_after(LOOK), 2);
	get_search();
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, at_most_one_look_an_interval);
	tcase_add_loop_test(tests, servers_are_not_lost_for_a_moment, 0, 3);
	tcase_add_loop_test(tests, servers_are_lost_if_they_stay_away, 0, 3);
	tcase_add_loop_test(tests, without_any_from_the_beginning, 0, 3);
	tcase_add_test(tests, servers_of_the_options_need_no_file);
}

int
main(void)
{
	return unit_main("configuration", add_tests);
}
