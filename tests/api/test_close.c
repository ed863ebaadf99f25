/* SPDX-License-Identifier: MIT */
/* DnsResolverClose: a barrier, which completes what is pending, from wherever it is
 * called; and what outlives a resolver. */
#include "contract.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>

#include "rounds.h"

#define PENDING 100
#define QUEUED	10000
#define BLOCKED 4
#define CLOSERS 8

static const char literal[] = "192.0.2.1";

/* ---- What is pending ---- */

/* Fault H07. */
START_TEST(pending_operations_complete_with_closed)
{
	DnsAsyncResult *handles[PENDING], *done = begin("a.test", NULL, NULL);
	struct witness witnesses[PENDING];
	int i;

	while (!DnsAsyncResultIsCompleted(done))
		;
	for (i = 0; i < PENDING; i++) {
		witness_init(&witnesses[i]);
		handles[i] = begin(HELD_NAME, on_completion, &witnesses[i]);
	}
	world_close_resolver();
	for (i = 0; i < PENDING; i++) {
		ck_assert_uint_eq(atomic_load(&witnesses[i].calls), 1);
		ck_assert_ptr_eq(witnesses[i].handle, handles[i]);
		ck_assert(DnsAsyncResultIsCompleted(handles[i]));
		ck_assert_ptr_eq(DnsAsyncResultGetState(handles[i]), &witnesses[i]);
		end_expecting(handles[i], DNS_STATUS_CLOSED);
		ck_assert_int_eq(EndGetHostByName(handles[i], NULL),
				 DNS_STATUS_INVALID_OPERATION);
		witness_destroy(&witnesses[i]);
	}
	/* What had come is still there. */
	end_with_addresses(done, "192.0.2.1 2001:db8::1");
}
END_TEST

/* Ends that never come keep nothing back, and the counts show how many there are.
 * Fault H12. */
START_TEST(forgotten_ends)
{
	static const char *const names[] = {literal, "a.test", "missing.test"};
	DnsAsyncResult *handles[PENDING];
	DnsStatistics statistics;
	int i;

	for (i = 0; i < PENDING; i++)
		handles[i] = begin(names[i % 3], NULL, NULL);
	for (i = 0; i < PENDING; i++)
		while (!DnsAsyncResultIsCompleted(handles[i]))
			sched_yield();
	end_with_addresses(handles[0], literal);
	statistics = read_statistics();
	ck_assert_uint_eq(statistics.begun, PENDING);
	ck_assert_uint_eq(statistics.completed, PENDING);
	ck_assert_uint_eq(statistics.ended, 1);
	world_close_resolver();
	world_stop_server();
	ck_assert_int_eq(count_descriptors(), world.descriptors);
	end_with_addresses(handles[1], "192.0.2.1 2001:db8::1");
}
END_TEST

/* Fault L01. */
START_TEST(ten_thousand_in_the_queue)
{
	static DnsAsyncResult *handles[QUEUED];
	unsigned int count = rounds(QUEUED), i;
	struct witness witness;

	witness_init(&witness);
	for (i = 0; i < count; i++)
		handles[i] = BeginGetHostByName(world.resolver, HELD_NAME, on_completion,
						&witness);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&witness.calls), count);
	for (i = 0; i < count; i++)
		if (EndGetHostByName(handles[i], NULL) != DNS_STATUS_CLOSED)
			ck_abort_msg("operation %u is not closed", i);
	witness_destroy(&witness);
}
END_TEST

struct ender {
	DnsAsyncResult *handle;
	DnsStatus status;
};

static void *
end_it(void *argument)
{
	struct ender *ender = argument;

	ender->status = EndGetHostByName(ender->handle, NULL);
	return NULL;
}

