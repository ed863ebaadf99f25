/* SPDX-License-Identifier: MIT */
/* DnsResolverClose of resolvers whose callbacks are dispatched: a barrier as ever, from
 * wherever it is called. */
#include "dispatching.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "rounds.h"

#define LITERAL "192.0.2.1"
#define PENDING 100
#define CLOSERS 4

static DnsResolver *
make_another(void)
{
	return world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS);
}

/* One callback due and one operation pending, with one witness. */
struct pair {
	struct witness witness;
	DnsAsyncResult *due, *pending;
};

static void
pair_begin(struct pair *pair, DnsResolver *resolver)
{
	DnsWaitHandle *wait;

	witness_init(&pair->witness);
	pair->pending = BeginGetHostByName(resolver, HELD_NAME, on_completion,
					   &pair->witness);
	pair->due = BeginGetHostByName(resolver, "a.test", on_completion, &pair->witness);
	wait = copy_wait_handle(pair->due);
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	await_due_or_closed(resolver);
}

/* Both have been called, by this thread. */
static void
pair_end(struct pair *pair)
{
	ck_assert_uint_eq(atomic_load(&pair->witness.calls), 2);
	ck_assert(pthread_equal(pair->witness.thread, pthread_self()));
	end_expecting(pair->due, DNS_STATUS_OK);
	end_expecting(pair->pending, DNS_STATUS_CLOSED);
	witness_destroy(&pair->witness);
}

static void
assert_gone(DnsResolver *resolver)
{
	errno = 0;
	ck_assert_int_eq(DnsResolverGetDescriptor(resolver), -1);
	ck_assert_int_eq(errno, ESHUTDOWN);
	ck_assert_uint_eq(DnsResolverDispatch(resolver), 0);
	errno = 0;
	ck_assert_ptr_null(BeginGetHostByName(resolver, LITERAL, on_impossible, NULL));
	ck_assert_int_eq(errno, ESHUTDOWN);
}

/* ---- Outside callbacks ---- */

START_TEST(it_runs_what_is_due_and_what_becomes_due)
{
	DnsResolver *resolver = world.resolver;
	DnsAsyncResult *handles[PENDING];
	struct witness witness;
	struct pair pair;
	int i;

	witness_init(&witness);
	pair_begin(&pair, resolver);
	for (i = 0; i < PENDING; i++)
		handles[i] = begin(HELD_NAME, on_completion, &witness);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&witness.calls), PENDING);
	for (i = 0; i < PENDING; i++)
		end_expecting(handles[i], DNS_STATUS_CLOSED);
	pair_end(&pair);
	assert_gone(resolver);
	witness_destroy(&witness);
}
END_TEST

static void
begin_more(DnsAsyncResult *own)
{
	DnsAsyncResult **begun = DnsAsyncResultGetState(own);

	*begun = BeginGetHostByName(world.resolver, LITERAL, on_impossible, NULL);
	/* While callbacks run there is a descriptor, to be taken out of a loop. */
	descriptor_of(world.resolver);
}

START_TEST(what_it_runs_can_begin_nothing)
{
	DnsAsyncResult *begun = (DnsAsyncResult *)(void *)&world, *handle;

	handle = begin(HELD_NAME, begin_more, &begun);
	DnsResolverClose(world.resolver);
	ck_assert_ptr_null(begun);
	end_expecting(handle, DNS_STATUS_CLOSED);
}
END_TEST

struct closing {
	DnsResolver *target;
	atomic_bool is_over;
	sem_t entered, go;
};

static void *
close_it(void *argument)
{
	struct closing *closing = argument;

	DnsResolverClose(closing->target);
	atomic_store(&closing->is_over, true);
	return NULL;
}

static void *
dispatch(void *resolver)
{
	await_due_or_closed(resolver);
	DnsResolverDispatch(resolver);
	return NULL;
}

