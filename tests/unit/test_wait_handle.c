/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>

#include "child.h"
#include "rooms.h"
#include "thread_role.h"
#include "wait_handle_impl.h"

#define MANY 1000

static struct DnsWaitHandle gates[MANY];
static DnsWaitHandle *handles[MANY];
static int unused_count;

static void
on_unused(struct DnsWaitHandle *handle)
{
	ck_assert_ptr_eq(handle, &gates[0]);
	unused_count++;
}

static void
set_up(size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		wait_handle_init(&gates[i], on_unused);
		handles[i] = &gates[i];
	}
}

static void
tear_down(size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		ck_assert(list_is_empty(&gates[i].waiters));
		wait_handle_destroy(&gates[i]);
	}
}

/* Until so many waits have a place in the handle's list. */
static void
await_waiters(struct DnsWaitHandle *handle, size_t wanted)
{
	const struct list *link;
	size_t count;

	do {
		sched_yield();
		count = 0;
		pthread_mutex_lock(&handle->lock);
		for (link = handle->waiters.next; link != &handle->waiters;
		     link = link->next)
			count++;
		pthread_mutex_unlock(&handle->lock);
	} while (count < wanted);
}

START_TEST(it_opens_once_and_stays_open)
{
	int i;

	set_up(1);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 1), DNS_WAIT_TIMED_OUT);
	wait_handle_signal(handles[0]);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 0), DNS_WAIT_SIGNALED);
		ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], INT_MAX),
				 DNS_WAIT_SIGNALED);
		ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], DNS_WAIT_FOREVER),
				 DNS_WAIT_SIGNALED);
		wait_handle_await(handles[0]);
	}
	tear_down(1);
}
END_TEST

static void
expect_einval(DnsWaitResult result)
{
	ck_assert_int_eq(result, DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
}

/* Fault H09. */
START_TEST(wrong_arguments_are_refused)
{
	DnsWaitHandle *with_hole[3];
	size_t index = 77;

	set_up(2);
	wait_handle_signal(handles[0]);
	with_hole[0] = handles[0];
	with_hole[1] = handles[1];
	with_hole[2] = NULL;
	errno = 0;
	expect_einval(DnsWaitHandleWaitOne(NULL, 0));
	expect_einval(DnsWaitHandleWaitOne(handles[0], -2));
	expect_einval(DnsWaitHandleWaitOne(handles[0], INT_MIN));
	expect_einval(DnsWaitHandleWaitAny(NULL, 1, 0, &index));
	expect_einval(DnsWaitHandleWaitAny(handles, 0, 0, &index));
	expect_einval(DnsWaitHandleWaitAny(with_hole, 3, 0, &index));
	expect_einval(DnsWaitHandleWaitAny(handles, 2, -2, &index));
	expect_einval(DnsWaitHandleWaitAll(NULL, 1, 0));
	expect_einval(DnsWaitHandleWaitAll(handles, 0, 0));
	expect_einval(DnsWaitHandleWaitAll(with_hole, 3, 0));
	expect_einval(DnsWaitHandleWaitAll(handles, 1, -2));
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(NULL), -1);
	ck_assert_int_eq(errno, EINVAL);
	DnsWaitHandleRelease(NULL);
	ck_assert_uint_eq(index, 77);
	tear_down(2);
}
END_TEST

START_TEST(any_gives_the_lowest_index)
{
	size_t index = 77;

	set_up(3);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 3, 0, &index), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 3, 1, &index), DNS_WAIT_TIMED_OUT);
	ck_assert_uint_eq(index, 77);
	wait_handle_signal(handles[2]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 3, 0, &index), DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 2);
	wait_handle_signal(handles[1]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 3, DNS_WAIT_FOREVER, &index),
			 DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 1);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 3, 0, NULL), DNS_WAIT_SIGNALED);
	tear_down(3);
}
END_TEST

START_TEST(all_wants_all)
{
	set_up(3);
	wait_handle_signal(handles[0]);
	wait_handle_signal(handles[2]);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 1), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 1, 0), DNS_WAIT_SIGNALED);
	wait_handle_signal(handles[1]);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 0), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	tear_down(3);
}
END_TEST

