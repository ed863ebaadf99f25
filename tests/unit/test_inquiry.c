/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdio.h>

#include "answer.h"
#include "answer_cache.h"
#include "clock.h"
#include "inquiry.h"
#include "replies.h"
#include "rooms.h"
#include "wire.h"

/* More than the first buckets, and more than the channel's window. */
#define MANY 300

static struct wire wire;
static struct answer_cache *cache;

/* One who asks; on the loop's thread. */
struct asker {
	struct inquiry inquiry;
	unsigned int answers;
	DnsStatus status;
	enum inquiry_source source;
	uint32_t age;
	struct asker *again;	/* asks when this one has its answer */
	struct asker *first, *end; /* to be abandoned then */
};

static struct tally answered = TALLY_INITIALIZER;
static struct asker askers[MANY];
static bool is_asking;

static void ask(void *data);

static void
on_answer(struct inquiry *inquiry, struct answer *answer)
{
	struct asker *asker = container_of(inquiry, struct asker, inquiry), *other;

	expect(loop_is_current(wire.loop) && !is_asking, "later, on the loop");
	expect(answer != NULL, "an answer");
	asker->answers++;
	asker->status = answer->status;
	asker->source = inquiry->source;
	asker->age = inquiry->age;
	answer_release(answer);
	for (other = asker->first; other < asker->end; other++)
		inquiry_abandon(&other->inquiry);
	if (asker->again != NULL)
		ask(asker->again);
	tally_add(&answered);
}

static void
ask(void *data)
{
	struct asker *asker = data;
	bool was_asking = is_asking;

	if (asker->inquiry.name == NULL)
		asker->inquiry.name = "one.test";
	if (asker->inquiry.type == 0)
		asker->inquiry.type = WIRE_A;
	asker->inquiry.on_answer = on_answer;
	is_asking = true;
	inquiry_ask(wire.desk, &asker->inquiry);
	is_asking = was_asking;
}

static void
abandon(void *data)
{
	struct asker *asker = data;

	inquiry_abandon(&asker->inquiry);
}

static void
ask_three(void *unused)
{
	int i;

	(void)unused;
	for (i = 0; i < 3; i++)
		ask(&askers[i]);
}

static void
ask_all(void *unused)
{
	int i;

	(void)unused;
	for (i = 0; i < MANY; i++)
		ask(&askers[i]);
}

static void
set_up(void)
{
	cache = answer_cache_create(1000);
	ck_assert_ptr_nonnull(cache);
	wire_open(&wire);
	wire_open_desk(&wire, cache);
	dns_server_add_address(wire.server, "one.test", "192.0.2.1", 300);
	dns_server_add_address(wire.server, "*.many.test", "192.0.2.2", 300);
}

static void
tear_down(void)
{
	wire_close(&wire);
	answer_cache_free(cache);
}

static void
expect_answer(const struct asker *asker, DnsStatus status, enum inquiry_source source)
{
	ck_assert_uint_eq(asker->answers, 1);
	ck_assert_int_eq(asker->status, status);
	ck_assert_int_eq((int)asker->source, (int)source);
}

static unsigned int
count_questions(void)
{
	return dns_server_count_questions(wire.server, NULL, 0);
}

START_TEST(who_asks_the_same_waits_for_the_same)
{
	int i;

	dns_server_hold(wire.server, "one.test");
	wire_run(&wire, ask_three, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 1));
	dns_server_release(wire.server, "one.test");
	tally_await(&answered, 3);
	for (i = 0; i < 3; i++)
		expect_answer(&askers[i], DNS_STATUS_OK, INQUIRY_SERVER);
	ck_assert_uint_eq(count_questions(), 1);
}
END_TEST

START_TEST(another_type_is_another_question)
{
	askers[1].inquiry.type = WIRE_AAAA;
	askers[2].inquiry.name = "two.test";
	wire_run(&wire, ask_three, NULL);
	tally_await(&answered, 3);
	ck_assert_uint_eq(count_questions(), 3);
}
END_TEST

START_TEST(one_of_several_leaves)
{
	int leaving = _i;

	dns_server_hold(wire.server, "one.test");
	wire_run(&wire, ask_three, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 1));
	wire_run(&wire, abandon, &askers[leaving]);
	dns_server_release(wire.server, "one.test");
	tally_await(&answered, 2);
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&answered), 2);
	ck_assert_uint_eq(askers[leaving].answers, 0);
	ck_assert_uint_eq(count_questions(), 1);
}
END_TEST

/* And who asks after that asks anew. */
START_TEST(the_last_who_leaves_takes_the_question_along)
{
	int i;

	dns_server_hold(wire.server, "one.test");
	wire_run(&wire, ask_three, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 1));
	for (i = 0; i < 3; i++)
		wire_run(&wire, abandon, &askers[i]);
	wire_run(&wire, ask, &askers[3]);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 2));
	dns_server_release(wire.server, "one.test");
	tally_await(&answered, 1);
	expect_answer(&askers[3], DNS_STATUS_OK, INQUIRY_SERVER);
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&answered), 1);
}
END_TEST

