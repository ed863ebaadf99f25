/* SPDX-License-Identifier: MIT */
/* How many questions are let out at a time. The clock is the test's: it stands still until
 * it is moved, so that a question stays on its way as long as that. */
#include "askers.h"

#include <sched.h>

#include "rooms.h"
#include "stopped_clock.h"

/* Nobody is asked in between: the loop has a turn, and sees what time it is. */
static void
move_clock(int milliseconds)
{
	stopped_clock_advance(milliseconds);
	ask_from_to(0, 0);
}

static void
await_questions(unsigned int count)
{
	ck_assert(dns_server_wait_for_questions(wire.server, NULL, 0, count));
	wire_await(&wire, &wire.counts.questions, count);
}

START_TEST(no_more_than_the_window_are_on_their_way)
{
	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, 3000);
	await_questions(WINDOW_FIRST);
	expect_counts(WINDOW_FIRST, 0, 3000 - WINDOW_FIRST,
		      WINDOW_FIRST);
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, 3000);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_counts(3000, 3000, 0, 0);
	expect_one_answer_each(0, 3000);
}
END_TEST

/* What is answered late keeps out the others for a moment only. */
START_TEST(slow_names_do_not_keep_out_the_others)
{
	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, 1000);
	await_questions(WINDOW_FIRST);
	move_clock(WINDOW_FRESH - 1);
	expect_counts(WINDOW_FIRST, 0, 1000 - WINDOW_FIRST,
		      WINDOW_FIRST);
	move_clock(1);
	await_questions(2 * WINDOW_FIRST);
	expect_counts(2 * WINDOW_FIRST, 0, 1000 - 2 * WINDOW_FIRST,
		      2 * WINDOW_FIRST);
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, 1000);
	expect_one_answer_each(0, 1000);
}
END_TEST

/* An abandoned question is still in flight, but no longer on its way for anybody. */
START_TEST(abandoning_makes_room)
{
	const unsigned int window = WINDOW_FIRST;

	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, (int)window + 100);
	await_questions(window);
	expect_counts(window, 0, 100, window);
	abandon_from_to(0, 60);
	await_questions(window + 60);
	expect_counts(window + 60, 0, 40, window + 60);
	/* Those that wait can be abandoned too. */
	abandon_from_to((int)window + 60, (int)window + 100);
	expect_counts(window + 60, 0, 0, window + 60);
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, window);
	wire_await(&wire, &wire.counts.in_flight, 0);
	expect_one_answer_each(60, (int)window + 60);
	ck_assert_uint_eq(tally_get(&answered), window);
}
END_TEST

/* Answers at the first try let more out, for each one more. */
START_TEST(the_window_grows_with_the_answers)
{
	const unsigned int window = WINDOW_FIRST;

	dns_server_hold(wire.server, "*.test");
	ask_from_to(0, 2000);
	await_questions(window);
	dns_server_release_some(wire.server, "*.test", 40);
	await_questions(window + 40 + 40);
	expect_counts(window + 80, 40, 2000 - window - 80, window + 40);
	/* Up to a limit. */
	dns_server_release_some(wire.server, "*.test", 100);
	await_questions(WINDOW_MAXIMUM + 140);
	expect_counts(WINDOW_MAXIMUM + 140, 140, 2000 - WINDOW_MAXIMUM - 140,
		      WINDOW_MAXIMUM);
	dns_server_release(wire.server, "*.test");
	tally_await(&answered, 2000);
}
END_TEST

/* Abandoned questions are remembered, but not without a limit. Fault R12. */
START_TEST(a_dead_server_does_not_fill_the_memory)
{
	dns_server_set_deaf(wire.server, true);
	ask_from_to(0, ASKERS);
	while (atomic_load(&wire.counts.in_flight) < CHANNEL_FLIGHTS_MAXIMUM) {
		move_clock(WINDOW_FRESH);
		sched_yield();
	}
	move_clock(WINDOW_FRESH);
	move_clock(WINDOW_FRESH);
	expect_counts(CHANNEL_FLIGHTS_MAXIMUM, 0, ASKERS - CHANNEL_FLIGHTS_MAXIMUM,
		      CHANNEL_FLIGHTS_MAXIMUM);
	abandon_from_to(0, ASKERS);
	expect_counts(CHANNEL_FLIGHTS_MAXIMUM, 0, 0, CHANNEL_FLIGHTS_MAXIMUM);
	ck_assert_uint_eq(tally_get(&answered), 0);
}
END_TEST

void
channel_window_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, askers_set_up, askers_tear_down);
	tcase_add_test(tests, no_more_than_the_window_are_on_their_way);
	tcase_add_test(tests, slow_names_do_not_keep_out_the_others);
	tcase_add_test(tests, abandoning_makes_room);
	tcase_add_test(tests, the_window_grows_with_the_answers);
	tcase_add_test(tests, a_dead_server_does_not_fill_the_memory);
}