/* Nobody can see from outside that a thread blocks; of so many some will. */
START_TEST(blocked_ends_wake)
{
	unsigned int left = rounds(200);
	struct ender enders[BLOCKED];
	pthread_t threads[BLOCKED];
	int i;

	for (; left > 0; left--) {
		for (i = 0; i < BLOCKED; i++) {
			enders[i].handle = begin(HELD_NAME, NULL, NULL);
			threads[i] = start_thread(end_it, &enders[i]);
		}
		world_close_resolver();
		for (i = 0; i < BLOCKED; i++) {
			join_thread(threads[i]);
			ck_assert_int_eq(enders[i].status, DNS_STATUS_CLOSED);
		}
		world.resolver = world_make_resolver(0);
	}
}
END_TEST

/* Also GetHostByName. */
struct caller {
	char name[32];
	DnsStatus status;
};

static void *
look_up(void *argument)
{
	struct caller *caller = argument;

	caller->status = GetHostByName(world.resolver, caller->name, NULL);
	return NULL;
}

START_TEST(blocked_lookups_wake)
{
	DnsResolver *resolver = world.resolver;
	struct caller callers[BLOCKED];
	pthread_t threads[BLOCKED];
	int i;

	for (i = 0; i < BLOCKED; i++) {
		snprintf(callers[i].name, sizeof callers[i].name, "x%d.slow.test", i);
		threads[i] = start_thread(look_up, &callers[i]);
	}
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAMES, 0, 2 * BLOCKED));
	DnsResolverClose(resolver);
	for (i = 0; i < BLOCKED; i++) {
		join_thread(threads[i]);
		ck_assert_int_eq(callers[i].status, DNS_STATUS_CLOSED);
	}
}
END_TEST

/* ---- A barrier ---- */

struct barrier {
	DnsResolver *resolver;
	atomic_bool is_over; /* no callback may run any more */
	atomic_uint calls, late;
};

static void
on_barrier(DnsAsyncResult *own)
{
	struct barrier *barrier = DnsAsyncResultGetState(own);
	volatile int i;

	for (i = 0; i < 10000; i++)
		;
	if (atomic_load(&barrier->is_over))
		atomic_fetch_add(&barrier->late, 1);
	atomic_fetch_add(&barrier->calls, 1);
	EndGetHostByName(own, NULL);
}

static void *
close_it(void *argument)
{
	struct barrier *barrier = argument;

	DnsResolverClose(barrier->resolver);
	atomic_store(&barrier->is_over, true);
	return NULL;
}

/* The answers come in while the resolver is closed by one thread or by eight. Fault
 * L03. */
START_TEST(no_callback_runs_after_it)
{
	int closers = _i == 0 ? 1 : CLOSERS, i;
	unsigned int left = rounds(200);
	pthread_t threads[CLOSERS];
	struct barrier barrier;

	world_close_resolver();
	for (; left > 0; left--) {
		barrier = (struct barrier){.resolver = world_make_resolver(0)};
		for (i = 0; i < PENDING; i++)
			BeginGetHostByName(barrier.resolver, "a.test", on_barrier,
					   &barrier);
		for (i = 0; i < closers; i++)
			threads[i] = start_thread(close_it, &barrier);
		for (i = 0; i < closers; i++)
			join_thread(threads[i]);
		ck_assert_uint_eq(atomic_load(&barrier.late), 0);
		ck_assert_uint_eq(atomic_load(&barrier.calls), PENDING);
	}
}
END_TEST

/* The callback still runs when the threads call Close: none of them may return. Fault
 * L03. */
START_TEST(it_waits_for_a_callback)
{
	struct barrier barrier = {.resolver = world.resolver};
	struct witness witness;
	pthread_t threads[CLOSERS];
	DnsAsyncResult *handle;
	int i;

	witness_init(&witness);
	witness.stays = true;
	handle = begin("a.test", on_completion, &witness);
	await(&witness.entered);
	for (i = 0; i < CLOSERS; i++)
		threads[i] = start_thread(close_it, &barrier);
	/* They have begun when the resolver takes nothing new. */
	errno = 0;
	while (errno != ESHUTDOWN)
		EndGetHostByName(BeginGetHostByName(world.resolver, literal, NULL, NULL),
				 NULL);
	for (i = 0; i < 1000; i++) {
		ck_assert(!atomic_load(&barrier.is_over));
		sched_yield();
	}
	sem_post(&witness.leave);
	for (i = 0; i < CLOSERS; i++)
		join_thread(threads[i]);
	end_expecting(handle, DNS_STATUS_OK);
	witness_destroy(&witness);
}
END_TEST

