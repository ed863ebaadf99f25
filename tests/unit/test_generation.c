/* SPDX-License-Identifier: MIT */
/* Which configuration is in force, and how long an earlier one lasts: configuration,
 * generation. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "answer_cache.h"
#include "clock.h"
#include "configuration.h"
#include "inquiry.h"
#include "replies.h"
#include "wire.h"

#define WAITING 3

static struct wire wire;
static struct answer_cache *cache;
static struct DnsResolverOptions options;
static struct configuration configuration;
static char path[64];
static int64_t now;
static int variant;

static struct generation *got;

static void
write_conf(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static void
init_configuration(void)
{
	ck_assert(configuration_init(&configuration, &options, &wire.counts, cache));
}

static void
set_up(void)
{
	unsetenv("LOCALDOMAIN");
	unsetenv("RES_OPTIONS");
	snprintf(path, sizeof path, "/tmp/test_generation.%d", (int)getpid());
	unlink(path);
	now = clock_now();
	cache = answer_cache_create(100);
	ck_assert_ptr_nonnull(cache);
	wire_open(&wire);
	dns_server_add_address(wire.server, "*.test", "192.0.2.1", 300);
	ck_assert(resolver_options_copy(&options, NULL));
	options.resolv_conf_path = strdup(path);
	init_configuration();
}

static void
close_configuration(void *unused)
{
	(void)unused;
	configuration_close(&configuration);
	ck_assert(list_is_empty(&configuration.generations));
}

static void
tear_down(void)
{
	wire_run(&wire, close_configuration, NULL);
	configuration_clear(&configuration);
	resolver_options_clear(&options);
	wire_close(&wire);
	answer_cache_free(cache);
	unlink(path);
}

static void
get_on_loop(void *unused)
{
	(void)unused;
	got = configuration_get(&configuration, wire.loop, now);
}

/* With a reference. */
static struct generation *
get(void)
{
	wire_run(&wire, get_on_loop, NULL);
	ck_assert_ptr_nonnull(got);
	return got;
}

static void
release_on_loop(void *generation)
{
	generation_release(generation);
}

static struct loop_task task;
static struct tally tasks_done = TALLY_INITIALIZER;

static void
count_task(struct loop_task *unused)
{
	(void)unused;
	tally_add(&tasks_done);
}

static void
defer_task(void *unused)
{
	(void)unused;
	loop_task_init(&task, count_task);
	loop_defer(wire.loop, &task);
}

/* Waits until all is done that was put off on the loop before. */
static void
settle(void)
{
	unsigned int before = tally_get(&tasks_done);

	wire_run(&wire, defer_task, NULL);
	tally_await(&tasks_done, before + 1);
}

static void
release(struct generation *generation)
{
	wire_run(&wire, release_on_loop, generation);
	settle();
}

/* The one in force, which lasts. */
static const struct generation_settings *
settings(void)
{
	struct generation *generation = get();

	release(generation);
	return &generation->settings;
}

/* A second later, with this in the file. */
static const struct generation_settings *
settings_of(const char *text)
{
	write_conf(text);
	now += FILE_WATCH_INTERVAL;
	return settings();
}

static size_t
count_generations(void)
{
	const struct list *link = &configuration.generations;
	size_t count = 0;

	while ((link = link->next) != &configuration.generations)
		count++;
	return count;
}

/* ---- When it changes ---- */

START_TEST(only_a_change_makes_a_new_one)
{
	struct generation *first = get();

	ck_assert_ptr_eq(get(), first);
	release(first);
	release(first);
	write_conf("options ndots:2\n");
	now += FILE_WATCH_INTERVAL - 1;
	ck_assert_int_eq(settings()->search->ndots, 1);
	now++;
	ck_assert_int_eq(settings()->search->ndots, 2);
	first = get();
	release(first);
	write_conf("options ndots:2\n"); /* another file, the same text */
	now += FILE_WATCH_INTERVAL;
	ck_assert_ptr_eq(get(), first);
	release(first);
	unlink(path);
	now += FILE_WATCH_INTERVAL;
	ck_assert_int_eq(settings()->search->ndots, 1);
	ck_assert_uint_eq(count_generations(), 1);
}
END_TEST

/* It lasts as long as somebody needs it, but no longer than all. */
START_TEST(an_earlier_one_lasts_until_it_is_released)
{
	struct generation *first = get(), *second;

	ck_assert_ptr_eq(get(), first);
	settings_of("options ndots:2\n");
	second = get();
	ck_assert_ptr_ne(second, first);
	ck_assert_uint_eq(count_generations(), 2);
	release(first);
	ck_assert_uint_eq(count_generations(), 2);
	ck_assert_int_eq(first->settings.search->ndots, 1);
	release(first);
	ck_assert_uint_eq(count_generations(), 1);
	release(second);
	ck_assert_uint_eq(count_generations(), 1);
}
END_TEST

static void
release_and_close(void *generation)
{
	release_on_loop(generation); /* which would be destroyed later in this turn */
	close_configuration(NULL);
}