/* Another thread is inside a dispatched callback: no thread that closes may go on. */
START_TEST(it_waits_for_what_another_thread_runs)
{
	struct closing closing = {.target = world.resolver};
	pthread_t closers[CLOSERS], dispatcher;
	DnsAsyncResult *staying;
	struct witness witness;
	int i;

	witness_init(&witness);
	witness.stays = true;
	staying = begin("a.test", on_completion, &witness);
	dispatcher = start_thread(dispatch, world.resolver);
	await(&witness.entered);
	for (i = 0; i < CLOSERS; i++)
		closers[i] = start_thread(close_it, &closing);
	errno = 0;
	while (errno != ESHUTDOWN)
		EndGetHostByName(BeginGetHostByName(world.resolver, LITERAL, NULL, NULL),
				 NULL);
	for (i = 0; i < 1000; i++) {
		ck_assert(!atomic_load(&closing.is_over));
		sched_yield();
	}
	sem_post(&witness.leave);
	for (i = 0; i < CLOSERS; i++)
		join_thread(closers[i]);
	join_thread(dispatcher);
	assert_gone(world.resolver);
	end_expecting(staying, DNS_STATUS_OK);
	witness_destroy(&witness);
}
END_TEST

/* ---- Inside callbacks ---- */

static void
close_inside(DnsAsyncResult *own)
{
	struct closing *closing = DnsAsyncResultGetState(own);

	DnsResolverClose(closing->target);
	DnsResolverClose(closing->target);
	errno = 0;
	if (BeginGetHostByName(closing->target, LITERAL, on_impossible, NULL) != NULL ||
	    errno != ESHUTDOWN)
		abort();
	sem_post(&closing->entered);
}

START_TEST(in_a_dispatched_callback_it_takes_effect_after_it)
{
	DnsResolver *resolver = world.resolver;
	struct closing closing = {.target = resolver};
	int threads = count_threads();
	struct pair pair;
	DnsAsyncResult *own;

	sem_init(&closing.entered, 0, 0);
	own = begin("b.test", close_inside, &closing);
	await_due_or_closed(resolver);
	pair_begin(&pair, resolver);
	/* One was due, or more; what the close has run does not count. */
	ck_assert_uint_ge(DnsResolverDispatch(resolver), 1);
	pair_end(&pair);
	assert_gone(resolver);
	await_count(count_threads, threads - 1);
	end_expecting(own, DNS_STATUS_OK);
	sem_destroy(&closing.entered);
}
END_TEST

/* The other one may dispatch or not. */
START_TEST(in_a_dispatched_callback_of_another_resolver)
{
	struct closing closing = {.target = world_make_resolver(_i)};
	struct witness witness;
	DnsAsyncResult *own, *other;

	sem_init(&closing.entered, 0, 0);
	witness_init(&witness);
	other = BeginGetHostByName(closing.target, HELD_NAME, on_completion, &witness);
	own = begin("b.test", close_inside, &closing);
	dispatch_until(world.resolver, 1);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	assert_gone(closing.target);
	end_expecting(other, DNS_STATUS_CLOSED);
	end_expecting(own, DNS_STATUS_OK);
	witness_destroy(&witness);
	sem_destroy(&closing.entered);
}
END_TEST

/* Inside Begin there is nothing to wait for that is above it on this stack. */
static void
close_and_look(DnsAsyncResult *own)
{
	struct pair *pair = DnsAsyncResultGetState(own);

	DnsResolverClose(world.resolver);
	ck_assert_uint_eq(atomic_load(&pair->witness.calls), 2);
	/* Its own handle is still what it was, and stays valid when it is ended. */
	end_expecting(own, DNS_STATUS_OK);
	ck_assert_ptr_eq(DnsAsyncResultGetState(own), pair);
}

START_TEST(in_a_synchronous_callback_it_is_done_at_once)
{
	struct pair pair;

	pair_begin(&pair, world.resolver);
	begin(LITERAL, close_and_look, &pair);
	pair_end(&pair);
	assert_gone(world.resolver);
}
END_TEST