START_TEST(a_handle_may_stand_there_twice)
{
	DnsWaitHandle *doubled[4];
	size_t index = 77;

	set_up(2);
	doubled[0] = doubled[2] = handles[0];
	doubled[1] = doubled[3] = handles[1];
	ck_assert_int_eq(DnsWaitHandleWaitAny(doubled, 4, 1, &index), DNS_WAIT_TIMED_OUT);
	wait_handle_signal(handles[1]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(doubled, 4, 1, &index), DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 1);
	ck_assert_int_eq(DnsWaitHandleWaitAll(doubled, 4, 1), DNS_WAIT_TIMED_OUT);
	wait_handle_signal(handles[0]);
	ck_assert_int_eq(DnsWaitHandleWaitAll(doubled, 4, 1), DNS_WAIT_SIGNALED);
	tear_down(2);
}
END_TEST

/* The waiter is woken by its handles, in whatever order, and by nothing less than it
 * waits for: otherwise it would come back with DNS_WAIT_TIMED_OUT. */
static DnsWaitHandle *waited_for[2 * MANY];
static size_t waited_count;

static void
wait_all_or_signal(unsigned int number)
{
	size_t i;

	if (number == 0) {
		ck_assert_int_eq(
			DnsWaitHandleWaitAll(waited_for, waited_count, DNS_WAIT_FOREVER),
			DNS_WAIT_SIGNALED);
		return;
	}
	/* Places are taken from first to last. */
	await_waiters(waited_for[waited_count - 1], waited_count > MANY ? 2 : 1);
	for (i = 0; i < waited_count && i < MANY; i++)
		wait_handle_signal(waited_for[i]);
}

START_TEST(waiting_for_all_of_many)
{
	size_t i;

	set_up(MANY);
	waited_count = _i == 0 ? 3 : _i == 1 ? 17 : MANY;
	for (i = 0; i < waited_count; i++)
		waited_for[i] = handles[waited_count - 1 - i];
	unit_run_threads(2, wait_all_or_signal);
	tear_down(MANY);
}
END_TEST

START_TEST(waiting_for_all_of_doubled_ones)
{
	size_t i;

	set_up(MANY);
	waited_count = 2 * MANY;
	for (i = 0; i < MANY; i++)
		waited_for[i] = waited_for[MANY + i] = handles[i];
	unit_run_threads(2, wait_all_or_signal);
	tear_down(MANY);
}
END_TEST

static size_t signaled_index;

static void
wait_any_or_signal(unsigned int number)
{
	size_t index = 0;

	if (number == 0) {
		ck_assert_int_eq(
			DnsWaitHandleWaitAny(handles, MANY, DNS_WAIT_FOREVER, &index),
			DNS_WAIT_SIGNALED);
		ck_assert_uint_eq(index, signaled_index);
		return;
	}
	await_waiters(handles[MANY - 1], 1);
	wait_handle_signal(handles[signaled_index]);
}

START_TEST(waiting_for_any_of_many)
{
	const size_t indexes[] = { 0, 500, MANY - 1 };

	set_up(MANY);
	signaled_index = indexes[_i];
	unit_run_threads(2, wait_any_or_signal);
	tear_down(MANY);
}
END_TEST

static void
await_or_signal(unsigned int number)
{
	if (number == 0) {
		await_waiters(handles[0], 3);
		wait_handle_signal(handles[0]);
	} else if (number == 1) {
		wait_handle_await(handles[0]);
	} else {
		ck_assert_int_eq(
			DnsWaitHandleWaitOne(handles[0], number == 2 ? INT_MAX : -1),
			DNS_WAIT_SIGNALED);
	}
}

START_TEST(all_threads_that_wait_are_woken)
{
	set_up(1);
	unit_run_threads(4, await_or_signal);
	tear_down(1);
}
END_TEST

/* Those that wait, with whatever limit, against the one that signals. */
static void
race(unsigned int number)
{
	DnsWaitResult result;
	int i;

	if (number == 0) {
		wait_handle_signal(handles[0]);
		wait_handle_signal(handles[1]);
		return;
	}
	for (i = 0; i < 5; i++) {
		result = number == 1 ? DnsWaitHandleWaitAll(handles, 2, i - 1) :
				       DnsWaitHandleWaitAny(handles, 2, i - 1, NULL);
		expect(result == DNS_WAIT_SIGNALED ||
			       (i > 0 && result == DNS_WAIT_TIMED_OUT),
		       "a wait has failed");
		expect(DnsWaitHandleGetDescriptor(handles[0]) >= 0, "no descriptor");
	}
}

START_TEST(no_signal_is_lost_in_a_race)
{
	int round;

	for (round = 0; round < 200; round++) {
		set_up(2);
		unit_run_threads(3, race);
		tear_down(2);
	}
}
END_TEST

