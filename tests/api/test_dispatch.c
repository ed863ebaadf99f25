/* SPDX-License-Identifier: MIT */
/* DnsResolverDispatch: callbacks on the application's own threads. */
#include "dispatching.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/epoll.h>
#endif

#include "rounds.h"

#define LITERAL "192.0.2.1"
#define MANY	10000
#define LINKS	2000
#define THREADS 4

static void
await_signal(DnsAsyncResult *handle)
{
	DnsWaitHandle *wait = copy_wait_handle(handle);

	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
}

/* Completes it, so that its callback is due. */
static void
await_due(DnsAsyncResult *handle)
{
	await_signal(handle);
	await_due_or_closed(world.resolver);
}

/* ---- When, and on which thread ---- */

START_TEST(a_callback_waits_for_dispatch)
{
	DnsAsyncResult *handle;
	struct witness witness;

	witness_init(&witness);
	handle = begin("a.test", on_completion, &witness);
	await_due(handle);
	ck_assert_uint_eq(atomic_load(&witness.calls), 0);
	ck_assert(DnsAsyncResultIsCompleted(handle));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	ck_assert_ptr_eq(witness.handle, handle);
	ck_assert(pthread_equal(witness.thread, pthread_self()));
	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 0);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
	witness_destroy(&witness);
}
END_TEST

START_TEST(the_descriptor_is_readable_while_callbacks_are_due)
{
	int descriptor = descriptor_of(world.resolver), i;
	DnsAsyncResult *handle;
	struct witness witness;

	witness_init(&witness);
	for (i = 0; i < 3; i++) {
		ck_assert(!is_readable(descriptor));
		handle = begin(i == 1 ? "missing.test" : "b.test", on_completion,
			       &witness);
		await_due(handle);
		/* Looking changes nothing. */
		ck_assert(is_readable(descriptor));
		ck_assert_int_eq(descriptor_of(world.resolver), descriptor);
		ck_assert(is_readable(descriptor));
		ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
		ck_assert(!is_readable(descriptor));
		end_expecting(handle, i == 1 ? DNS_STATUS_HOST_NOT_FOUND : DNS_STATUS_OK);
	}
	ck_assert_uint_eq(atomic_load(&witness.calls), 3);
	witness_destroy(&witness);
}
END_TEST

START_TEST(without_a_callback_nothing_is_due)
{
	DnsAsyncResult *handle = begin("a.test", NULL, NULL);

	await_signal(handle);
	ck_assert(!is_readable(descriptor_of(world.resolver)));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 0);
	end_expecting(handle, DNS_STATUS_OK);
	ck_assert_int_eq(GetHostByName(world.resolver, "b.test", NULL), DNS_STATUS_OK);
	ck_assert(!is_readable(descriptor_of(world.resolver)));
}
END_TEST

START_TEST(what_completes_synchronously_calls_back_inside_begin)
{
	DnsAsyncResult *handle;
	struct witness witness;

	witness_init(&witness);
	handle = begin(LITERAL, on_completion, &witness);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	ck_assert(DnsAsyncResultCompletedSynchronously(handle));
	ck_assert(!is_readable(descriptor_of(world.resolver)));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 0);
	end_expecting(handle, DNS_STATUS_OK);
	witness_destroy(&witness);
}
END_TEST

START_TEST(unless_that_is_forbidden)
{
	DnsAsyncResult *handle;
	struct witness witness;

	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS |
					     DNS_RESOLVER_NEVER_SYNCHRONOUS);
	witness_init(&witness);
	handle = begin(LITERAL, on_completion, &witness);
	await_due(handle);
	ck_assert_uint_eq(atomic_load(&witness.calls), 0);
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	end_expecting(handle, DNS_STATUS_OK);
	witness_destroy(&witness);
}
END_TEST

START_TEST(cancelled_or_overdue_it_is_dispatched_too)
{
	DnsAsyncResult *handles[2];
	struct witness witness;

	witness_init(&witness);
	handles[0] = begin(HELD_NAME, on_completion, &witness);
	handles[1] = begin(HELD_NAME, on_completion, &witness);
	DnsAsyncResultCancel(handles[0]);
	DnsAsyncResultSetDeadline(handles[1], 0);
	dispatch_until(world.resolver, 2);
	ck_assert_uint_eq(atomic_load(&witness.calls), 2);
	end_expecting(handles[0], DNS_STATUS_CANCELLED);
	end_expecting(handles[1], DNS_STATUS_TIMED_OUT);
	witness_destroy(&witness);
}
END_TEST

/* ---- The handle ---- */

struct seen {
	bool is_completed;
	void *state;
	DnsWaitResult waited;
	DnsStatus status, again;
};

