/* SPDX-License-Identifier: MIT */
/* Which configuration is in force, and how long an earlier one lasts: configuration,
 * generation. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "clock.h"
#include "configured.h"
#include "inquiry.h"
#include "replies.h"
#include "rooms.h"

#define WAITING 3

static int variant;

static void
set_up(void)
{
	configured_open();
	dns_server_add_address(conf.wire.server, "*.test", "192.0.2.1", 300);
}

static size_t
count_generations(void)
{
	const struct list *link = &conf.configuration.generations;
	size_t count = 0;

	while ((link = link->next) != &conf.configuration.generations)
		count++;
	return count;
}

/* ---- When it changes ---- */

START_TEST(only_a_change_makes_a_new_one)
{
	struct generation *first = configured_get();

	ck_assert_ptr_eq(configured_get(), first);
	configured_release(first);
	configured_release(first);
	configured_write("options ndots:2\n");
	conf.now += FILE_WATCH_INTERVAL - 1;
	ck_assert_int_eq(configured_settings()->search->ndots, 1);
	conf.now++;
	ck_assert_int_eq(configured_settings()->search->ndots, 2);
	first = configured_get();
	configured_release(first);
	configured_write("options ndots:2\n"); /* another file, the same text */
	conf.now += FILE_WATCH_INTERVAL;
	ck_assert_ptr_eq(configured_get(), first);
	configured_release(first);
	configured_remove();
	conf.now += FILE_WATCH_INTERVAL;
	ck_assert_int_eq(configured_settings()->search->ndots, 1);
	ck_assert_uint_eq(count_generations(), 1);
}
END_TEST

/* It lasts as long as somebody needs it, but no longer than all. */
START_TEST(an_earlier_one_lasts_until_it_is_released)
{
	struct generation *first = configured_get(), *second;

	ck_assert_ptr_eq(configured_get(), first);
	configured_settings_of("options ndots:2\n");
	second = configured_get();
	ck_assert_ptr_ne(second, first);
	ck_assert_uint_eq(count_generations(), 2);
	configured_release(first);
	ck_assert_uint_eq(count_generations(), 2);
	ck_assert_int_eq(first->settings.search->ndots, 1);
	configured_release(first);
	ck_assert_uint_eq(count_generations(), 1);
	configured_release(second);
	ck_assert_uint_eq(count_generations(), 1);
}
END_TEST

static void
release_and_close(void *generation)
{
	/* It would be destroyed later in this turn. */
	configured_release_on_loop(generation);
	configured_close_configuration(NULL);
}

/* ASan and valgrind see what is not given back, or twice. */
START_TEST(closed_it_takes_all_along)
{
	struct generation *first = configured_get();

	configured_settings_of("options ndots:2\n");
	configured_get();
	if (_i == 1)
		wire_run(&conf.wire, release_and_close, first);
	else
		wire_run(&conf.wire, configured_close_configuration, NULL);
	configured_settle();
	ck_assert_ptr_null(conf.configuration.current);
}
END_TEST

static bool
is_known(const char *name)
{
	struct answer *answer;
	uint32_t age;

	answer = answer_cache_find(conf.cache, name, WIRE_A, clock_now(), &age);
	answer_release(answer);
	return answer != NULL;
}

START_TEST(a_change_empties_the_cache)
{
	struct answer *answer = replies_address("a.test", "192.0.2.1", 300, clock_now());

	answer_cache_store(conf.cache, "a.test", WIRE_A, answer, clock_now());
	answer_release(answer);
	configured_settings(); /* the first is no change */
	ck_assert(is_known("a.test"));
	configured_settings_of("");
	ck_assert(is_known("a.test"));
	configured_settings_of("options ndots:2\n");
	ck_assert(!is_known("a.test"));
}
END_TEST