START_TEST(waits_that_time_out_leave_no_trace)
{
	size_t i, index;

	set_up(20);
	for (i = 0; i < 20; i++)
		handles[i] = &gates[i / 2];
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 20, 1, &index),
				 DNS_WAIT_TIMED_OUT);
		ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 20, 1),
				 DNS_WAIT_TIMED_OUT);
		ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 1), DNS_WAIT_TIMED_OUT);
	}
	for (i = 0; i < 20; i++)
		ck_assert(list_is_empty(&gates[i].waiters));
	wait_handle_signal(&gates[5]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 20, 1, &index), DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 10);
	tear_down(20);
}
END_TEST

static sem_t handled;

static void
on_signal(int number)
{
	(void)number;
	sem_post(&handled);
}

static pthread_t waiting_thread;

static void
wait_through_signals(unsigned int number)
{
	int i;

	if (number == 0) {
		waiting_thread = pthread_self();
		ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], INT_MAX),
				 DNS_WAIT_SIGNALED);
		return;
	}
	await_waiters(handles[0], 1);
	for (i = 0; i < 10; i++) {
		pthread_kill(waiting_thread, SIGUSR1);
		while (sem_wait(&handled) < 0)
			ck_assert_int_eq(errno, EINTR);
	}
	wait_handle_signal(handles[0]);
}

/* Fault O09. */
START_TEST(a_signal_handler_does_not_end_a_wait)
{
	struct sigaction action = { .sa_handler = on_signal };

	set_up(1);
	sem_init(&handled, 0, 0);
	ck_assert_int_eq(sigaction(SIGUSR1, &action, NULL), 0);
	unit_run_threads(2, wait_through_signals);
	sem_destroy(&handled);
	tear_down(1);
}
END_TEST

/* A loop's thread may not wait for ever for what has not come. */
static void
wait_on_a_loop(unsigned int number)
{
	size_t index;

	(void)number;
	thread_role_set_loop(true);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], -1), DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EDEADLK);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 2, -1, &index), DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EDEADLK);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 2, -1), DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EDEADLK);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 1), DNS_WAIT_TIMED_OUT);
	wait_handle_signal(handles[1]);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[1], -1), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 2, -1, &index), DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 1);
}

START_TEST(a_loop_does_not_wait_for_ever)
{
	set_up(2);
	unit_run_threads(1, wait_on_a_loop);
	tear_down(2);
}
END_TEST

static bool
is_readable(int descriptor)
{
	struct pollfd watched = { .fd = descriptor, .events = POLLIN };

	return poll(&watched, 1, 0) == 1 && (watched.revents & POLLIN) != 0;
}

START_TEST(the_descriptor_is_readable_from_the_signal_on)
{
	bool signaled_before = _i == 1;
	int descriptor;

	set_up(1);
	ck_assert_int_eq(gates[0].notifier.descriptor, -1);
	if (signaled_before)
		wait_handle_signal(handles[0]);
	descriptor = DnsWaitHandleGetDescriptor(handles[0]);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(is_readable(descriptor), signaled_before);
	if (!signaled_before)
		wait_handle_signal(handles[0]);
	ck_assert(is_readable(descriptor));
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(handles[0]), descriptor);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], -1), DNS_WAIT_SIGNALED);
	ck_assert(is_readable(descriptor));
	tear_down(1);
	ck_assert_int_eq(fcntl(descriptor, F_GETFD), -1);
}
END_TEST

/* Fault O01. */
START_TEST(without_descriptors_only_the_descriptor_fails)
{
	struct rlimit limit, none;
	int descriptor;

	set_up(1);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(handles[0]), -1);
	ck_assert_int_eq(errno, EMFILE);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 1), DNS_WAIT_TIMED_OUT);
	wait_handle_signal(handles[0]);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], -1), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(handles[0]), -1);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	descriptor = DnsWaitHandleGetDescriptor(handles[0]);
	ck_assert_int_ge(descriptor, 0);
	ck_assert(is_readable(descriptor));
	tear_down(1);
}
END_TEST

START_TEST(the_last_copy_is_noticed)
{
	set_up(1);
	ck_assert(wait_handle_copy(handles[0]));
	ck_assert(!wait_handle_copy(handles[0]));
	DnsWaitHandleRelease(handles[0]);
	ck_assert_int_eq(unused_count, 0);
	DnsWaitHandleRelease(handles[0]);
	ck_assert_int_eq(unused_count, 1);
	ck_assert(wait_handle_copy(handles[0]));
	DnsWaitHandleRelease(handles[0]);
	ck_assert_int_eq(unused_count, 2);
	tear_down(1);
}
END_TEST

/* ---- In a child process ---- */

static struct DnsWaitHandle own_gate;