START_TEST(what_is_known_comes_later)
{
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	wire_run(&wire, ask, &askers[1]);
	tally_await(&answered, 2);
	expect_answer(&askers[1], DNS_STATUS_OK, INQUIRY_CACHE);
	ck_assert_uint_eq(count_questions(), 1);
	askers[2].inquiry.skips_cache = true;
	wire_run(&wire, ask, &askers[2]);
	tally_await(&answered, 3);
	expect_answer(&askers[2], DNS_STATUS_OK, INQUIRY_SERVER);
	ck_assert_uint_eq(count_questions(), 2);
}
END_TEST

static void
ask_and_abandon(void *data)
{
	ask(data);
	abandon(data);
}

START_TEST(what_is_known_may_be_abandoned)
{
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	wire_run(&wire, ask_and_abandon, &askers[1]);
	wire_run(&wire, ask, &askers[2]);
	tally_await(&answered, 2);
	ck_assert_uint_eq(askers[1].answers, 0);
	expect_answer(&askers[2], DNS_STATUS_OK, INQUIRY_CACHE);
}
END_TEST

/* An answer whose time was over a minute ago. */
static void
keep_old_answer(void)
{
	int64_t then = clock_now() - 120000;
	struct answer *old = replies_address("one.test", "192.0.2.9", 60, then);

	answer_cache_store(cache, "one.test", WIRE_A, old, then);
	answer_release(old);
}

START_TEST(stale_is_better_than_a_failure)
{
	keep_old_answer();
	dns_server_set_rcode(wire.server, "one.test", 0,
			     _i == 0 ? RCODE_SERVFAIL : RCODE_REFUSED);
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	expect_answer(&askers[0], DNS_STATUS_OK, INQUIRY_STALE);
	ck_assert_uint_eq(askers[0].age, 0);
	ck_assert_uint_eq(count_questions(), 1);
}
END_TEST

/* From then on for a second: no slow machine gets there. */
static void
keep_failure(void)
{
	struct answer *failure = replies_failure(DNS_STATUS_TRY_AGAIN);

	answer_cache_store(cache, "one.test", WIRE_A, failure, clock_now() + 30000);
	answer_release(failure);
}

/* It is not asked again a moment after that. */
START_TEST(a_failure_is_known_for_a_moment)
{
	keep_failure();
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	expect_answer(&askers[0], DNS_STATUS_TRY_AGAIN, INQUIRY_CACHE);
	ck_assert_uint_eq(count_questions(), 0);
}
END_TEST

/* Then an older answer is better, and nobody is asked either. */
START_TEST(stale_is_better_than_a_failure_that_is_known)
{
	keep_old_answer();
	keep_failure();
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	expect_answer(&askers[0], DNS_STATUS_OK, INQUIRY_STALE);
	ck_assert_uint_eq(askers[0].age, 0);
	ck_assert_uint_eq(count_questions(), 0);
}
END_TEST

static void
reopen_desk(void *unused)
{
	(void)unused;
	inquiry_desk_close(wire.desk);
	wire.desk = inquiry_desk_open(wire.loop, &wire.options, cache, false);
	ck_assert_ptr_nonnull(wire.desk);
}

START_TEST(a_desk_may_have_nothing_stale)
{
	wire_run(&wire, reopen_desk, NULL);
	keep_old_answer();
	dns_server_set_rcode(wire.server, "one.test", 0, RCODE_SERVFAIL);
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	expect_answer(&askers[0], DNS_STATUS_TRY_AGAIN, INQUIRY_SERVER);
	wire_run(&wire, ask, &askers[1]);
	tally_await(&answered, 2);
	ck_assert_int_eq(askers[1].status, DNS_STATUS_TRY_AGAIN);
}
END_TEST

static void
ask_abandon_and_close(void *data)
{
	ask(data);
	abandon(data);
	reopen_desk(NULL);
}

/* What was to be handed over is not, when the desk is gone. */
START_TEST(closed_while_an_answer_is_on_its_way)
{
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	wire_run(&wire, ask_abandon_and_close, &askers[1]);
	wire_run(&wire, ask, &askers[2]);
	tally_await(&answered, 2);
	ck_assert_uint_eq(askers[1].answers, 0);
}
END_TEST

/* It holds on to nothing that it was given for the first. ASan sees it. */
START_TEST(an_inquiry_may_be_used_again)
{
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 1);
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 2);
	ck_assert_int_eq((int)askers[0].source, INQUIRY_CACHE);
	dns_server_hold(wire.server, "two.test");
	askers[0].inquiry.name = "two.test";
	wire_run(&wire, ask, &askers[0]);
	ck_assert(dns_server_wait_for_questions(wire.server, "two.test", 0, 1));
	wire_run(&wire, abandon, &askers[0]);
	dns_server_release(wire.server, "two.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(askers[0].answers, 2);
}
END_TEST

