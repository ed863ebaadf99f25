/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <poll.h>
#include <sched.h>
#include <stdatomic.h>

#include "dispatcher.h"
#include "rooms.h"

struct note {
	struct due_callback due;
	unsigned int number;
	bool stays; /* until may_leave has been raised */
};

static struct dispatcher dispatcher;
static atomic_uint idle_calls;
static unsigned int got[16], got_count;
static struct tally entered = TALLY_INITIALIZER, may_leave = TALLY_INITIALIZER;

static void
on_idle(struct dispatcher *idle)
{
	expect(idle == &dispatcher, "another dispatcher");
	atomic_fetch_add(&idle_calls, 1);
}

static void
run_note(struct due_callback *due)
{
	struct note *note = container_of(due, struct note, due);

	expect(dispatcher_is_running_here(), "not running here");
	got[got_count++] = note->number;
	if (note->stays) {
		tally_add(&entered);
		tally_await(&may_leave, 1);
	}
}

static struct note *
add_note(struct note *note, unsigned int number)
{
	note->due.run = run_note;
	note->number = number;
	note->stays = false;
	dispatcher_add(&dispatcher, &note->due);
	return note;
}

static bool
is_readable(void)
{
	struct pollfd polled = { .fd = dispatcher.notifier.descriptor, .events = POLLIN };

	return poll(&polled, 1, 0) == 1;
}

static void
open_dispatcher(void)
{
	dispatcher_init(&dispatcher, on_idle);
	ck_assert_int_eq(dispatcher_open(&dispatcher), 0);
}

static void
close_dispatcher(void)
{
	dispatcher_destroy(&dispatcher);
}

START_TEST(each_is_run_once_the_oldest_first)
{
	struct note notes[5];
	unsigned int i;

	for (i = 0; i < 5; i++)
		add_note(&notes[i], i);
	ck_assert_uint_eq(dispatcher_count_due(&dispatcher), 5);
	ck_assert_uint_eq(got_count, 0);
	for (i = 0; i < 5; i++) {
		ck_assert(dispatcher_run_one(&dispatcher));
		ck_assert_uint_eq(got_count, i + 1);
		ck_assert_uint_eq(got[i], i);
	}
	ck_assert(!dispatcher_run_one(&dispatcher));
	ck_assert_uint_eq(dispatcher_count_due(&dispatcher), 0);
	ck_assert(!dispatcher_is_running_here());
}
END_TEST

START_TEST(the_descriptor_is_readable_while_some_are_due)
{
	struct note notes[3];

	ck_assert(!is_readable());
	add_note(&notes[0], 0);
	ck_assert(is_readable());
	add_note(&notes[1], 1);
	dispatcher_run_one(&dispatcher);
	ck_assert(is_readable());
	dispatcher_run_one(&dispatcher);
	ck_assert(!is_readable());
	dispatcher_run_one(&dispatcher);
	ck_assert(!is_readable());
	add_note(&notes[2], 2);
	ck_assert(is_readable());
	dispatcher_run_one(&dispatcher);
	ck_assert(!is_readable());
}
END_TEST

static void
run_and_add_the_next(struct due_callback *due)
{
	struct note *note = container_of(due, struct note, due);

	if (--note->number > 0)
		dispatcher_add(&dispatcher, due);
}

START_TEST(one_that_runs_may_be_added_again)
{
	struct note note;

	add_note(&note, 3)->due.run = run_and_add_the_next;
	ck_assert(dispatcher_run_one(&dispatcher));
	ck_assert(is_readable());
	ck_assert(dispatcher_run_one(&dispatcher));
	ck_assert(dispatcher_run_one(&dispatcher));
	ck_assert(!dispatcher_run_one(&dispatcher));
	ck_assert(!is_readable());
}
END_TEST

/* ---- The end ---- */

START_TEST(complete_with_nothing_due_it_is_idle_at_once)
{
	struct note note;

	add_note(&note, 0);
	dispatcher_run_one(&dispatcher);
	ck_assert_uint_eq(atomic_load(&idle_calls), 0);
	dispatcher_complete(&dispatcher);
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
	dispatcher_drain(&dispatcher);
	ck_assert(!dispatcher_run_one(&dispatcher));
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
}
END_TEST

START_TEST(complete_with_some_due_it_is_idle_when_the_last_has_run)
{
	struct note notes[2];

	add_note(&notes[0], 0);
	add_note(&notes[1], 1);
	dispatcher_complete(&dispatcher);
	ck_assert_uint_eq(atomic_load(&idle_calls), 0);
	dispatcher_run_one(&dispatcher);
	ck_assert_uint_eq(atomic_load(&idle_calls), 0);
	dispatcher_run_one(&dispatcher);
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
}
END_TEST

START_TEST(draining_runs_what_is_due)
{
	struct note notes[4];
	unsigned int i;

	for (i = 0; i < 4; i++)
		add_note(&notes[i], i);
	dispatcher_complete(&dispatcher);
	dispatcher_drain(&dispatcher);
	ck_assert_uint_eq(got_count, 4);
	ck_assert_uint_eq(got[3], 3);
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
	ck_assert(!is_readable());
}
END_TEST