/* ---- In callbacks ---- */

struct closing {
	DnsResolver *target;
	DnsAsyncResult *refused;
	int error;
	DnsStatus status;
	sem_t done, go;
};

static void
close_inside(DnsAsyncResult *own)
{
	struct closing *closing = DnsAsyncResultGetState(own);

	DnsResolverClose(closing->target);
	DnsResolverClose(closing->target);
	closing->refused =
		BeginGetHostByName(closing->target, literal, on_impossible, NULL);
	closing->error = errno;
	closing->status = GetHostByName(closing->target, literal, NULL);
	sem_post(&closing->done);
}

static void
assert_closes(const char *trigger, DnsResolver *target)
{
	struct closing closing = {.target = target};
	struct witness witness;
	DnsAsyncResult *own, *held;

	sem_init(&closing.done, 0, 0);
	witness_init(&witness);
	held = BeginGetHostByName(target, HELD_NAME, on_completion, &witness);
	own = begin(trigger, close_inside, &closing);
	await(&closing.done);
	ck_assert_ptr_null(closing.refused);
	ck_assert_int_eq(closing.error, ESHUTDOWN);
	ck_assert_int_eq(closing.status, DNS_STATUS_CLOSED);
	end_expecting(held, DNS_STATUS_CLOSED);
	end_expecting(own, DNS_STATUS_OK);
	/* Wherever it was closed, this waits until it is. */
	DnsResolverClose(target);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	witness_destroy(&witness);
	sem_destroy(&closing.done);
}