static struct server asked_server;
static unsigned int tries;

static void
count_tries(void *data)
{
	const struct asker *asker = data;

	tries = inquiry_count_tries(&asker->inquiry, &asked_server);
}

START_TEST(tries_are_counted_while_it_waits)
{
	wire_run(&wire, count_tries, &askers[0]);
	ck_assert_uint_eq(tries, 0);
	ck_assert_int_eq(asked_server.family, 0);
	dns_server_hold(wire.server, "one.test");
	wire_run(&wire, ask_three, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 1));
	wire_run(&wire, count_tries, &askers[2]);
	ck_assert_uint_eq(tries, 1);
	ck_assert_uint_eq(asked_server.port, dns_server_port(wire.server));
	dns_server_release(wire.server, "one.test");
	tally_await(&answered, 3);
	wire_run(&wire, count_tries, &askers[2]);
	ck_assert_uint_eq(tries, 0);
}
END_TEST

START_TEST(who_has_an_answer_may_ask_again)
{
	askers[0].again = &askers[1];
	askers[1].again = &askers[2];
	askers[1].inquiry.skips_cache = true;
	wire_run(&wire, ask, &askers[0]);
	tally_await(&answered, 3);
	expect_answer(&askers[0], DNS_STATUS_OK, INQUIRY_SERVER);
	expect_answer(&askers[1], DNS_STATUS_OK, INQUIRY_SERVER);
	expect_answer(&askers[2], DNS_STATUS_OK, INQUIRY_CACHE);
	ck_assert_uint_eq(count_questions(), 2);
}
END_TEST

/* Of those who wait for the same answer, all that come after the first. */
START_TEST(the_first_answered_abandons_the_others)
{
	dns_server_hold(wire.server, "one.test");
	askers[0].first = &askers[1];
	askers[0].end = &askers[3];
	wire_run(&wire, ask_three, NULL);
	ck_assert(dns_server_wait_for_questions(wire.server, "one.test", 0, 1));
	dns_server_release(wire.server, "one.test");
	tally_await(&answered, 1);
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&answered), 1);
	ck_assert_uint_eq(askers[1].answers + askers[2].answers, 0);
}
END_TEST

/* The same with answers that were known. */
START_TEST(the_first_of_the_known_abandons_the_others)
{
	wire_run(&wire, ask, &askers[3]);
	tally_await(&answered, 1);
	askers[0].first = &askers[1];
	askers[0].end = &askers[3];
	wire_run(&wire, ask_three, NULL);
	tally_await(&answered, 2);
	wire_run(&wire, ask, &askers[4]);
	tally_await(&answered, 3);
	ck_assert_uint_eq(askers[1].answers + askers[2].answers, 0);
}
END_TEST

/* Twice each, so that all must be found among the others. */
START_TEST(many_different_questions)
{
	static char names[MANY / 2][32];
	int i;

	dns_server_hold(wire.server, "*.many.test");
	for (i = 0; i < MANY; i++) {
		snprintf(names[i / 2], sizeof names[i / 2], "h%d.many.test", i / 2);
		askers[i].inquiry.name = names[i / 2];
	}
	wire_run(&wire, ask_all, NULL);
	for (i = 0; i < MANY; i += 3)
		wire_run(&wire, abandon, &askers[i]);
	dns_server_release(wire.server, "*.many.test");
	tally_await(&answered, MANY - MANY / 3);
	wire_await(&wire, &wire.counts.in_flight, 0);
	for (i = 0; i < MANY; i++)
		ck_assert_uint_eq(askers[i].answers, i % 3 != 0);
	ck_assert_uint_eq(count_questions(), MANY / 2);
}
END_TEST

void
inquiry_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, who_asks_the_same_waits_for_the_same);
	tcase_add_test(tests, another_type_is_another_question);
	tcase_add_loop_test(tests, one_of_several_leaves, 0, 3);
	tcase_add_test(tests, the_last_who_leaves_takes_the_question_along);
	tcase_add_test(tests, what_is_known_comes_later);
	tcase_add_test(tests, what_is_known_may_be_abandoned);
	tcase_add_loop_test(tests, stale_is_better_than_a_failure, 0, 2);
	tcase_add_test(tests, a_failure_is_known_for_a_moment);
	tcase_add_test(tests, stale_is_better_than_a_failure_that_is_known);
	tcase_add_test(tests, a_desk_may_have_nothing_stale);
	tcase_add_test(tests, closed_while_an_answer_is_on_its_way);
	tcase_add_test(tests, an_inquiry_may_be_used_again);
	tcase_add_test(tests, tries_are_counted_while_it_waits);
	tcase_add_test(tests, who_has_an_answer_may_ask_again);
	tcase_add_test(tests, the_first_answered_abandons_the_others);
	tcase_add_test(tests, the_first_of_the_known_abandons_the_others);
	tcase_add_test(tests, many_different_questions);
}
