/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>
#include <sched.h>

#include "clock.h"
#include "rooms.h"
#include "waiter.h"

static struct waiter waiter;
static atomic_bool is_owed, is_being_let_go;

START_TEST(only_the_last_signal_owes_anything)
{
	waiter_init(&waiter, 3);
	ck_assert(!waiter_count(&waiter));
	ck_assert(!waiter_count(&waiter));
	ck_assert(waiter_count(&waiter));
	ck_assert(!waiter_count(&waiter));
	waiter_let_go(&waiter);
	waiter_sleep(&waiter, _i == 0 ? -1 : clock_after(100000));
	waiter_destroy(&waiter);
}
END_TEST

START_TEST(after_its_time_nothing_counts)
{
	waiter_init(&waiter, 1);
	errno = 77;
	waiter_sleep(&waiter, clock_after(1) - _i * 1000);
	ck_assert_int_eq(errno, 77);
	ck_assert(!waiter_count(&waiter));
	waiter_destroy(&waiter);
}
END_TEST

START_TEST(its_time_does_not_come_early)
{
	int64_t due = clock_after(3);

	waiter_init(&waiter, 1);
	waiter_sleep(&waiter, due);
	ck_assert_int_ge(clock_now(), due);
	waiter_destroy(&waiter);
}
END_TEST

/* Its time has come, but somebody who may touch it has not let it go yet. */
static void
sleep_or_let_go(unsigned int number)
{
	int i;

	if (number == 0) {
		while (!atomic_load(&is_owed))
			sched_yield();
		waiter_sleep(&waiter, 0);
		expect(atomic_load(&is_being_let_go), "it has left before it was let go");
		return;
	}
	expect(waiter_count(&waiter), "one was missing");
	atomic_store(&is_owed, true);
	for (i = 0; i < 1000; i++)
		sched_yield();
	atomic_store(&is_being_let_go, true);
	waiter_let_go(&waiter);
}

START_TEST(who_is_owed_is_waited_for)
{
	waiter_init(&waiter, 1);
	unit_run_threads(2, sleep_or_let_go);
	waiter_destroy(&waiter);
}
END_TEST

void
waiter_tests(TCase *tests)
{
	tcase_add_loop_test(tests, only_the_last_signal_owes_anything, 0, 2);
	tcase_add_loop_test(tests, after_its_time_nothing_counts, 0, 2);
	tcase_add_test(tests, its_time_does_not_come_early);
	tcase_add_test(tests, who_is_owed_is_waited_for);
}