static void *
signal_own(void *argument)
{
	await_waiters(&own_gate, 1);
	wait_handle_signal(&own_gate);
	return argument;
}

/* What is waited for together with inherited ones has to come all the same. */
static void
wait_for_mixed(void)
{
	DnsWaitHandle *mixed[3];
	size_t index = 77;
	pthread_t thread;

	mixed[0] = &own_gate;
	mixed[1] = handles[0];
	mixed[2] = handles[1];
	wait_handle_init(&own_gate, NULL);
	child_expect(!wait_handle_is_inherited(&own_gate));
	child_expect(DnsWaitHandleWaitAll(mixed, 3, 1) == DNS_WAIT_TIMED_OUT);
	child_expect(DnsWaitHandleWaitAny(mixed, 3, -1, &index) == DNS_WAIT_SIGNALED);
	child_expect(index == 1);
	child_expect(pthread_create(&thread, NULL, signal_own, NULL) == 0);
	child_expect(DnsWaitHandleWaitAll(mixed, 3, -1) == DNS_WAIT_SIGNALED);
	child_expect(pthread_join(thread, NULL) == 0);
	child_expect(DnsWaitHandleWaitAny(mixed, 3, 0, &index) == DNS_WAIT_SIGNALED);
	child_expect(index == 0);
	wait_handle_destroy(&own_gate);
}

/* Somebody in the parent has the lock. */
static void
wait_for_inherited(void *argument)
{
	(void)argument;
	child_expect(wait_handle_is_inherited(handles[0]));
	child_expect(DnsWaitHandleWaitOne(handles[0], 0) == DNS_WAIT_SIGNALED);
	child_expect(DnsWaitHandleWaitOne(handles[0], -1) == DNS_WAIT_SIGNALED);
	child_expect(DnsWaitHandleWaitAll(handles, 2, -1) == DNS_WAIT_SIGNALED);
	wait_handle_await(handles[0]);
	errno = 0;
	child_expect(DnsWaitHandleGetDescriptor(handles[0]) == -1 && errno == ECHILD);
	DnsWaitHandleRelease(handles[0]);
	DnsWaitHandleRelease(handles[0]);
	child_expect(unused_count == 0);
	if (child_may_have_threads())
		wait_for_mixed();
}

START_TEST(in_a_child_an_inherited_one_is_open_and_left_alone)
{
	bool has_succeeded;

	set_up(2);
	ck_assert(wait_handle_copy(handles[0]));
	ck_assert_int_ge(DnsWaitHandleGetDescriptor(handles[0]), 0);
	ck_assert(!wait_handle_is_inherited(handles[0]));
	pthread_mutex_lock(&handles[0]->lock);
	has_succeeded = child_run(wait_for_inherited, NULL);
	pthread_mutex_unlock(&handles[0]->lock);
	ck_assert(has_succeeded);
	ck_assert(!is_readable(DnsWaitHandleGetDescriptor(handles[0])));
	ck_assert_int_eq(DnsWaitHandleWaitOne(handles[0], 0), DNS_WAIT_TIMED_OUT);
	DnsWaitHandleRelease(handles[0]);
	ck_assert_int_eq(unused_count, 1);
	tear_down(2);
}
END_TEST

void
wait_handle_tests(TCase *tests)
{
	tcase_add_test(tests, it_opens_once_and_stays_open);
	tcase_add_test(tests, wrong_arguments_are_refused);
	tcase_add_test(tests, any_gives_the_lowest_index);
	tcase_add_test(tests, all_wants_all);
	tcase_add_test(tests, a_handle_may_stand_there_twice);
	tcase_add_loop_test(tests, waiting_for_all_of_many, 0, 3);
	tcase_add_test(tests, waiting_for_all_of_doubled_ones);
	tcase_add_loop_test(tests, waiting_for_any_of_many, 0, 3);
	tcase_add_test(tests, all_threads_that_wait_are_woken);
	tcase_add_test(tests, no_signal_is_lost_in_a_race);
	tcase_add_test(tests, waits_that_time_out_leave_no_trace);
	tcase_add_test(tests, a_signal_handler_does_not_end_a_wait);
	tcase_add_test(tests, a_loop_does_not_wait_for_ever);
	tcase_add_loop_test(tests, the_descriptor_is_readable_from_the_signal_on, 0, 2);
	tcase_add_test(tests, without_descriptors_only_the_descriptor_fails);
	tcase_add_test(tests, the_last_copy_is_noticed);
	tcase_add_test(tests, in_a_child_an_inherited_one_is_open_and_left_alone);
}