START_TEST(without_a_cache)
{
	configuration_clear(&conf.configuration);
	memset(&conf.configuration, 0, sizeof conf.configuration);
	ck_assert(configuration_init(&conf.configuration, &conf.options,
				     &conf.wire.counts, NULL, conf.readers));
	ck_assert_ptr_null(configured_settings()->cache);
	ck_assert_ptr_null(configured_settings_of("options ndots:2\n")->cache);
}
END_TEST

/* ---- How a name is looked for, on any thread ---- */

static const struct search_policy *
get_policy(int64_t later)
{
	return configuration_get_search(&conf.configuration, conf.now + later);
}

START_TEST(the_search_is_known_after_a_look)
{
	const struct search_policy *policy;
	atomic_uint *place;

	ck_assert_ptr_null(get_policy(0));
	configured_settings_of("search a.test\noptions no-aaaa\n");
	place = readers_enter(conf.readers);
	policy = get_policy(0);
	ck_assert_ptr_nonnull(policy);
	ck_assert_str_eq(policy->list->suffixes[0], "a.test");
	ck_assert(policy->asks_no_aaaa);
	ck_assert_ptr_eq(get_policy(FILE_WATCH_INTERVAL - 1), policy);
	ck_assert_ptr_null(get_policy(FILE_WATCH_INTERVAL));
	configured_settings_of("search b.test\n");
	/* That is the last reference to it. */
	ck_assert_uint_eq(atomic_load(&policy->list->references), 1);
	readers_leave(place);
	policy = get_policy(0);
	ck_assert_ptr_nonnull(policy);
	ck_assert_str_eq(policy->list->suffixes[0], "b.test");
	ck_assert(!policy->asks_no_aaaa);
}
END_TEST

/* ---- Asking in a generation ---- */

static struct tally answered = TALLY_INITIALIZER;

/* One who asks in a generation, and releases it when the answer comes. */
struct asker {
	struct generation *generation;
	bool tcp_only;
	struct inquiry inquiry;
	DnsStatus status;
	struct inquiry_desk *desk;
};

static struct asker askers[WAITING];

static void
on_answer(struct inquiry *inquiry, struct answer *answer)
{
	struct asker *asker = container_of(inquiry, struct asker, inquiry);

	asker->status = answer->status;
	answer_release(answer);
	generation_release(asker->generation); /* while its channel is on the stack */
	tally_add(&answered);
}

static void
ask(void *data)
{
	struct asker *asker = data;

	asker->generation = configuration_get(&conf.configuration, conf.wire.loop,
					      conf.now);
	asker->desk = generation_need_desk(asker->generation, asker->tcp_only);
	ck_assert_ptr_nonnull(asker->desk);
	asker->inquiry.type = WIRE_A;
	asker->inquiry.on_answer = on_answer;
	inquiry_ask(asker->desk, &asker->inquiry);
}

static void
use_server(const char *more)
{
	char text[256];

	snprintf(text, sizeof text, "nameserver %s\n%s",
		 dns_server_address(conf.wire.server), more);
	configured_settings_of(text);
}

/* Who is under way goes on with the former servers; what they say is not kept. */
START_TEST(what_is_under_way_stays)
{
	const char *name = "a.test";

	use_server("options timeout:30\n");
	dns_server_hold(conf.wire.server, name);
	askers[0].inquiry.name = name;
	wire_run(&conf.wire, ask, &askers[0]);
	ck_assert(dns_server_wait_for_questions(conf.wire.server, name, 0, 1));
	configured_settings_of("nameserver 127.0.0.1:1\n");
	ck_assert_uint_eq(count_generations(), 2);
	dns_server_release(conf.wire.server, name);
	tally_await(&answered, 1);
	configured_settle();
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert(!is_known(name));
	ck_assert_uint_eq(count_generations(), 1);
	use_server("options timeout:29\n");
	askers[1].inquiry.name = name;
	wire_run(&conf.wire, ask, &askers[1]);
	tally_await(&answered, 2);
	ck_assert(is_known(name));
}
END_TEST

