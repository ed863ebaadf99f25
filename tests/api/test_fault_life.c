/* SPDX-License-Identifier: MIT */
/* Faults of handles, threads and resolvers' lives: H and L of doc/faults.md. */
#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../support/child.h"
#include "rounds.h"

#define LITERAL "192.0.2.9"
#define POLLERS 8

/* ---- Handles ---- */

struct poller {
	DnsAsyncResult *stale;
	atomic_bool *is_over;
	unsigned long long looks;
	bool was_wrong;
};

static void *
poll_stale(void *argument)
{
	struct poller *poller = argument;

	for (; !atomic_load(poller->is_over); poller->looks++)
		if (!DnsAsyncResultIsCompleted(poller->stale) ||
		    DnsAsyncResultGetState(poller->stale) != NULL)
			poller->was_wrong = true;
	return NULL;
}

/* Slots are used again by operations that are not complete, and have a state. */
START_TEST(h13_polled_while_slots_are_used_again)
{
	struct poller pollers[POLLERS];
	pthread_t threads[POLLERS];
	unsigned int left = rounds(20000);
	atomic_bool is_over;
	DnsAsyncResult *handle;
	int i;

	atomic_init(&is_over, false);
	for (i = 0; i < POLLERS; i++) {
		handle = begin(LITERAL, NULL, NULL);
		end_expecting(handle, DNS_STATUS_OK);
		pollers[i] = (struct poller){.stale = handle, .is_over = &is_over};
		threads[i] = start_thread(poll_stale, &pollers[i]);
	}
	for (; left > 0; left--) {
		handle = begin(HELD_NAME, NULL, &world);
		require(DnsAsyncResultGetState(handle) == &world, "another state");
		DnsAsyncResultCancel(handle);
		end_expecting(handle, DNS_STATUS_CANCELLED);
	}
	atomic_store(&is_over, true);
	for (i = 0; i < POLLERS; i++) {
		join_thread(threads[i]);
		ck_assert(!pollers[i].was_wrong);
	}
}
END_TEST

/* A copy of a descriptor is one of the same object, and lives on its own. */
START_TEST(h15_a_descriptor_passed_on)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *copy = copy_wait_handle(handle);
	struct epoll_event event = {.events = EPOLLIN};
	struct pollfd polled = {.events = POLLIN};
	int set = epoll_create1(EPOLL_CLOEXEC), given = DnsWaitHandleGetDescriptor(copy);

	ck_assert_int_ge(set, 0);
	ck_assert_int_ge(given, 0);
	polled.fd = fcntl(given, F_DUPFD_CLOEXEC, 0);
	ck_assert_int_ge(polled.fd, 0);
	ck_assert_int_eq(epoll_ctl(set, EPOLL_CTL_ADD, given, &event), 0);
	ck_assert_int_eq(poll(&polled, 1, 0), 0);
	world_release();
	end_with_addresses(handle, "198.51.100.8");
	ck_assert_int_eq(poll(&polled, 1, NEVER), 1);
	ck_assert_int_eq(epoll_wait(set, &event, 1, NEVER), 1);
	/* Released while it is in the set, and others come in its place. */
	DnsWaitHandleRelease(copy);
	ck_assert_int_eq(poll(&polled, 1, 0), 1);
	end_expecting(begin("b.test", NULL, NULL), DNS_STATUS_OK);
	ck_assert_int_eq(poll(&polled, 1, 0), 1);
	close(polled.fd);
	close(set);
}
END_TEST

#define DESCRIPTORS 10000

/* As many as the limit allows, most of them beyond what select(2) can take. */
static unsigned int
raise_limit(unsigned int wanted)
{
	struct rlimit limit;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = limit.rlim_max;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	if (limit.rlim_cur < wanted + 100u)
		wanted = (unsigned int)limit.rlim_cur - 100;
	return wanted;
}

static unsigned int
count_readable(struct pollfd *polled, unsigned int count)
{
	int found = poll(polled, count, 0);

	ck_assert_int_ge(found, 0);
	return (unsigned int)found;
}