/* The callback on the other's loop thread can wait for nothing, and runs no callback that
 * belongs on a thread of the application. */
static void
close_on_a_loop_thread(struct closing *closing)
{
	DnsResolver *other = world_make_resolver(0);

	sem_init(&closing->entered, 0, 0);
	end_expecting(BeginGetHostByName(other, "b.test", close_inside, closing),
		      DNS_STATUS_OK);
	await(&closing->entered);
	sem_destroy(&closing->entered);
	DnsResolverClose(other);
}

START_TEST(on_a_loop_thread_it_leaves_what_is_due_to_dispatch)
{
	DnsResolver *resolver = world.resolver;
	struct closing closing = {.target = resolver};
	struct pair pair;

	pair_begin(&pair, resolver);
	close_on_a_loop_thread(&closing);
	ck_assert_uint_eq(atomic_load(&pair.witness.calls), 0);
	while (atomic_load(&pair.witness.calls) < 2)
		DnsResolverDispatch(resolver);
	pair_end(&pair);
	while (DnsResolverGetDescriptor(resolver) >= 0)
		sched_yield();
	assert_gone(resolver);
	world_close_resolver();
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

START_TEST(on_a_loop_thread_it_leaves_what_is_due_to_another_close)
{
	struct closing closing = {.target = world.resolver};
	struct pair pair;

	pair_begin(&pair, world.resolver);
	close_on_a_loop_thread(&closing);
	ck_assert_uint_eq(atomic_load(&pair.witness.calls), 0);
	DnsResolverClose(world.resolver);
	pair_end(&pair);
	assert_gone(world.resolver);
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

START_TEST(on_a_loop_thread_with_nothing_due)
{
	struct closing closing = {.target = world.resolver};

	close_on_a_loop_thread(&closing);
	DnsResolverClose(world.resolver);
	assert_gone(world.resolver);
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

/* ---- Races ---- */

static void
close_the_other(DnsAsyncResult *own)
{
	struct closing *closing = DnsAsyncResultGetState(own);

	sem_post(&closing->entered);
	await(&closing->go);
	DnsResolverClose(closing->target);
}

/* Each closes the other, or both close one, when both are inside. */
START_TEST(two_callbacks_that_close)
{
	DnsResolver *resolvers[2];
	DnsAsyncResult *handles[2];
	pthread_t threads[2];
	struct closing closings[2];
	unsigned int left = rounds(100);
	int i;

	for (; left > 0; left--) {
		for (i = 0; i < 2; i++)
			resolvers[i] = make_another();
		for (i = 0; i < 2; i++) {
			closings[i].target = resolvers[_i == 0 ? 1 - i : 0];
			sem_init(&closings[i].entered, 0, 0);
			sem_init(&closings[i].go, 0, 0);
			handles[i] = BeginGetHostByName(resolvers[i], "a.test",
							close_the_other, &closings[i]);
			threads[i] = start_thread(dispatch, resolvers[i]);
		}
		for (i = 0; i < 2; i++)
			await(&closings[i].entered);
		for (i = 0; i < 2; i++)
			sem_post(&closings[i].go);
		for (i = 0; i < 2; i++) {
			join_thread(threads[i]);
			DnsResolverClose(resolvers[i]);
			assert_gone(resolvers[i]);
			end_expecting(handles[i], DNS_STATUS_OK);
			sem_destroy(&closings[i].entered);
			sem_destroy(&closings[i].go);
		}
	}
}
END_TEST

/* While one thread is inside a callback, one on another thread closes their resolver: its
 * dispatching goes on until the first has left. */
START_TEST(in_a_callback_while_another_thread_is_in_one)
{
	struct closing closing = {.target = world.resolver};
	DnsAsyncResult *staying, *closer;
	pthread_t threads[2];
	struct witness witness;

	sem_init(&closing.entered, 0, 0);
	witness_init(&witness);
	witness.stays = true;
	staying = begin("a.test", on_completion, &witness);
	threads[0] = start_thread(dispatch, world.resolver);
	await(&witness.entered);
	closer = begin("b.test", close_inside, &closing);
	threads[1] = start_thread(dispatch, world.resolver);
	await(&closing.entered);
	/* It is not gone. */
	descriptor_of(world.resolver);
	sem_post(&witness.leave);
	join_thread(threads[1]);
	assert_gone(world.resolver);
	join_thread(threads[0]);
	end_expecting(staying, DNS_STATUS_OK);
	end_expecting(closer, DNS_STATUS_OK);
	witness_destroy(&witness);
	sem_destroy(&closing.entered);
}
END_TEST

struct barrier {
	DnsResolver *resolver;
	atomic_bool is_over; /* no callback may run any more */
	atomic_uint calls, late;
};

static void
on_barrier(DnsAsyncResult *own)
{
	struct barrier *barrier = DnsAsyncResultGetState(own);

	sched_yield();
	if (atomic_load(&barrier->is_over))
		atomic_fetch_add(&barrier->late, 1);
	atomic_fetch_add(&barrier->calls, 1);
	EndGetHostByName(own, NULL);
}

static void *
dispatch_until_closed(void *argument)
{
	struct barrier *barrier = argument;

	while (DnsResolverGetDescriptor(barrier->resolver) >= 0)
		DnsResolverDispatch(barrier->resolver);
	return NULL;
}

static void *
close_barrier(void *argument)
{
	struct barrier *barrier = argument;

	DnsResolverClose(barrier->resolver);
	atomic_store(&barrier->is_over, true);
	return NULL;
}

/* The answers come in, two threads dispatch, and one or four close. */
START_TEST(no_callback_runs_after_it)
{
	int closers = _i == 0 ? 1 : CLOSERS, i;
	unsigned int left = rounds(60);
	pthread_t threads[CLOSERS + 2];
	struct barrier barrier;

	for (; left > 0; left--) {
		barrier = (struct barrier){.resolver = make_another()};
		for (i = 0; i < PENDING; i++)
			BeginGetHostByName(barrier.resolver, "a.test", on_barrier,
					   &barrier);
		for (i = 0; i < closers + 2; i++)
			threads[i] = start_thread(i < closers ? close_barrier :
								dispatch_until_closed,
						  &barrier);
		for (i = 0; i < closers + 2; i++)
			join_thread(threads[i]);
		ck_assert_uint_eq(atomic_load(&barrier.late), 0);
		ck_assert_uint_eq(atomic_load(&barrier.calls), PENDING);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dispatch and close");
	TCase *cases = dispatching_case(suite, "dispatch and close");

	tcase_add_test(cases, it_runs_what_is_due_and_what_becomes_due);
	tcase_add_test(cases, what_it_runs_can_begin_nothing);
	tcase_add_test(cases, it_waits_for_what_another_thread_runs);
	tcase_add_test(cases, in_a_dispatched_callback_it_takes_effect_after_it);
	tcase_add_loop_test(cases, in_a_dispatched_callback_of_another_resolver, 0, 3);
	tcase_add_test(cases, in_a_synchronous_callback_it_is_done_at_once);
	tcase_add_test(cases, on_a_loop_thread_it_leaves_what_is_due_to_dispatch);
	tcase_add_test(cases, on_a_loop_thread_it_leaves_what_is_due_to_another_close);
	tcase_add_test(cases, on_a_loop_thread_with_nothing_due);
	tcase_add_loop_test(cases, two_callbacks_that_close, 0, 2);
	tcase_add_test(cases, in_a_callback_while_another_thread_is_in_one);
	tcase_add_loop_test(cases, no_callback_runs_after_it, 0, 2);
	return contract_run(suite);
}
