/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include "clock.h"
#include "rooms.h"
#include "stopped_clock.h"
#include "window.h"

#define REST 2000

static struct window window;
static struct window_place places[WINDOW_MAXIMUM];

static void
set_up(void)
{
	stopped_clock_advance(0);
	window_init(&window, REST);
}

static void
answer(int count, bool is_needed)
{
	while (count-- > 0)
		window_grow(&window, is_needed);
}

/* Enters as many as there is room for, and looks when time makes room again. */
static void
expect_room_after(int milliseconds, unsigned int count)
{
	unsigned int i;

	ck_assert_uint_eq(window_room(&window), count);
	for (i = 0; i < count; i++) {
		window_place_init(&places[i]);
		window_enter(&window, &places[i]);
	}
	stopped_clock_advance(milliseconds - 1);
	ck_assert_uint_eq(window_room(&window), 0);
	ck_assert_int_eq(window_room_due(&window), clock_after(1));
	stopped_clock_advance(1);
	ck_assert_uint_eq(window_room(&window), count);
}

START_TEST(it_grows_up_to_a_limit)
{
	expect_room_after(WINDOW_FRESH, WINDOW_FIRST);
	answer(1000, false);
	expect_room_after(WINDOW_FRESH, WINDOW_FIRST);
	answer(3, true);
	expect_room_after(WINDOW_FRESH, WINDOW_FIRST + 3);
	answer(WINDOW_MAXIMUM - WINDOW_FIRST - 3, true);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM);
}
END_TEST

START_TEST(after_a_loss)
{
	answer(1000, true);
	window_shrink(&window);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM / 2);
	/* All that are lost at about the same time are one loss. */
	window_shrink(&window);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM / 2);
	answer(WINDOW_MAXIMUM / 2, true);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM / 2 + 1);
	answer(WINDOW_MAXIMUM * WINDOW_MAXIMUM, true);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM);
	stopped_clock_advance(REST);
	window_shrink(&window);
	expect_room_after(WINDOW_FRESH, WINDOW_MAXIMUM / 2);
}
END_TEST

START_TEST(never_less_than_a_few)
{
	int i;

	for (i = 0; i < 20; i++) {
		window_shrink(&window);
		stopped_clock_advance(REST);
	}
	expect_room_after(WINDOW_FRESH, WINDOW_MINIMUM);
}
END_TEST

START_TEST(who_leaves_makes_room)
{
	expect_room_after(WINDOW_FRESH, WINDOW_FIRST);
	window_enter(&window, &places[0]);
	window_enter(&window, &places[1]);
	ck_assert_uint_eq(window_room(&window), WINDOW_FIRST - 2);
	window_leave(&window, &places[0]);
	window_leave(&window, &places[0]); /* it does not count any more */
	ck_assert_uint_eq(window_room(&window), WINDOW_FIRST - 1);
}
END_TEST

void
window_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, NULL);
	tcase_add_test(tests, it_grows_up_to_a_limit);
	tcase_add_test(tests, after_a_loss);
	tcase_add_test(tests, never_less_than_a_few);
	tcase_add_test(tests, who_leaves_makes_room);
}
