/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdlib.h>

#include "list.h"
#include "rooms.h"
#include "timer_heap.h"

struct alarm {
	int before;
	struct timer timer;
	int64_t due;	/* what the model says */
	bool is_set;
};

static struct timer_heap heap;

static void
never(struct timer *timer)
{
	(void)timer;
	ck_abort_msg("a heap fires nothing");
}

static void
set(struct alarm *alarm, int64_t due)
{
	timer_heap_set(&heap, &alarm->timer, due);
	alarm->due = due;
	alarm->is_set = true;
	expect(timer_is_set(&alarm->timer), "not set");
	expect(alarm->timer.due == due, "not due when it was set to");
}

static void
clear(struct alarm *alarm)
{
	timer_heap_clear(&heap, &alarm->timer);
	alarm->is_set = false;
	expect(!timer_is_set(&alarm->timer), "not cleared");
}

static struct alarm *
take_first(void)
{
	struct alarm *first;

	if (heap.first == NULL)
		return NULL;
	first = container_of(heap.first, struct alarm, timer);
	expect(first->is_set, "the first is not set");
	expect(first->timer.due == first->due, "the first is due at another time");
	clear(first);
	return first;
}

static void
init_alarms(struct alarm *alarms, int count)
{
	int i;

	heap.first = NULL;
	for (i = 0; i < count; i++) {
		timer_init(&alarms[i].timer, never);
		alarms[i].is_set = false;
		expect(!timer_is_set(&alarms[i].timer), "set from the beginning");
	}
}

START_TEST(timers_come_when_they_are_due)
{
	const int64_t dues[] = { 5, INT64_MAX, 3, -7, 9, 0, INT64_MIN, 4 };
	const int64_t sorted[] = { INT64_MIN, -7, 0, 3, 4, 5, 9, INT64_MAX };
	struct alarm alarms[8];
	int i;

	init_alarms(alarms, 8);
	ck_assert_ptr_null(take_first());
	for (i = 0; i < 8; i++)
		set(&alarms[i], dues[i]);
	for (i = 0; i < 8; i++)
		ck_assert_int_eq(take_first()->due, sorted[i]);
	ck_assert_ptr_null(heap.first);
}
END_TEST

START_TEST(those_due_together_all_come)
{
	struct alarm alarms[100];
	int i;

	init_alarms(alarms, 100);
	for (i = 0; i < 100; i++)
		set(&alarms[i], 7);
	for (i = 0; i < 100; i++)
		ck_assert_int_eq(take_first()->due, 7);
	ck_assert_ptr_null(heap.first);
}
END_TEST

/* Set ten times in rising order, then one cleared: root, child or inner node, by its
 * number, and with children below it once the first was taken. */
START_TEST(any_timer_can_be_cleared)
{
	struct alarm alarms[10];
	int i, expected;

	init_alarms(alarms, 10);
	for (i = 0; i < 10; i++)
		set(&alarms[i], i);
	ck_assert_ptr_eq(take_first(), &alarms[0]);
	if (_i > 0)
		clear(&alarms[_i]);
	for (expected = 1; expected < 10; expected++)
		if (expected != _i)
			ck_assert_ptr_eq(take_first(), &alarms[expected]);
	ck_assert_ptr_null(heap.first);
}
END_TEST

START_TEST(clearing_one_that_is_not_set_does_nothing)
{
	struct alarm alarms[3];

	init_alarms(alarms, 3);
	clear(&alarms[0]);
	set(&alarms[1], 1);
	set(&alarms[2], 2);
	clear(&alarms[0]);
	clear(&alarms[1]);
	clear(&alarms[1]);
	ck_assert_ptr_eq(take_first(), &alarms[2]);
	ck_assert_ptr_null(heap.first);
}
END_TEST

