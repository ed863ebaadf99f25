/* SPDX-License-Identifier: MIT */
#include "askers.h"
#include "rooms.h"

#include <stdlib.h>
#include <string.h>

#define HEADER 12

START_TEST(a_question_gets_its_answer)
{
	static const uint8_t question[] = "\2h0\4test\0\0\1\0\1";
	const size_t length = sizeof question - 1;

	ask_from_to(0, 1);
	tally_await(&answered, 1);
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert_uint_gt(askers[0].length, HEADER + length);
	ck_assert_mem_eq(askers[0].data + HEADER, question, length);
	expect_counts(1, 1, 0, 0);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h0.test", WIRE_A), 1);
}
END_TEST

START_TEST(the_type_is_the_askers)
{
	askers[0].query.type = WIRE_AAAA;
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h0.test", WIRE_AAAA),
			  1);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 1);
}
END_TEST

/* What a server says of the name comes as octets; what it says of itself, as a status.
 * (c-ares 1.18.1 tells all that servers refuse as a connection that was refused.) */
START_TEST(what_rcodes_become)
{
	int i;

	dns_server_set_rcode(wire.server, "h0.test", 0, RCODE_NXDOMAIN);
	dns_server_set_rcode(wire.server, "h1.test", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(wire.server, "h2.test", 0, RCODE_REFUSED);
	dns_server_set_rcode(wire.server, "h3.test", 0, RCODE_NOTIMP);
	ask_from_to(0, 4);
	tally_await(&answered, 4);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert_int_eq(askers[0].data[3] & 0xf, RCODE_NXDOMAIN);
	ck_assert_int_eq(askers[1].status, DNS_STATUS_TRY_AGAIN);
	for (i = 2; i < 4; i++)
		ck_assert_int_eq(askers[i].status, DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(a_name_that_cannot_be_asked_for_has_no_host)
{
	askers[0].query.name = "a..test";
	askers[1].query.name =
		"a234567890123456789012345678901234567890123456789012345678901234"
		".test";
	ask_from_to(0, 3);
	tally_await(&answered, 3);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(askers[1].status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_int_eq(askers[2].status, DNS_STATUS_OK);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(1, 1, 0, 0);
}
END_TEST

START_TEST(nobody_answers)
{
	dns_server_misbehave(wire.server, "h0.test", 0, ANSWER_DROPPED);
	wire_reopen(&wire, 20, 2);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_TRY_AGAIN);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h0.test", 0), 2);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(1, 0, 0, 0);
}
END_TEST

START_TEST(a_lost_question_is_asked_again)
{
	dns_server_drop_first(wire.server, "h0.test", 0, 2);
	wire_reopen(&wire, 20, 3);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h0.test", 0), 3);
}
END_TEST

START_TEST(what_is_truncated_comes_over_tcp)
{
	int i;

	for (i = 0; i < 100; i++)
		dns_server_add_address(wire.server, "h0.test", "192.0.2.1", 300);
	dns_server_misbehave(wire.server, "h0.test", 0, ANSWER_TRUNCATED);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_OK);
	ck_assert_uint_gt(askers[0].length, 100 * 16);
	ck_assert_uint_eq(dns_server_count_tcp_questions(wire.server, "h0.test"), 1);
}
END_TEST

/* c-ares 1.18.1 writes to it without MSG_NOSIGNAL. */
START_TEST(a_connection_that_is_reset_does_no_harm)
{
	dns_server_misbehave(wire.server, "h0.test", 0, ANSWER_TCP_RESET);
	wire_reopen(&wire, 200, 2);
	ask_from_to(0, 1);
	tally_await(&answered, 1);
	ck_assert_int_eq(askers[0].status, DNS_STATUS_TRY_AGAIN);
	ask_from_to(1, 2);
	tally_await(&answered, 2);
	ck_assert_int_eq(askers[1].status, DNS_STATUS_OK);
}
END_TEST

static struct loop_task later;
static struct letter letter;
static bool is_in_turn, is_watching;

/* A letter is what a turn begins with, a task that it defers what it ends with; what
 * comes from the sockets comes after that, while the loop waits. */
static void
on_letter(struct letter *delivered, void *reader)
{
	(void)delivered;
	(void)reader;
	is_in_turn = true;
	loop_defer(wire.loop, &later);
}

static void
on_later(struct loop_task *task)
{
	(void)task;
	is_in_turn = false;
	if (is_watching)
		ck_assert(loop_post(wire.loop, &letter));
	else
		tally_add(&answered);
}

static void
watch_turns(void *data)
{
	(void)data;
	is_watching = true;
	letter.deliver = on_letter;
	loop_task_init(&later, on_later);
	ask(&askers[0]);
	on_letter(&letter, NULL);
}

static void
expect_in_turn(struct asker *asker)
{
	(void)asker;
	ck_assert(is_in_turn);
	is_watching = false;
}

START_TEST(no_answer_comes_from_within_c_ares)
{
	askers[0].then = expect_in_turn;
	wire_run(&wire, watch_turns, NULL);
	tally_await(&answered, 2);
}
END_TEST

static void
ask_next(struct asker *asker)
{
	if (asker == &askers[999])
		return;
	asker[1].then = ask_next;
	ask(asker + 1);
}

START_TEST(the_next_may_be_asked_when_an_answer_comes)
{
	askers[0].then = ask_next;
	ask_from_to(0, 1);
	tally_await(&answered, 1000);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(1000, 1000, 0, 0);
}
END_TEST

static void
ask_again(struct asker *asker)
{
	if (asker->answers < 100)
		ask(asker);
}

START_TEST(the_same_query_may_be_asked_again_when_its_answer_comes)
{
	askers[0].then = ask_again;
	ask_from_to(0, 1);
	tally_await(&answered, 100);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h0.test", WIRE_A),
			  100);
}
END_TEST

START_TEST(without_servers_the_answer_comes_later)
{
	int i;

	wire_close(&wire);
	memset(&wire, 0, sizeof wire);
	wire_open_without_servers(&wire);
	askers[0].then = ask_next;
	ask_from_to(0, 1);
	tally_await(&answered, 1000);
	for (i = 0; i < 1000; i++)
		ck_assert_int_eq(askers[i].status, DNS_STATUS_NO_SERVERS);
	wire_await(&wire, &wire.counts.waiting, 0);
	expect_counts(0, 0, 0, 0);
}
END_TEST

/* All that are in flight differ in their ids. */
START_TEST(ids_are_not_used_twice_at_a_time)
{
	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, WINDOW_FIRST);
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0,
						WINDOW_FIRST));
	ck_assert_uint_eq(dns_server_count_ids(wire.server), WINDOW_FIRST);
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, WINDOW_FIRST);
}
END_TEST