/* One thread is inside a callback, one drains, one lets the first go. */
static atomic_bool is_drained;

static void
stay_drain_or_release(unsigned int number)
{
	unsigned int i;

	if (number == 0) {
		dispatcher_run_one(&dispatcher);
		return;
	}
	tally_await(&entered, 1);
	if (number == 1) {
		dispatcher_drain(&dispatcher);
		atomic_store(&is_drained, true);
		return;
	}
	dispatcher_complete(&dispatcher);
	expect(atomic_load(&idle_calls) == 0, "idle while a callback runs");
	for (i = 0; i < 1000; i++) {
		expect(!atomic_load(&is_drained), "drained while a callback runs");
		sched_yield();
	}
	tally_add(&may_leave);
}

START_TEST(draining_waits_for_what_another_thread_runs)
{
	struct note note;

	add_note(&note, 0)->stays = true;
	unit_run_threads(3, stay_drain_or_release);
	ck_assert(atomic_load(&is_drained));
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
}
END_TEST

/* ---- Many threads ---- */

#define ADDERS	2
#define RUNNERS 3
#define NOTES	10000

static struct counted {
	struct due_callback due;
	atomic_uint runs;
} counted[ADDERS][NOTES];
static atomic_uint run_in_all, adders_left;

static void
count_run(struct due_callback *due)
{
	atomic_fetch_add(&container_of(due, struct counted, due)->runs, 1);
	atomic_fetch_add(&run_in_all, 1);
}

static void
add_all(unsigned int adder)
{
	unsigned int i;

	for (i = 0; i < NOTES; i++) {
		counted[adder][i].due.run = count_run;
		dispatcher_add(&dispatcher, &counted[adder][i].due);
		if (i % 64 == 0)
			sched_yield();
	}
	if (atomic_fetch_sub(&adders_left, 1) == 1)
		dispatcher_complete(&dispatcher);
}

/* Runs only when the descriptor says so: one wake-up lost, and this never ends. */
static void
run_when_readable(unsigned int count)
{
	struct pollfd polled = { .fd = dispatcher.notifier.descriptor, .events = POLLIN };

	while (atomic_load(&run_in_all) < count) {
		expect(poll(&polled, 1, -1) == 1, "poll");
		dispatcher_run_one(&dispatcher);
	}
}

/* Each at the moment when the one before has been taken. */
static void
add_to_what_is_empty(void)
{
	unsigned int i;

	for (i = 0; i < NOTES; i++) {
		while (dispatcher_count_due(&dispatcher) > 0)
			sched_yield();
		counted[0][i].due.run = count_run;
		dispatcher_add(&dispatcher, &counted[0][i].due);
	}
}

static void
add_or_run_one_by_one(unsigned int number)
{
	if (number == 0)
		add_to_what_is_empty();
	else
		run_when_readable(NOTES);
}

START_TEST(the_descriptor_does_not_go_down_too_late)
{
	unit_run_threads(2, add_or_run_one_by_one);
	ck_assert(!is_readable());
}
END_TEST

static void
add_or_run(unsigned int number)
{
	if (number < ADDERS)
		add_all(number);
	else if (number == ADDERS)
		run_when_readable(ADDERS * NOTES);
	else
		dispatcher_drain(&dispatcher);
}

static void
expect_one_run_each(void)
{
	unsigned int i, j;

	for (i = 0; i < ADDERS; i++)
		for (j = 0; j < NOTES; j++)
			expect(atomic_load(&counted[i][j].runs) == 1, "not run once");
}

START_TEST(no_wake_up_is_lost_to_one_who_polls)
{
	atomic_store(&adders_left, ADDERS);
	unit_run_threads(ADDERS + 1, add_or_run);
	dispatcher_drain(&dispatcher);
	expect_one_run_each();
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
	ck_assert(!is_readable());
}
END_TEST

static void
add_or_drain(unsigned int number)
{
	add_or_run(number < ADDERS ? number : number + 1);
}

START_TEST(several_that_drain_share_the_work)
{
	atomic_store(&adders_left, ADDERS);
	unit_run_threads(ADDERS + RUNNERS, add_or_drain);
	expect_one_run_each();
	ck_assert_uint_eq(atomic_load(&idle_calls), 1);
	ck_assert(!is_readable());
}
END_TEST

void
dispatcher_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, open_dispatcher, close_dispatcher);
	tcase_add_test(tests, each_is_run_once_the_oldest_first);
	tcase_add_test(tests, the_descriptor_is_readable_while_some_are_due);
	tcase_add_test(tests, one_that_runs_may_be_added_again);
	tcase_add_test(tests, complete_with_nothing_due_it_is_idle_at_once);
	tcase_add_test(tests, complete_with_some_due_it_is_idle_when_the_last_has_run);
	tcase_add_test(tests, draining_runs_what_is_due);
	tcase_add_test(tests, draining_waits_for_what_another_thread_runs);
	tcase_add_test(tests, the_descriptor_does_not_go_down_too_late);
	tcase_add_test(tests, no_wake_up_is_lost_to_one_who_polls);
	tcase_add_test(tests, several_that_drain_share_the_work);
}