START_TEST(h16_ten_thousand_descriptors)
{
	static DnsAsyncResult *handles[DESCRIPTORS];
	static DnsWaitHandle *waits[DESCRIPTORS];
	static struct pollfd polled[DESCRIPTORS];
	unsigned int count = raise_limit(rounds(DESCRIPTORS)), i;

	for (i = 0; i < count; i++) {
		handles[i] = begin(i % 2 == 0 ? HELD_NAME : "b.test", NULL, NULL);
		waits[i] = copy_wait_handle(handles[i]);
		polled[i].fd = DnsWaitHandleGetDescriptor(waits[i]);
		require(polled[i].fd >= 0, "no descriptor");
		polled[i].events = POLLIN;
	}
	for (i = 1; i < count; i += 2)
		end_with_addresses(handles[i], "192.0.2.2");
	ck_assert_uint_eq(count_readable(polled, count), count / 2);
	world_release();
	for (i = 0; i < count; i += 2)
		end_with_addresses(handles[i], "198.51.100.8");
	ck_assert_uint_eq(count_readable(polled, count), count);
	for (i = 0; i < count; i++)
		DnsWaitHandleRelease(waits[i]);
}
END_TEST

/* The state is a page that nobody can look into. */
START_TEST(h20_the_state_is_not_looked_into)
{
	void *state = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	DnsAsyncResult *handle;

	ck_assert_ptr_ne(state, MAP_FAILED);
	handle = begin("b.test", NULL, state);
	ck_assert_ptr_eq(DnsAsyncResultGetState(handle), state);
	end_with_addresses(handle, "192.0.2.2");
	end_with_addresses(begin(LITERAL, NULL, state), LITERAL);
	munmap(state, 4096);
}
END_TEST

/* ---- Close and callbacks ---- */

#define PENDING 100000

START_TEST(l01_closed_with_a_hundred_thousand_pending)
{
	unsigned int count = rounds(PENDING), i;
	DnsAsyncResult **handles = calloc(count, sizeof *handles);
	long long begun;
	char name[32];

	ck_assert_ptr_nonnull(handles);
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof name, "n%u.slow.test", i);
		handles[i] = begin(name, NULL, NULL);
	}
	begun = monotonic_now();
	world_close_resolver();
	printf("# l01: %u are closed in %lld ms\n", count, monotonic_now() - begun);
	fflush(stdout);
	ck_assert_int_lt(monotonic_now() - begun, 5000);
	for (i = 0; i < count; i++)
		end_expecting(handles[i], DNS_STATUS_CLOSED);
	free(handles);
}
END_TEST

/* While one blocks, what other loops do goes on; what its own does, after it. */
START_TEST(l05_a_callback_that_blocks)
{
	DnsResolver *other = world_make_resolver(0);
	DnsAsyncResult *overdue;
	struct witness witness;

	overdue = begin(HELD_NAME, NULL, NULL);
	world_await_question(HELD_NAME);
	occupy_loop(&witness);
	DnsAsyncResultSetDeadline(overdue, 0);
	ck_assert_int_eq(GetHostByName(other, "b.test", NULL), DNS_STATUS_OK);
	/* What needs no loop needs none. */
	end_with_addresses(begin(LITERAL, NULL, NULL), LITERAL);
	ck_assert(!DnsAsyncResultIsCompleted(overdue));
	free_loop(&witness);
	end_expecting(overdue, DNS_STATUS_TIMED_OUT);
	DnsResolverClose(other);
}
END_TEST

#define CANCELLED 200

static struct {
	DnsAsyncResult *handles[CANCELLED];
	atomic_uint calls;
} all;

static void
cancel_all(DnsAsyncResult *handle)
{
	int i;

	(void)handle;
	for (i = 0; i < CANCELLED; i++)
		DnsAsyncResultCancel(all.handles[i]);
	atomic_fetch_add(&all.calls, 1);
}

/* Some have been answered by then, in the same turn; each is complete once. */
START_TEST(l06_all_are_cancelled_in_a_callback)
{
	unsigned int left = rounds(40), i, cancelled = 0, count = 0;
	DnsStatus status;
	char name[32];

	for (; left > 0; left--, count += CANCELLED) {
		dns_server_hold(world.server, HELD_NAMES);
		for (i = 0; i < CANCELLED; i++) {
			snprintf(name, sizeof name, "n%u.slow.test", i);
			all.handles[i] = begin(name, cancel_all, NULL);
		}
		world_release();
		for (i = 0; i < CANCELLED; i++) {
			status = EndGetHostByName(all.handles[i], NULL);
			require(status == DNS_STATUS_OK || status == DNS_STATUS_CANCELLED,
				"another status");
			cancelled += status == DNS_STATUS_CANCELLED;
		}
		while (atomic_load(&all.calls) < count + CANCELLED)
			sched_yield();
	}
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&all.calls), count);
	printf("# l06: %u of %u were cancelled\n", cancelled, count);
	fflush(stdout);
}
END_TEST