START_TEST(an_abandoned_question_gets_no_answer)
{
	dns_server_hold(wire.server, "h1.test");
	ask_from_to(0, 3);
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0, 3));
	tally_await(&answered, 2);
	abandon_from_to(1, 2);
	wire_await(&wire, &wire.counts.in_flight, 1);
	dns_server_release(wire.server, "h1.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(3, 3, 0, 0);
	ck_assert_uint_eq(askers[1].answers, 0);
	expect_one_answer_each(0, 1);
	expect_one_answer_each(2, 3);
}
END_TEST

static void
ask_and_abandon(void *data)
{
	(void)data;
	ask(&askers[0]);
	ask(&askers[1]);
	ask(&askers[2]);
	abandon(&askers[1]);
}

START_TEST(abandoned_before_it_was_sent_it_never_is)
{
	wire_run(&wire, ask_and_abandon, NULL);
	tally_await(&answered, 2);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(2, 2, 0, 0);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, "h1.test", 0), 0);
}
END_TEST

/* Who waits to be called, and in which order they were; on the loop. */
static struct {
	struct channel_turn turns[3];
	int called[3];
	int count;
	bool was_busy;
} waiters;

static void
on_turn(struct channel_turn *turn)
{
	int i = (int)(turn - waiters.turns);

	waiters.called[waiters.count++] = i;
	ask(&askers[1000 + i]);
}

/* In one go, since time makes room. */
static void
await_turns(void *data)
{
	int i;

	(void)data;
	for (i = 0; i < WINDOW_FIRST; i++)
		ask(&askers[i]);
	waiters.was_busy = channel_is_busy(wire.channel);
	for (i = 0; i < 3; i++) {
		waiters.turns[i].questions = 2;
		waiters.turns[i].on_turn = on_turn;
		channel_await_turn(wire.channel, &waiters.turns[i]);
	}
	channel_give_up_turn(wire.channel, &waiters.turns[1]);
	ask(&askers[1003]);
}

START_TEST(who_would_have_to_wait_is_called)
{
	memset(&waiters, 0, sizeof waiters);
	dns_server_hold(wire.server, "*.test");
	wire_run(&wire, await_turns, NULL);
	ck_assert(waiters.was_busy);
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0,
						WINDOW_FIRST + 3));
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, WINDOW_FIRST + 3);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(WINDOW_FIRST + 3, WINDOW_FIRST + 3, 0, 0);
	ck_assert_int_eq(waiters.count, 2);
	ck_assert_int_eq(waiters.called[0], 0);
	ck_assert_int_eq(waiters.called[1], 2);
	ck_assert_uint_eq(askers[1001].answers, 0);
	expect_one_answer_each(1002, 1004);
}
END_TEST

static void
is_busy(void *data)
{
	*(bool *)data = channel_is_busy(wire.channel);
}

START_TEST(who_need_not_wait_is_told)
{
	bool busy = true;

	wire_run(&wire, is_busy, &busy);
	ck_assert(!busy);
	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, WINDOW_FIRST - 1);
	wire_run(&wire, is_busy, &busy);
	ck_assert(!busy);
	abandon_from_to(0, WINDOW_FIRST - 1);
	dns_server_release(wire.server, "*.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
}
END_TEST

static void
abandon_the_others(struct asker *asker)
{
	int i;

	for (i = 0; i < 64; i++) {
		askers[i].then = NULL;
		if (&askers[i] != asker)
			abandon(&askers[i]);
	}
}

