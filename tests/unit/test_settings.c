/* SPDX-License-Identifier: MIT */
/* configuration: what its generations are like, by the options, the file and the
 * environment. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "configured.h"
#include "rooms.h"

START_TEST(without_a_file_there_are_defaults)
{
	const struct generation_settings *made;

	setenv("LOCALDOMAIN", "", 1); /* else the domain of this host may count */
	made = configured_settings();
	ck_assert_uint_eq(made->channel.servers->count, 0);
	ck_assert_int_eq(made->channel.timeout, 2000);
	ck_assert_int_eq(made->channel.tries, 3);
	ck_assert(!made->channel.use_tcp && !made->channel.rotate && !made->channel.edns);
	ck_assert_ptr_eq(made->channel.counts, &conf.wire.counts);
	ck_assert_uint_eq(made->search->count, 0);
	ck_assert_int_eq(made->search->ndots, 1);
	ck_assert(made->search->may_ask_top_level);
	ck_assert(!made->asks_no_aaaa);
	ck_assert_ptr_eq(made->cache, conf.cache);
	ck_assert(made->may_be_stale);
}
END_TEST

START_TEST(what_the_file_says)
{
	const struct generation_settings *made;

	made = configured_settings_of("nameserver 192.0.2.1\nnameserver 192.0.2.2\n"
				      "search a.test b.test\n"
			   "options timeout:7 attempts:2 ndots:4 rotate use-vc edns0 no-aaaa "
			   "no-tld-query\n");
	ck_assert_uint_eq(made->channel.servers->count, 2);
	ck_assert_int_eq(made->channel.timeout, 7000);
	ck_assert_int_eq(made->channel.tries, 2);
	ck_assert(made->channel.use_tcp && made->channel.rotate && made->channel.edns);
	ck_assert_uint_eq(made->search->count, 2);
	ck_assert_str_eq(made->search->suffixes[1], "b.test");
	ck_assert_int_eq(made->search->ndots, 4);
	ck_assert(!made->search->may_ask_top_level);
	ck_assert(made->asks_no_aaaa);
}
END_TEST

/* Each of them alone, so that none stands for another. */
START_TEST(each_word_has_its_own_meaning)
{
	static const char *const words[] = { "use-vc", "rotate", "edns0", "no-aaaa",
					     "no-tld-query" };
	const struct generation_settings *made;
	char text[64];

	snprintf(text, sizeof text, "options %s\n", words[_i]);
	made = configured_settings_of(text);
	ck_assert_int_eq(made->channel.use_tcp, _i == 0);
	ck_assert_int_eq(made->channel.rotate, _i == 1);
	ck_assert_int_eq(made->channel.edns, _i == 2);
	ck_assert_int_eq(made->asks_no_aaaa, _i == 3);
	ck_assert_int_eq(!made->search->may_ask_top_level, _i == 4);
}
END_TEST

static const char full[] = "nameserver 192.0.2.1\nsearch file.test\n"
			   "options timeout:7 attempts:2 ndots:4 no-tld-query\n";

START_TEST(options_count_more)
{
	const struct generation_settings *made;

	ck_assert(server_list_parse(&conf.options.servers, "192.0.2.8,192.0.2.9:5300"));
	conf.options.timeout = 1;
	conf.options.tries = 5;
	conf.options.flags = DNS_RESOLVER_NO_STALE;
	made = configured_settings_of(full);
	ck_assert_uint_eq(made->channel.servers->count, 2);
	ck_assert_uint_eq(made->channel.servers->servers[1].port, 5300);
	ck_assert_int_eq(made->channel.timeout, 1);
	ck_assert_int_eq(made->channel.tries, 5);
	ck_assert(!made->may_be_stale);
	ck_assert_str_eq(made->search->suffixes[0], "file.test");
	ck_assert_int_eq(made->search->ndots, 4);
}
END_TEST

/* The suffixes of the one and the ndots of the other; no-tld-query is the file's. */
START_TEST(suffixes_and_ndots_are_apart)
{
	static const char *const suffixes[] = { "own.test", "other.test" };
	const struct generation_settings *made;

	if (_i == 0)
		conf.options.search = search_list_create(suffixes, 2, 9);
	else if (_i == 1)
		conf.options.search = search_list_create(suffixes, 0, 9);
	else
		conf.options.ndots = _i == 2 ? 0 : 15;
	made = configured_settings_of(full);
	ck_assert_uint_eq(made->search->count, _i == 0 ? 2 : _i == 1 ? 0 : 1);
	if (_i != 1)
		ck_assert_str_eq(made->search->suffixes[0],
				 _i == 0 ? "own.test" : "file.test");
	ck_assert_int_eq(made->search->ndots, _i < 2 ? 4 : conf.options.ndots);
	ck_assert(!made->search->may_ask_top_level);
}
END_TEST

/* Fault C15. */
START_TEST(the_environment_counts_more_than_the_file)
{
	const struct generation_settings *made;

	setenv("RES_OPTIONS", "timeout:3", 1);
	setenv("LOCALDOMAIN", "env.test", 1);
	made = configured_settings_of(full);
	ck_assert_int_eq(made->channel.timeout, 3000);
	ck_assert_int_eq(made->channel.tries, 2);
	ck_assert_str_eq(made->search->suffixes[0], "env.test");
}
END_TEST

void
settings_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, configured_open_without_servers,
				  configured_close);
	tcase_add_test(tests, without_a_file_there_are_defaults);
	tcase_add_test(tests, what_the_file_says);
	tcase_add_loop_test(tests, each_word_has_its_own_meaning, 0, 5);
	tcase_add_test(tests, options_count_more);
	tcase_add_loop_test(tests, suffixes_and_ndots_are_apart, 0, 4);
	tcase_add_test(tests, the_environment_counts_more_than_the_file);
}