/* ---- Threads ---- */

#define THREADS 1000

static void *
look_up(void *unused)
{
	DnsAsyncResult *handle;

	(void)unused;
	handle = begin("b.test", NULL, NULL);
	end_with_addresses(handle, "192.0.2.2");
	require(GetHostByName(world.resolver, "a.test", NULL) == DNS_STATUS_OK, "a.test");
	return NULL;
}

/* Each with a stack of 64 KiB, where nothing else needs more. Fault O14. */
START_TEST(l07_a_thousand_threads)
{
	static pthread_t threads[THREADS];
	bool is_plain = child_may_allocate() && child_may_have_threads();
	unsigned int count = rounds(THREADS), i;
	pthread_attr_t attributes;

	pthread_attr_init(&attributes);
	ck_assert_int_eq(
		pthread_attr_setstacksize(&attributes, is_plain ? 65536 : 1 << 20), 0);
	for (i = 0; i < count; i++)
		ck_assert_int_eq(pthread_create(&threads[i], &attributes, look_up, NULL),
				 0);
	for (i = 0; i < count; i++)
		join_thread(threads[i]);
	pthread_attr_destroy(&attributes);
	ck_assert_uint_eq(read_statistics().succeeded, 2 * count);
}
END_TEST

static pthread_key_t key;
static atomic_uint ended;

static void
end_as_destructor(void *handle)
{
	if (EndGetHostByName(handle, NULL) == DNS_STATUS_OK)
		atomic_fetch_add(&ended, 1);
}

static void *
begin_and_leave(void *ret_left)
{
	*(DnsAsyncResult **)ret_left = begin("b.test", NULL, NULL);
	ck_assert_int_eq(pthread_setspecific(key, begin("a.test", NULL, NULL)), 0);
	return NULL;
}

START_TEST(l08_the_thread_that_began_has_ended)
{
	unsigned int left = rounds(100), count = left;
	DnsAsyncResult *handle;

	ck_assert_int_eq(pthread_key_create(&key, end_as_destructor), 0);
	for (; left > 0; left--) {
		join_thread(start_thread(begin_and_leave, &handle));
		end_with_addresses(handle, "192.0.2.2");
	}
	ck_assert_uint_eq(atomic_load(&ended), count);
	pthread_key_delete(key);
}
END_TEST

struct victim {
	DnsAsyncResult *handle;
	DnsWaitHandle *copy;
	sem_t is_there;
	DnsStatus status;
};

/* Where it can be cancelled is after the function. */
static void *
wait_and_end(void *argument)
{
	struct victim *victim = argument;

	sem_post(&victim->is_there);
	if (victim->copy != NULL)
		DnsWaitHandleWaitOne(victim->copy, DNS_WAIT_FOREVER);
	victim->status = EndGetHostByName(victim->handle, NULL);
	for (;;)
		pause();
	return NULL;
}

/* Nobody can see from outside that a thread waits; of so many some will. */
START_TEST(l09_a_thread_cancelled_in_end)
{
	unsigned int left = rounds(100);
	struct victim victim;
	pthread_t thread;
	void *result;
	int i;

	sem_init(&victim.is_there, 0, 0);
	for (; left > 0; left--) {
		dns_server_hold(world.server, HELD_NAMES);
		victim.status = DNS_STATUS_FORKED;
		victim.handle = begin(HELD_NAME, NULL, NULL);
		victim.copy = left % 2 == 0 ? copy_wait_handle(victim.handle) : NULL;
		thread = start_thread(wait_and_end, &victim);
		await(&victim.is_there);
		for (i = 0; i < 100; i++)
			sched_yield();
		ck_assert_int_eq(pthread_cancel(thread), 0);
		world_release();
		ck_assert_int_eq(pthread_join(thread, &result), 0);
		ck_assert_ptr_eq(result, PTHREAD_CANCELED);
		ck_assert_int_eq(victim.status, DNS_STATUS_OK);
		DnsWaitHandleRelease(victim.copy);
	}
	sem_destroy(&victim.is_there);
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
}
END_TEST