static void
look_at_own(DnsAsyncResult *own)
{
	struct seen *seen = DnsAsyncResultGetState(own);
	DnsWaitHandle *wait = DnsAsyncResultCopyWaitHandle(own);

	seen->state = seen;
	seen->is_completed = DnsAsyncResultIsCompleted(own);
	seen->waited = DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER);
	DnsWaitHandleRelease(wait);
	seen->status = EndGetHostByName(own, NULL);
	seen->again = EndGetHostByName(own, NULL);
}

START_TEST(the_callback_sees_what_was_completed)
{
	struct seen seen = {.is_completed = false};
	DnsAsyncResult *handle = begin("a.test", look_at_own, &seen);

	dispatch_until(world.resolver, 1);
	ck_assert(seen.is_completed);
	ck_assert_int_eq(seen.waited, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(seen.status, DNS_STATUS_OK);
	ck_assert_int_eq(seen.again, DNS_STATUS_INVALID_OPERATION);
	ck_assert_int_eq(EndGetHostByName(handle, NULL), DNS_STATUS_INVALID_OPERATION);
}
END_TEST

START_TEST(ended_before_it_stays_valid_for_its_callback)
{
	struct seen seen = {.is_completed = false};
	DnsAsyncResult *handle = begin("a.test", look_at_own, &seen);

	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
	/* For everybody else it is gone. */
	ck_assert_ptr_null(DnsAsyncResultGetState(handle));
	DnsAsyncResultCancel(handle);
	dispatch_until(world.resolver, 1);
	ck_assert_ptr_eq(seen.state, &seen);
	ck_assert(seen.is_completed);
	ck_assert_int_eq(seen.waited, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(seen.status, DNS_STATUS_INVALID_OPERATION);
	ck_assert_uint_eq(read_statistics().ended, 1);
}
END_TEST

/* ---- Inside a callback ---- */

struct inside {
	struct witness witness; /* of the other operations */
	DnsAsyncResult *waited_for, *ended;
	bool was_synchronous;
	DnsWaitResult waited;
	DnsStatus status, looked_up;
	size_t dispatched;
};

static void
wait_for(struct inside *inside)
{
	DnsWaitHandle *wait = DnsAsyncResultCopyWaitHandle(inside->waited_for);

	inside->waited = DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER);
	DnsWaitHandleRelease(wait);
}

static void
block(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);

	world_release();
	wait_for(inside);
	inside->status = EndGetHostByName(inside->ended, NULL);
	inside->looked_up = GetHostByName(world.resolver, "b.test", NULL);
}

/* The loop thread goes on meanwhile. */
START_TEST(it_may_wait_for_other_operations)
{
	struct inside inside = {.dispatched = 0};
	DnsAsyncResult *own;

	witness_init(&inside.witness);
	inside.waited_for = begin("1.slow.test", on_completion, &inside.witness);
	inside.ended = begin("2.slow.test", on_completion, &inside.witness);
	own = begin("a.test", block, &inside);
	await_due(own);
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	ck_assert_int_eq(inside.waited, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(inside.status, DNS_STATUS_OK);
	ck_assert_int_eq(inside.looked_up, DNS_STATUS_OK);
	dispatch_until(world.resolver, 2);
	ck_assert_uint_eq(atomic_load(&inside.witness.calls), 2);
	end_expecting(own, DNS_STATUS_OK);
	end_expecting(inside.waited_for, DNS_STATUS_OK);
	witness_destroy(&inside.witness);
}
END_TEST

static void
begin_and_dispatch(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);

	inside->waited_for = BeginGetHostByName(world.resolver, LITERAL, on_completion,
						&inside->witness);
	inside->was_synchronous =
		DnsAsyncResultCompletedSynchronously(inside->waited_for);
	wait_for(inside);
	await_due_or_closed(world.resolver);
	inside->dispatched = DnsResolverDispatch(world.resolver);
}