/* Fault L02. */
START_TEST(in_a_callback_of_the_same_resolver)
{
	int threads = count_threads();

	assert_closes("a.test", world.resolver);
	world_close_resolver();
	await_count(count_threads, threads - 1);
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

START_TEST(in_a_callback_of_another_resolver)
{
	int threads = count_threads();

	assert_closes("a.test", world_make_resolver(0));
	await_count(count_threads, threads);
	world_close_resolver();
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

START_TEST(in_a_synchronous_callback)
{
	int threads = count_threads();

	assert_closes(literal, world.resolver);
	await_count(count_threads, threads - 1);
}
END_TEST

/* Each closes the other once both are inside. */
static void
close_the_other(DnsAsyncResult *own)
{
	struct closing *closing = DnsAsyncResultGetState(own);

	sem_post(&closing->done);
	await(&closing->go);
	DnsResolverClose(closing->target);
}

START_TEST(two_resolvers_that_close_each_other)
{
	struct closing closings[2];
	DnsAsyncResult *handles[2];
	unsigned int left = rounds(300);
	int threads = count_threads(), i;

	world_close_resolver();
	for (; left > 0; left--) {
		for (i = 0; i < 2; i++) {
			closings[i].target = world_make_resolver(0);
			sem_init(&closings[i].done, 0, 0);
			sem_init(&closings[i].go, 0, 0);
		}
		for (i = 0; i < 2; i++)
			handles[i] = BeginGetHostByName(closings[1 - i].target, "a.test",
							close_the_other, &closings[i]);
		for (i = 0; i < 2; i++)
			await(&closings[i].done);
		for (i = 0; i < 2; i++)
			sem_post(&closings[i].go);
		for (i = 0; i < 2; i++)
			DnsResolverClose(closings[i].target);
		for (i = 0; i < 2; i++) {
			end_expecting(handles[i], DNS_STATUS_OK);
			sem_destroy(&closings[i].done);
			sem_destroy(&closings[i].go);
		}
	}
	await_count(count_threads, threads - 1);
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

/* ---- What is left ---- */

/* Fault L17. */
START_TEST(made_and_closed_a_thousand_times)
{
	unsigned int left = rounds(1000);
	int threads = count_threads(), descriptors = count_descriptors();
	DnsResolver *resolver;

	for (; left > 0; left--) {
		resolver = world_make_resolver(0);
		if (left % 10 == 0)
			ck_assert_int_eq(GetHostByName(resolver, "a.test", NULL),
					 DNS_STATUS_OK);
		DnsResolverClose(resolver);
		if (left % 100 == 0) {
			await_count(count_threads, threads);
			ck_assert_int_eq(count_descriptors(), descriptors);
		}
	}
	await_count(count_threads, threads);
	ck_assert_int_eq(count_descriptors(), descriptors);
}
END_TEST

START_TEST(made_and_closed_in_callbacks)
{
	unsigned int left = rounds(200);
	int threads = count_threads(), descriptors = count_descriptors();

	for (; left > 0; left--) {
		struct closing closing = {.target = world_make_resolver(0)};

		sem_init(&closing.done, 0, 0);
		BeginGetHostByName(closing.target, "b.test", close_inside, &closing);
		await(&closing.done);
		sem_destroy(&closing.done);
	}
	await_count(count_threads, threads);
	await_count(count_descriptors, descriptors);
}
END_TEST

/* Fault H07. */
START_TEST(handles_outlive_their_resolver)
{
	DnsAsyncResult *answered = begin("alias.test", NULL, &world);
	DnsAsyncResult *held = begin(HELD_NAME, NULL, &world);
	DnsWaitHandle *waits[2];
	struct pollfd polled = {.events = POLLIN};
	DnsHostEntry *entry;

	waits[0] = copy_wait_handle(answered);
	waits[1] = copy_wait_handle(held);
	polled.fd = DnsWaitHandleGetDescriptor(waits[1]);
	ck_assert_int_eq(DnsWaitHandleWaitOne(waits[0], DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(poll(&polled, 1, 0), 0);
	world_close_resolver();
	world_stop_server();
	ck_assert(!DnsAsyncResultCompletedSynchronously(answered));
	ck_assert_ptr_eq(DnsAsyncResultGetState(answered), &world);
	DnsAsyncResultCancel(answered);
	DnsAsyncResultSetDeadline(held, 0);
	ck_assert_int_eq(EndGetHostByName(answered, &entry), DNS_STATUS_OK);
	end_expecting(held, DNS_STATUS_CLOSED);
	ck_assert_int_eq(poll(&polled, 1, 0), 1);
	ck_assert_int_eq(DnsWaitHandleWaitAll(waits, 2, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(waits[0]);
	DnsWaitHandleRelease(waits[1]);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "a.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "alias.test");
	ck_assert(has_addresses(entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(entry);
}
END_TEST

static void
add_tests(TCase *tests)
{
	tcase_set_timeout(tests, 120);
	tcase_add_test(tests, pending_operations_complete_with_closed);
	tcase_add_test(tests, forgotten_ends);
	tcase_add_test(tests, ten_thousand_in_the_queue);
	tcase_add_test(tests, blocked_ends_wake);
	tcase_add_test(tests, blocked_lookups_wake);
	tcase_add_loop_test(tests, no_callback_runs_after_it, 0, 2);
	tcase_add_test(tests, it_waits_for_a_callback);
	tcase_add_test(tests, in_a_callback_of_the_same_resolver);
	tcase_add_test(tests, in_a_callback_of_another_resolver);
	tcase_add_test(tests, in_a_synchronous_callback);
	tcase_add_test(tests, two_resolvers_that_close_each_other);
	tcase_add_test(tests, made_and_closed_a_thousand_times);
	tcase_add_test(tests, made_and_closed_in_callbacks);
	tcase_add_test(tests, handles_outlive_their_resolver);
}

int
main(void)
{
	Suite *suite = suite_create("close");

	add_tests(contract_case(suite, "close"));
	return contract_run(suite);
}