/* ASan and valgrind see what is not given back, or twice. */
START_TEST(closed_it_takes_all_along)
{
	struct generation *first = get();

	settings_of("options ndots:2\n");
	get();
	if (_i == 1)
		wire_run(&wire, release_and_close, first);
	else
		wire_run(&wire, close_configuration, NULL);
	settle();
	ck_assert_ptr_null(configuration.current);
}
END_TEST

static bool
is_known(const char *name)
{
	struct answer *answer;
	uint32_t age;

	answer = answer_cache_find(cache, name, WIRE_A, clock_now(), &age);
	answer_release(answer);
	return answer != NULL;
}

START_TEST(a_change_empties_the_cache)
{
	struct answer *answer = replies_address("a.test", "192.0.2.1", 300, clock_now());

	answer_cache_store(cache, "a.test", WIRE_A, answer, clock_now());
	answer_release(answer);
	settings(); /* the first is no change */
	ck_assert(is_known("a.test"));
	settings_of("");
	ck_assert(is_known("a.test"));
	settings_of("options ndots:2\n");
	ck_assert(!is_known("a.test"));
}
END_TEST

START_TEST(without_a_cache)
{
	configuration_clear(&configuration);
	memset(&configuration, 0, sizeof configuration);
	ck_assert(configuration_init(&configuration, &options, &wire.counts, NULL));
	ck_assert_ptr_null(settings()->cache);
	ck_assert_ptr_null(settings_of("options ndots:2\n")->cache);
}
END_TEST

/* ---- How a name is looked for, on any thread ---- */

START_TEST(the_search_is_known_after_a_look)
{
	struct search_policy policy;
	unsigned int references;

	ck_assert(!configuration_get_search(&configuration, now, &policy));
	settings_of("search a.test\noptions no-aaaa\n");
	ck_assert(configuration_get_search(&configuration, now, &policy));
	ck_assert_str_eq(policy.list->suffixes[0], "a.test");
	ck_assert(policy.asks_no_aaaa);
	references = atomic_load(&policy.list->references);
	search_list_release(policy.list);
	ck_assert(configuration_get_search(&configuration, now + FILE_WATCH_INTERVAL - 1,
					   &policy));
	ck_assert_uint_eq(atomic_load(&policy.list->references), references);
	ck_assert(!configuration_get_search(&configuration, now + FILE_WATCH_INTERVAL,
					    &(struct search_policy){ NULL, false }));
	settings_of("search b.test\n");
	/* Ours is the last reference to the former. */
	ck_assert_uint_eq(atomic_load(&policy.list->references), 1);
	search_list_release(policy.list);
	ck_assert(configuration_get_search(&configuration, now, &policy));
	ck_assert_str_eq(policy.list->suffixes[0], "b.test");
	ck_assert(!policy.asks_no_aaaa);
	search_list_release(policy.list);
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

	asker->generation = configuration_get(&configuration, wire.loop, now);
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

	snprintf(text, sizeof text, "nameserver %s\n%s", dns_server_address(wire.server), more);
	settings_of(text);
}

/* Who is under way goes on with the former servers; what they say is not kept. */
START_TEST(what_is_under_way_stays)
{
	const char *name = "a.test";

	use_server("options timeout:30\n");
	dns_server_hold(wire.server, name);
	askers[0].inquiry.name = name;
	wire_run(&wire, ask, &askers[0]);
	ck_assert(dns_server_wait_for_questions(wire.server, name, 0, 1));
	settings_of("nameserver 127.0.0.1:1\n");
	ck_assert_uint_eq(count_generations(), 2);
	dns_server_release(wire.server, name);
	tally_await(&answered, 1);
	settle();
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert(!is_known(name));
	ck_assert_uint_eq(count_generations(), 1);
	use_server("options timeout:29\n");
	askers[1].inquiry.name = name;
	wire_run(&wire, ask, &askers[1]);
	tally_await(&answered, 2);
	ck_assert(is_known(name));
}
END_TEST

static void
ask_in_retired(void *data)
{
	struct asker *asker = data;
	struct generation_settings made = { .cache = cache, .may_be_stale = true };
	struct server_list servers;

	made.channel = wire.options;
	servers = wire.servers;
	made.channel.servers = &servers;
	asker->generation = generation_create(wire.loop, &made);
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
	wire_run(&wire, ask_in_retired, &askers[0]);
	tally_await(&answered, 1);
	settle();
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
		wire_run(&wire, ask, &askers[i]);
		tally_await(&answered, (unsigned int)i + 1);
		ck_assert_int_eq(askers[i].status, DNS_STATUS_OK);
		ck_assert(is_known(names[i]));
		ck_assert_uint_eq(dns_server_count_tcp_questions(wire.server, names[i]),
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

	made.channel = wire.options;
	generation = generation_create(wire.loop, &made);
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

	wire_run(&wire, count_references, list);
	ck_assert_uint_eq(references[0], 2);
	ck_assert_uint_eq(references[1], 1);
	ck_assert_uint_eq(references[2], 1);
	search_list_release(list);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
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

int
main(void)
{
	return unit_main("generation", add_tests);
}