/* Wherever it runs: dispatched, or inside Begin. */
START_TEST(nothing_completes_and_nothing_is_dispatched_inside_it)
{
	struct inside inside = {.dispatched = 7};
	DnsAsyncResult *own;

	witness_init(&inside.witness);
	own = begin(_i == 0 ? "a.test" : LITERAL, begin_and_dispatch, &inside);
	if (_i == 0) {
		await_due(own);
		ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	}
	ck_assert(!inside.was_synchronous);
	ck_assert_int_eq(inside.waited, DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(inside.dispatched, 0);
	ck_assert_uint_eq(atomic_load(&inside.witness.calls), 0);
	/* It became due inside, and is left for this call. */
	ck_assert(is_readable(descriptor_of(world.resolver)));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	ck_assert_uint_eq(atomic_load(&inside.witness.calls), 1);
	end_expecting(own, DNS_STATUS_OK);
	end_expecting(inside.waited_for, DNS_STATUS_OK);
	witness_destroy(&inside.witness);
}
END_TEST

/* Each link is due before the callback that began it returns. */
struct chain {
	unsigned int left;
	bool is_broken;
};

static void
forge_next_link(DnsAsyncResult *own)
{
	struct chain *chain = DnsAsyncResultGetState(own);
	DnsAsyncResult *next;

	if (EndGetHostByName(own, NULL) != DNS_STATUS_OK)
		chain->is_broken = true;
	if (--chain->left == 0)
		return;
	next = BeginGetHostByName(world.resolver, LITERAL, forge_next_link, chain);
	if (next == NULL)
		chain->is_broken = true;
	await_due_or_closed(world.resolver);
}

START_TEST(a_chain_of_lookups_does_not_keep_it)
{
	struct chain chain = {.left = rounds(LINKS)};
	unsigned int links = chain.left, i;

	await_due(begin("b.test", forge_next_link, &chain));
	for (i = 0; i < links; i++)
		ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 1);
	ck_assert(!chain.is_broken);
	ck_assert_uint_eq(chain.left, 0);
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 0);
}
END_TEST

/* ---- Many ---- */

struct crowd {
	atomic_uint called[MANY];
	atomic_uint calls;
	unsigned int size;
	int ends[2]; /* of a pipe, readable when all have been called */
};

struct member {
	struct crowd *crowd;
	unsigned int number;
};

static struct crowd crowd;
static struct member members[MANY];

static void
on_member(DnsAsyncResult *own)
{
	struct member *member = DnsAsyncResultGetState(own);

	EndGetHostByName(own, NULL);
	atomic_fetch_add(&member->crowd->called[member->number], 1);
	if (atomic_fetch_add(&member->crowd->calls, 1) + 1 == member->crowd->size &&
	    write(member->crowd->ends[1], "", 1) != 1)
		abort();
}

static void
begin_crowd(const char *name)
{
	unsigned int i;

	crowd.size = rounds(MANY);
	ck_assert_int_eq(pipe(crowd.ends), 0);
	for (i = 0; i < crowd.size; i++) {
		members[i].crowd = &crowd;
		members[i].number = i;
		if (BeginGetHostByName(world.resolver, name, on_member, &members[i]) ==
		    NULL)
			ck_abort_msg("member %u was not begun", i);
	}
}

static void
end_crowd(void)
{
	unsigned int i;

	ck_assert_uint_eq(atomic_load(&crowd.calls), crowd.size);
	for (i = 0; i < crowd.size; i++)
		if (atomic_load(&crowd.called[i]) != 1)
			ck_abort_msg("member %u was not called once", i);
	close(crowd.ends[0]);
	close(crowd.ends[1]);
}

static void *
dispatch_until_all_were_called(void *descriptor)
{
	struct pollfd polled[2] = {{.fd = *(int *)descriptor, .events = POLLIN},
				   {.fd = crowd.ends[0], .events = POLLIN}};

	do {
		polled[0].revents = 0;
		if (poll(polled, 2, -1) > 0 && polled[0].revents != 0)
			DnsResolverDispatch(world.resolver);
	} while (polled[1].revents == 0);
	return NULL;
}

/* One wake-up lost, and this never ends. */
START_TEST(ten_thousand_on_one_thread)
{
	begin_crowd("1.many.test");
	dispatch_until(world.resolver, crowd.size);
	ck_assert(!is_readable(descriptor_of(world.resolver)));
	ck_assert_uint_eq(DnsResolverDispatch(world.resolver), 0);
	end_crowd();
}
END_TEST

START_TEST(ten_thousand_on_several_threads)
{
	int descriptor = descriptor_of(world.resolver), i;
	pthread_t threads[THREADS];

	begin_crowd("2.many.test");
	for (i = 0; i < THREADS; i++)
		threads[i] = start_thread(dispatch_until_all_were_called, &descriptor);
	for (i = 0; i < THREADS; i++)
		join_thread(threads[i]);
	ck_assert(!is_readable(descriptor));
	end_crowd();
}
END_TEST

/* Nearly each is due as soon as it is begun, so that the descriptor goes up and down all
 * the time. */
static void *
begin_the_crowd(void *name)
{
	begin_crowd(name);
	return NULL;
}

START_TEST(begun_on_one_thread_and_dispatched_on_another)
{
	char name[] = LITERAL;
	pthread_t beginner;

	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS |
					     DNS_RESOLVER_NEVER_SYNCHRONOUS);
	beginner = start_thread(begin_the_crowd, name);
	dispatch_until(world.resolver, rounds(MANY));
	join_thread(beginner);
	ck_assert(!is_readable(descriptor_of(world.resolver)));
	end_crowd();
}
END_TEST