START_TEST(set_anew_it_is_due_then)
{
	struct alarm alarms[3];
	int i;

	init_alarms(alarms, 3);
	for (i = 0; i < 3; i++)
		set(&alarms[i], 10 * i);
	set(&alarms[0], 15);
	set(&alarms[2], 5);
	set(&alarms[1], 10);
	ck_assert_ptr_eq(take_first(), &alarms[2]);
	ck_assert_ptr_eq(take_first(), &alarms[1]);
	ck_assert_ptr_eq(take_first(), &alarms[0]);
	ck_assert_ptr_null(heap.first);
}
END_TEST

#define ALARMS 10000
#define STEPS 100000

/* The earliest of those that are set, by looking at all of them now and then. */
static void
compare_first(const struct alarm *alarms)
{
	int64_t earliest = INT64_MAX;
	bool any = false;
	int i;

	for (i = 0; i < ALARMS; i++) {
		if (!alarms[i].is_set)
			continue;
		any = true;
		if (alarms[i].due < earliest)
			earliest = alarms[i].due;
	}
	ck_assert_int_eq(heap.first != NULL, any);
	if (any)
		ck_assert_int_eq(heap.first->due, earliest);
}

static int
compare_dues(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Takes out all that is left: the dues of the model, sorted. */
static void
compare_all(const struct alarm *alarms)
{
	int64_t *dues = malloc(ALARMS * sizeof *dues);
	size_t count = 0, i;

	ck_assert_ptr_nonnull(dues);
	for (i = 0; i < ALARMS; i++)
		if (alarms[i].is_set)
			dues[count++] = alarms[i].due;
	qsort(dues, count, sizeof *dues, compare_dues);
	for (i = 0; i < count; i++)
		expect(take_first()->due == dues[i], "not in the order they are due");
	ck_assert_ptr_null(heap.first);
	free(dues);
}

/* Many dues are equal, as those of lookups begun together are. */
START_TEST(it_agrees_with_a_simple_model)
{
	struct alarm *alarms = malloc(ALARMS * sizeof *alarms), *alarm;
	struct dice dice;
	int step;

	ck_assert_ptr_nonnull(alarms);
	dice_init(&dice);
	init_alarms(alarms, ALARMS);
	for (step = 0; step < STEPS; step++) {
		alarm = &alarms[dice_roll(&dice, ALARMS)];
		switch (dice_roll(&dice, 8)) {
		case 0:
			take_first();
			break;
		case 1:
		case 2:
			clear(alarm);
			break;
		default:
			set(alarm, (int64_t)dice_roll(&dice, 1000) - 500);
			break;
		}
		if (step % 500 == 0)
			compare_first(alarms);
	}
	compare_all(alarms);
	free(alarms);
}
END_TEST

/* Set from both ends, taken in order: no recursion, no quadratic time. */
START_TEST(a_long_heap_is_no_deep_one)
{
	enum { COUNT = 100000 };
	struct alarm *alarms = malloc(COUNT * sizeof *alarms);
	int i;

	ck_assert_ptr_nonnull(alarms);
	init_alarms(alarms, COUNT);
	for (i = 0; i < COUNT; i++)
		set(&alarms[i], i % 2 ? i : -i);
	for (i = 0; i < COUNT / 2; i++)
		expect(take_first()->due == -(COUNT - 2 - 2 * i), "not in order");
	for (i = 0; i < COUNT / 2; i++)
		expect(take_first()->due == 2 * i + 1, "not in order");
	ck_assert_ptr_null(heap.first);
	free(alarms);
}
END_TEST

void
timer_heap_tests(TCase *tests)
{
	tcase_add_test(tests, timers_come_when_they_are_due);
	tcase_add_test(tests, those_due_together_all_come);
	tcase_add_loop_test(tests, any_timer_can_be_cleared, 0, 10);
	tcase_add_test(tests, clearing_one_that_is_not_set_does_nothing);
	tcase_add_test(tests, set_anew_it_is_due_then);
	tcase_add_test(tests, it_agrees_with_a_simple_model);
	tcase_add_test(tests, a_long_heap_is_no_deep_one);
}
