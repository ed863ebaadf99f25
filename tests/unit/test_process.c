/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <stdatomic.h>
#include <unistd.h>

#include "child.h"
#include "process.h"
#include "rooms.h"

#define FORKS 30

START_TEST(a_process_keeps_its_stamp)
{
	unsigned int stamp = process_stamp();

	ck_assert_uint_ne(stamp, 0);
	ck_assert(process_watch_forks());
	ck_assert_uint_eq(process_stamp(), stamp);
}
END_TEST

static void
differ_from(void *argument)
{
	const unsigned int *stamps = argument;
	unsigned int own[3] = { stamps[0], stamps[1], process_stamp() };

	child_expect(own[2] != 0 && own[2] != own[0] && own[2] != own[1]);
	if (own[0] == 0) {
		own[0] = own[1];
		own[1] = own[2];
		child_expect(child_run(differ_from, own));
	}
	child_expect(process_stamp() == own[2]);
}

START_TEST(a_child_and_its_child_have_their_own)
{
	unsigned int stamps[2] = { 0, process_stamp() };

	ck_assert(child_run(differ_from, stamps));
	ck_assert_uint_eq(process_stamp(), stamps[1]);
}
END_TEST

/* Half done whenever one of the locks is held. */
static struct {
	int before, after;
} guarded[PROCESS_LOCKS];
static atomic_bool is_over;

static void
change_what_is_guarded(unsigned int number)
{
	enum process_lock which = (enum process_lock)(number - 1);
	int i;

	if (number == 0) {
		for (i = 0; i < FORKS; i++) {
			pid_t child = fork();

			/* The locks are looked at in the child. */
			if (child == 0) {
				child_begin();
				for (i = 0; i < PROCESS_LOCKS; i++) {
					process_lock((enum process_lock)i);
					child_expect(guarded[i].before ==
						     guarded[i].after);
					process_unlock((enum process_lock)i);
				}
				_exit(0);
			}
			expect(child > 0 && child_succeeds(child), "a child has failed");
		}
		atomic_store(&is_over, true);
	}
	while (number > 0 && !atomic_load(&is_over)) {
		process_lock(which);
		guarded[which].before++;
		atomic_signal_fence(memory_order_seq_cst);
		guarded[which].after++;
		process_unlock(which);
	}
}

START_TEST(no_lock_is_held_in_a_child)
{
	unit_run_threads(1 + PROCESS_LOCKS, change_what_is_guarded);
}
END_TEST

/* As they are held together. */
static void
nest_locks(unsigned int number)
{
	int i;

	if (number == 0) {
		for (i = 0; i < FORKS; i++) {
			pid_t child = fork();

			if (child == 0)
				_exit(0);
			expect(child > 0 && child_succeeds(child), "a child has failed");
		}
		atomic_store(&is_over, true);
	}
	while (number > 0 && !atomic_load(&is_over)) {
		for (i = 0; i < PROCESS_LOCKS; i++)
			process_lock((enum process_lock)i);
		for (i = 0; i < PROCESS_LOCKS; i++)
			process_unlock((enum process_lock)i);
	}
}

START_TEST(a_fork_takes_them_in_their_order)
{
	atomic_store(&is_over, false);
	unit_run_threads(3, nest_locks);
}
END_TEST

/* As of a program that uses the library in its own handlers. */
static unsigned int stamp_before, stamp_in_parent, stamp_in_child;

static void
before_fork(void)
{
	stamp_before = process_stamp();
	process_lock(PROCESS_LOCK_HANDLE_TABLE);
	process_unlock(PROCESS_LOCK_HANDLE_TABLE);
}

static void
in_parent(void)
{
	stamp_in_parent = process_stamp();
	process_lock(PROCESS_LOCK_HANDLE_TABLE);
	process_unlock(PROCESS_LOCK_HANDLE_TABLE);
}

static void
in_child(void)
{
	stamp_in_child = process_stamp();
	process_lock(PROCESS_LOCK_HANDLE_TABLE);
	process_unlock(PROCESS_LOCK_HANDLE_TABLE);
}

static void
compare_stamps(void *argument)
{
	(void)argument;
	child_expect(stamp_before != 0 && stamp_before != process_stamp());
	child_expect(stamp_in_child == process_stamp());
}

START_TEST(handlers_of_the_program_come_within_ours)
{
	ck_assert_int_eq(pthread_atfork(before_fork, in_parent, in_child), 0);
	ck_assert(child_run(compare_stamps, NULL));
	ck_assert_uint_eq(stamp_before, process_stamp());
	ck_assert_uint_eq(stamp_in_parent, process_stamp());
	ck_assert_uint_eq(stamp_in_child, 0);
}
END_TEST

void
process_tests(TCase *tests)
{
	tcase_add_test(tests, a_process_keeps_its_stamp);
	tcase_add_test(tests, a_child_and_its_child_have_their_own);
	tcase_add_test(tests, no_lock_is_held_in_a_child);
	tcase_add_test(tests, a_fork_takes_them_in_their_order);
	tcase_add_test(tests, handlers_of_the_program_come_within_ours);
}
