/* SPDX-License-Identifier: MIT */
/* configuration: when it looks at its file, and what it believes. */
#include "unit.h"

#include "configured.h"
#include "rooms.h"

#define LOOK FILE_WATCH_INTERVAL

/* The servers of a lookup so much later. */
static size_t
servers_after(int64_t interval)
{
	struct generation *generation;
	size_t count;

	conf.now += interval;
	generation = configured_get();
	count = generation->servers.count;
	configured_release(generation);
	return count;
}

#define ONE "nameserver 192.0.2.1\n"
#define TWO ONE "nameserver 192.0.2.2\n"

/* Fault C09. */
START_TEST(at_most_one_look_an_interval)
{
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	configured_write(TWO);
	ck_assert_uint_eq(servers_after(LOOK - 1), 1);
	ck_assert_uint_eq(servers_after(1), 2);
}
END_TEST

static void
lose_servers(int way)
{
	if (way == 0)
		configured_write("");
	else if (way == 1)
		configured_write("search one.test\n");
	else
		configured_remove();
}

/* Fault C08. */
START_TEST(servers_are_not_lost_for_a_moment)
{
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	ck_assert_uint_eq(servers_after(LOOK - 1), 1);
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	/* Another moment, not the second look at that one. */
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	configured_write(TWO);
	ck_assert_uint_eq(servers_after(LOOK), 2);
}
END_TEST

START_TEST(servers_are_lost_if_they_stay_away)
{
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(0), 1);
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(LOOK), 1);
	ck_assert_uint_eq(servers_after(LOOK), 0);
	ck_assert_uint_eq(servers_after(LOOK), 0);
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
}
END_TEST

/* Fault C01. */
START_TEST(without_any_from_the_beginning)
{
	lose_servers(_i);
	ck_assert_uint_eq(servers_after(0), 0);
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(LOOK), 1);
}
END_TEST

static void
get_search(void)
{
	const struct search_policy *policy =
		configuration_get_search(&conf.configuration, conf.now);

	ck_assert_ptr_nonnull(policy);
	ck_assert_uint_eq(policy->list->count, 1);
	ck_assert_str_eq(policy->list->suffixes[0], "one.test");
}

START_TEST(servers_of_the_options_need_no_file)
{
	ck_assert(server_list_parse(&conf.options.servers, "192.0.2.1,192.0.2.2"));
	configured_write(ONE);
	ck_assert_uint_eq(servers_after(0), 2);
	configured_write("search one.test\n");
	ck_assert_uint_eq(servers_after(LOOK), 2);
	get_search();
}
END_TEST

void
configuration_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, configured_open_without_servers,
				  configured_close);
	tcase_add_test(tests, at_most_one_look_an_interval);
	tcase_add_loop_test(tests, servers_are_not_lost_for_a_moment, 0, 3);
	tcase_add_loop_test(tests, servers_are_lost_if_they_stay_away, 0, 3);
	tcase_add_loop_test(tests, without_any_from_the_beginning, 0, 3);
	tcase_add_test(tests, servers_of_the_options_need_no_file);
}