/* Their answers may be there already, to be delivered next. Fault L06. */
START_TEST(an_answer_may_abandon_all_others)
{
	int i;

	dns_server_hold(wire.server, "*.test");
	for (i = 0; i < 64; i++)
		askers[i].then = abandon_the_others;
	ask_from_to(0, 64);
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0, 64));
	dns_server_release(wire.server, "*.test");
	wire_await(&wire, &wire.counts.in_flight, 0);
	ck_assert_uint_eq(tally_get(&answered), 1);
}
END_TEST

/* c-ares tells each question that is left, from within. */
START_TEST(closed_with_questions_in_flight)
{
	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, WINDOW_FIRST + 10);
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0, 100));
	abandon_from_to(0, WINDOW_FIRST + 10);
	wire_close_channel(&wire);
	ck_assert_uint_eq(atomic_load(&wire.counts.in_flight), 0);
	ck_assert_uint_eq(atomic_load(&wire.counts.waiting), 0);
	dns_server_release(wire.server, "*.test");
	abandon_from_to(0, 0);
	ck_assert_uint_eq(tally_get(&answered), 0);
}
END_TEST

/* With a question that was sent again over TCP, so that there is a connection too. */
START_TEST(closed_with_a_connection_open)
{
	dns_server_misbehave(wire.server, "h0.test", 0, ANSWER_TRUNCATED);
	dns_server_hold(wire.server, "h0.test");
	ask_from_to(0, 1);
	ck_assert(dns_server_wait_for_questions(wire.server, "h0.test", 0, 1));
	dns_server_release_some(wire.server, "h0.test", 1);
	ck_assert(dns_server_wait_for_questions(wire.server, "h0.test", 0, 2));
	ck_assert_uint_eq(dns_server_count_tcp_questions(wire.server, "h0.test"), 1);
	abandon_from_to(0, 1);
	wire_close_channel(&wire);
	expect_counts(1, 0, 0, 0);
	ck_assert_uint_eq(askers[0].answers, 0);
}
END_TEST

static void
close_now(struct letter *delivered, void *reader)
{
	(void)delivered;
	(void)reader;
	channel_close(wire.channel);
	wire.channel = NULL;
	tally_add(&answered);
}

static int turns;

static void
post_closing(struct loop_task *task)
{
	if (++turns < LOOP_TURNS_TO_LOOK) {
		loop_defer(wire.loop, task);
		return;
	}
	letter.deliver = close_now;
	ck_assert(loop_post(wire.loop, &letter));
}

static void
let_answers_come(void *data)
{
	(void)data;
	abandon(&askers[0]);
	dns_server_release(wire.server, "h0.test");
	turns = 0;
	loop_task_init(&later, post_closing);
	loop_defer(wire.loop, &later);
}

/* Letters stand between what comes from the sockets, which are looked at by then, and what is
 * deferred: the answer has been read, and is not delivered. */
START_TEST(closed_with_an_answer_on_its_way)
{
	dns_server_hold(wire.server, "h0.test");
	ask_from_to(0, 1);
	ck_assert(dns_server_wait_for_questions(wire.server, "h0.test", 0, 1));
	wire_run(&wire, let_answers_come, NULL);
	tally_await(&answered, 1);
	expect_counts(1, 1, 0, 0);
	ck_assert_uint_eq(askers[0].answers, 0);
}
END_TEST

START_TEST(closed_without_a_question)
{
	wire_close_channel(&wire);
	expect_counts(0, 0, 0, 0);
	ck_assert_uint_eq(dns_server_count_questions(wire.server, NULL, 0), 0);
}
END_TEST

void
channel_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, askers_set_up, askers_tear_down);
	tcase_add_test(tests, a_question_gets_its_answer);
	tcase_add_test(tests, the_type_is_the_askers);
	tcase_add_test(tests, what_rcodes_become);
	tcase_add_test(tests, a_name_that_cannot_be_asked_for_has_no_host);
	tcase_add_test(tests, nobody_answers);
	tcase_add_test(tests, a_lost_question_is_asked_again);
	tcase_add_test(tests, what_is_truncated_comes_over_tcp);
	tcase_add_test(tests, a_connection_that_is_reset_does_no_harm);
	tcase_add_test(tests, no_answer_comes_from_within_c_ares);
	tcase_add_test(tests, the_next_may_be_asked_when_an_answer_comes);
	tcase_add_test(tests, the_same_query_may_be_asked_again_when_its_answer_comes);
	tcase_add_test(tests, without_servers_the_answer_comes_later);
	tcase_add_test(tests, ids_are_not_used_twice_at_a_time);
	tcase_add_test(tests, an_abandoned_question_gets_no_answer);
	tcase_add_test(tests, abandoned_before_it_was_sent_it_never_is);
	tcase_add_test(tests, who_would_have_to_wait_is_called);
	tcase_add_test(tests, who_need_not_wait_is_told);
	tcase_add_test(tests, an_answer_may_abandon_all_others);
	tcase_add_test(tests, closed_with_questions_in_flight);
	tcase_add_test(tests, closed_with_a_connection_open);
	tcase_add_test(tests, closed_with_an_answer_on_its_way);
	tcase_add_test(tests, closed_without_a_question);
}