/* ---- Signals ---- */

static void
on_signal(int number)
{
	(void)number;
}

/* Ten thousand a second, to whichever thread does not block them. */
static void
storm(bool on)
{
	const struct itimerval every = {.it_interval = {.tv_usec = on ? 100 : 0},
					.it_value = {.tv_usec = on ? 100 : 0}};
	const struct sigaction action = {.sa_handler = on_signal};

	ck_assert_int_eq(sigaction(SIGPROF, &action, NULL), 0);
	ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
	ck_assert_int_eq(setitimer(ITIMER_REAL, &every, NULL), 0);
}

START_TEST(o09_signals_without_end)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *copy = copy_wait_handle(handle);
	unsigned int left;
	long long begun;

	storm(true);
	for (left = rounds(200); left > 0; left--)
		end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	begun = monotonic_now();
	ck_assert_int_eq(DnsWaitHandleWaitOne(copy, SHORT), DNS_WAIT_TIMED_OUT);
	ck_assert_int_ge(monotonic_now() - begun, SHORT);
	DnsAsyncResultSetDeadline(handle, SHORT);
	end_expecting(handle, DNS_STATUS_TIMED_OUT);
	ck_assert_int_ge(monotonic_now() - begun, 2 * SHORT);
	storm(false);
	DnsWaitHandleRelease(copy);
}
END_TEST

/* ---- Descriptors ---- */

#define OPEN 5000

START_TEST(o18_five_thousand_descriptors_are_open)
{
	unsigned int count = raise_limit(OPEN), i;
	static int opened[OPEN];

	for (i = 0; i < count; i++) {
		opened[i] = fcntl(0, F_DUPFD_CLOEXEC, 0);
		ck_assert_int_ge(opened[i], 0);
	}
	world_close_resolver();
	world.resolver = world_make_resolver(0);
	end_with_addresses(begin("b.test", NULL, NULL), "192.0.2.2");
	dns_server_misbehave(world.server, "x.many.test", 0, ANSWER_TRUNCATED);
	end_with_addresses(begin("x.many.test", NULL, NULL), "198.51.100.7");
	for (i = 0; i < count; i++)
		close(opened[i]);
}
END_TEST

/* ---- Before main and after it ---- */

static DnsStatus before_main = DNS_STATUS_FORKED;
static pid_t program;

__attribute__((constructor)) static void
look_up_before_main(void)
{
	program = getpid();
	before_main = GetHostByName(NULL, LITERAL, NULL);
	DnsResolverClose(DnsResolverGetDefault());
}

__attribute__((destructor)) static void
look_up_after_main(void)
{
	if (getpid() != program)
		return; /* the process of a test */
	if (GetHostByName(NULL, LITERAL, NULL) != DNS_STATUS_OK)
		_exit(1);
	DnsResolverClose(DnsResolverGetDefault());
}

START_TEST(l18_before_main_and_after_it)
{
	ck_assert_int_eq(before_main, DNS_STATUS_OK);
	ck_assert_int_eq(GetHostByName(NULL, LITERAL, NULL), DNS_STATUS_OK);
	DnsResolverClose(DnsResolverGetDefault());
}
END_TEST

void
add_life_faults(Suite *suite)
{
	TCase *tests = contract_case(suite, "life");

	tcase_add_test(tests, h13_polled_while_slots_are_used_again);
	tcase_add_test(tests, h15_a_descriptor_passed_on);
	tcase_add_test(tests, h16_ten_thousand_descriptors);
	tcase_add_test(tests, h20_the_state_is_not_looked_into);
	tcase_add_test(tests, l01_closed_with_a_hundred_thousand_pending);
	tcase_add_test(tests, l05_a_callback_that_blocks);
	tcase_add_test(tests, l06_all_are_cancelled_in_a_callback);
	tcase_add_test(tests, l07_a_thousand_threads);
	tcase_add_test(tests, l08_the_thread_that_began_has_ended);
	tcase_add_test(tests, l09_a_thread_cancelled_in_end);
	tcase_add_test(tests, l18_before_main_and_after_it);
	tcase_add_test(tests, o09_signals_without_end);
	tcase_add_test(tests, o18_five_thousand_descriptors_are_open);
}