static void
ask_in_retired(void *data)
{
	struct asker *asker = data;
	struct generation_settings made = { .cache = conf.cache, .may_be_stale = true };
	struct server_list servers;

	made.channel = conf.wire.options;
	servers = conf.wire.servers;
	made.channel.servers = &servers;
	asker->generation = generation_create(conf.wire.loop, &made);
	if (variant != 0)
		generation_need_desk(asker->generation, variant == 2);
	generation_retire(asker->generation);
	servers.count = 0; /* it has its own by now */
	asker->desk = generation_need_desk(asker->generation, variant == 2);
	asker->inquiry.name = "a.test";
	asker->inquiry.type = WIRE_A;
	asker->inquiry.on_answer = on_answer;
	inquiry_ask(asker->desk, &asker->inquiry);
}

/* Neither by a desk that it had nor by one that is opened later. */
START_TEST(retired_it_keeps_no_answers)
{
	variant = _i;
	wire_run(&conf.wire, ask_in_retired, &askers[0]);
	tally_await(&answered, 1);
	configured_settle();
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert(!is_known("a.test"));
}
END_TEST

START_TEST(over_tcp_there_is_another_desk)
{
	static const char *const names[WAITING] = { "a.test", "b.test", "c.test" };
	int i;

	use_server(_i == 0 ? "" : "options use-vc\n");
	for (i = 0; i < WAITING; i++) {
		askers[i].inquiry.name = names[i];
		askers[i].tcp_only = i > 0;
		wire_run(&conf.wire, ask, &askers[i]);
		tally_await(&answered, (unsigned int)i + 1);
		ck_assert_int_eq(askers[i].status, DNS_STATUS_OK);
		ck_assert(is_known(names[i]));
		ck_assert_uint_eq(dns_server_count_tcp_questions(conf.wire.server, names[i]),
				  i > 0 || _i == 1);
	}
	ck_assert_ptr_eq(askers[1].desk, askers[2].desk);
	ck_assert_int_eq(askers[0].desk == askers[1].desk, _i == 1);
	memset(askers, 0, sizeof askers); /* so that a lost desk is seen to be lost */
}
END_TEST

static unsigned int references[3];

static void
count_references(void *data)
{
	struct search_list *list = data;
	struct generation_settings made = { .search = list };
	struct generation *generation;

	made.channel = conf.wire.options;
	generation = generation_create(conf.wire.loop, &made);
	ck_assert_ptr_nonnull(generation);
	ck_assert(list_is_empty(&generation->link));
	references[0] = atomic_load(&list->references);
	ck_assert_ptr_eq(generation_retain(generation), generation);
	generation_release(generation);
	references[1] = generation->references;
	generation_destroy(generation);
	references[2] = atomic_load(&list->references);
}

START_TEST(the_search_list_has_one_reference_more)
{
	static const char *const suffixes[] = { "a.test" };
	struct search_list *list = search_list_create(suffixes, 1, 1);

	wire_run(&conf.wire, count_references, list);
	ck_assert_uint_eq(references[0], 2);
	ck_assert_uint_eq(references[1], 1);
	ck_assert_uint_eq(references[2], 1);
	search_list_release(list);
}
END_TEST

void
generation_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, configured_close);
	tcase_add_test(tests, only_a_change_makes_a_new_one);
	tcase_add_test(tests, an_earlier_one_lasts_until_it_is_released);
	tcase_add_loop_test(tests, closed_it_takes_all_along, 0, 2);
	tcase_add_test(tests, a_change_empties_the_cache);
	tcase_add_test(tests, without_a_cache);
	tcase_add_test(tests, the_search_is_known_after_a_look);
	tcase_add_test(tests, what_is_under_way_stays);
	tcase_add_loop_test(tests, retired_it_keeps_no_answers, 0, 3);
	tcase_add_loop_test(tests, over_tcp_there_is_another_desk, 0, 2);
	tcase_add_test(tests, the_search_list_has_one_reference_more);
}