#ifdef __linux__
/* False: the resolver has been closed instead, which is not seen by who polls. */
static bool
await_edge(int loop)
{
	struct epoll_event event;
	int ready;

	do
		ready = epoll_wait(loop, &event, 1, 100);
	while (ready == 0 && DnsResolverGetDescriptor(world.resolver) >= 0);
	return ready == 1;
}

/* A loop that is told of changes only has to dispatch until nothing is due. */
START_TEST(edge_triggered)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLET};
	int loop = epoll_create1(EPOLL_CLOEXEC);
	int descriptor = descriptor_of(world.resolver);

	ck_assert_int_eq(epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event), 0);
	begin_crowd("3.many.test");
	while (atomic_load(&crowd.calls) < crowd.size) {
		ck_assert(await_edge(loop));
		while (DnsResolverDispatch(world.resolver) > 0)
			;
	}
	close(loop);
	end_crowd();
}
END_TEST
#endif

/* ---- Resolvers that do not ---- */

START_TEST(a_resolver_that_does_not_dispatch)
{
	DnsResolver *other = world_make_resolver(0);

	errno = 0;
	ck_assert_int_eq(DnsResolverGetDescriptor(other), -1);
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_uint_eq(DnsResolverDispatch(other), 0);
	DnsResolverClose(other);
}
END_TEST

START_TEST(the_default_resolver)
{
	int threads = count_threads();

	errno = 0;
	ck_assert_int_eq(DnsResolverGetDescriptor(NULL), -1);
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_uint_eq(DnsResolverDispatch(NULL), 0);
	/* It is not made for that. */
	ck_assert_int_eq(count_threads(), threads);
}
END_TEST

START_TEST(a_closed_resolver_and_what_is_none)
{
	DnsResolver *resolver = world.resolver;

	DnsResolverClose(resolver);
	errno = 0;
	ck_assert_int_eq(DnsResolverGetDescriptor(resolver), -1);
	ck_assert_int_eq(errno, ESHUTDOWN);
	ck_assert_uint_eq(DnsResolverDispatch(resolver), 0);
	errno = 0;
	ck_assert_int_eq(DnsResolverGetDescriptor((DnsResolver *)(void *)&world), -1);
	ck_assert_int_eq(errno, ESHUTDOWN);
	ck_assert_uint_eq(DnsResolverDispatch((DnsResolver *)(void *)&world), 0);
}
END_TEST

/* ---- Counts ---- */

START_TEST(completion_is_counted_before_the_callback_has_run)
{
	struct witness witness;
	DnsAsyncResult *handle;

	witness_init(&witness);
	handle = begin("a.test", on_completion, &witness);
	await_due(handle);
	ck_assert_uint_eq(read_statistics().completed, 1);
	ck_assert_uint_eq(read_statistics().succeeded, 1);
	DnsResolverDispatch(world.resolver);
	end_expecting(handle, DNS_STATUS_OK);
	ck_assert_uint_eq(read_statistics().completed, 1);
	ck_assert_uint_eq(read_statistics().ended, 1);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 0);
	witness_destroy(&witness);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dispatch");
	TCase *cases = dispatching_case(suite, "dispatch");

	tcase_add_test(cases, a_callback_waits_for_dispatch);
	tcase_add_test(cases, the_descriptor_is_readable_while_callbacks_are_due);
	tcase_add_test(cases, without_a_callback_nothing_is_due);
	tcase_add_test(cases, what_completes_synchronously_calls_back_inside_begin);
	tcase_add_test(cases, unless_that_is_forbidden);
	tcase_add_test(cases, cancelled_or_overdue_it_is_dispatched_too);
	tcase_add_test(cases, the_callback_sees_what_was_completed);
	tcase_add_test(cases, ended_before_it_stays_valid_for_its_callback);
	tcase_add_test(cases, it_may_wait_for_other_operations);
	tcase_add_loop_test(cases, nothing_completes_and_nothing_is_dispatched_inside_it,
			    0, 2);
	tcase_add_test(cases, a_chain_of_lookups_does_not_keep_it);
	tcase_add_test(cases, ten_thousand_on_one_thread);
	tcase_add_test(cases, ten_thousand_on_several_threads);
	tcase_add_test(cases, begun_on_one_thread_and_dispatched_on_another);
#ifdef __linux__
	tcase_add_test(cases, edge_triggered);
#endif
	tcase_add_test(cases, a_resolver_that_does_not_dispatch);
	tcase_add_test(cases, the_default_resolver);
	tcase_add_test(cases, a_closed_resolver_and_what_is_none);
	tcase_add_test(cases, completion_is_counted_before_the_callback_has_run);
	return contract_run(suite);
}
