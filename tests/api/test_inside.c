/* SPDX-License-Identifier: MIT */
/* What may be done inside a callback, on the loop thread and inside Begin: nothing there
 * blocks for ever, nothing grows the stack. */
#include "contract.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "rounds.h"

#define LITERAL "192.0.2.1"
#define LINKS	1000000
#define DEPTHS	4

/* What was seen inside a callback; told to the test's thread by done. */
struct inside {
	DnsAsyncResult *pending;
	DnsWaitHandle *pending_wait, *own_wait;
	DnsStatus status;
	DnsHostEntry *entry;
	DnsWaitResult one, any, all, any_of_two, now;
	int errors[3];
	size_t index;
	DnsStatus literal, special, name, null_name;
	sem_t done;
};

static void
inside_init(struct inside *inside, DnsResolver *resolver)
{
	inside->pending = BeginGetHostByName(resolver, HELD_NAME, NULL, inside);
	ck_assert_ptr_nonnull(inside->pending);
	inside->pending_wait = copy_wait_handle(inside->pending);
	sem_init(&inside->done, 0, 0);
}

/* What was pending is as good as ever. */
static void
inside_end(struct inside *inside)
{
	ck_assert(!DnsAsyncResultIsCompleted(inside->pending));
	ck_assert_ptr_eq(DnsAsyncResultGetState(inside->pending), inside);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitOne(inside->pending_wait, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	end_expecting(inside->pending, DNS_STATUS_OK);
	DnsWaitHandleRelease(inside->pending_wait);
	sem_destroy(&inside->done);
}

/* ---- What would block the loop thread for ever ---- */

static void
end_what_is_pending(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);

	inside->entry = (DnsHostEntry *)(void *)&world;
	inside->status = EndGetHostByName(inside->pending, &inside->entry);
	sem_post(&inside->done);
}

static void
end_inside(DnsResolver *other)
{
	struct inside inside;
	DnsAsyncResult *own;

	inside_init(&inside, other);
	own = begin("a.test", end_what_is_pending, &inside);
	await(&inside.done);
	ck_assert_int_eq(inside.status, DNS_STATUS_WOULD_DEADLOCK);
	ck_assert_ptr_null(inside.entry);
	end_expecting(own, DNS_STATUS_OK);
	inside_end(&inside);
}

/* Fault H08. */
START_TEST(end_of_a_pending_operation)
{
	end_inside(world.resolver);
}
END_TEST

START_TEST(end_of_a_pending_operation_of_another_resolver)
{
	DnsResolver *other = world_make_resolver(0);

	end_inside(other);
	DnsResolverClose(other);
}
END_TEST

static void
wait_for_what_is_pending(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);
	DnsWaitHandle *both[2];

	inside->own_wait = DnsAsyncResultCopyWaitHandle(own);
	both[0] = inside->pending_wait;
	both[1] = inside->own_wait;
	inside->now = DnsWaitHandleWaitOne(inside->pending_wait, 0);
	errno = 0;
	inside->one = DnsWaitHandleWaitOne(inside->pending_wait, DNS_WAIT_FOREVER);
	inside->errors[0] = errno;
	errno = 0;
	inside->any = DnsWaitHandleWaitAny(both, 1, DNS_WAIT_FOREVER, &inside->index);
	inside->errors[1] = errno;
	errno = 0;
	inside->all = DnsWaitHandleWaitAll(both, 2, DNS_WAIT_FOREVER);
	inside->errors[2] = errno;
	inside->any_of_two =
		DnsWaitHandleWaitAny(both, 2, DNS_WAIT_FOREVER, &inside->index);
	sem_post(&inside->done);
}

START_TEST(an_unlimited_wait_for_a_pending_operation)
{
	struct inside inside;
	DnsAsyncResult *own;
	int i;

	inside_init(&inside, world.resolver);
	inside.index = 77;
	own = begin("a.test", wait_for_what_is_pending, &inside);
	await(&inside.done);
	ck_assert_int_eq(inside.now, DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(inside.one, DNS_WAIT_FAILED);
	ck_assert_int_eq(inside.any, DNS_WAIT_FAILED);
	ck_assert_int_eq(inside.all, DNS_WAIT_FAILED);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(inside.errors[i], EDEADLK);
	/* This one can end, since one of the two has completed. */
	ck_assert_int_eq(inside.any_of_two, DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(inside.index, 1);
	DnsWaitHandleRelease(inside.own_wait);
	end_expecting(own, DNS_STATUS_OK);
	inside_end(&inside);
}
END_TEST

static void
look_up_inside(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);

	inside->literal = GetHostByName(world.resolver, LITERAL, &inside->entry);
	DnsHostEntryRelease(inside->entry);
	inside->special = GetHostByName(world.resolver, "localhost", &inside->entry);
	DnsHostEntryRelease(inside->entry);
	inside->entry = (DnsHostEntry *)(void *)&world;
	inside->name = GetHostByName(world.resolver, "a.test", &inside->entry);
	inside->null_name = GetHostByName(world.resolver, NULL, NULL);
	sem_post(&inside->done);
}

START_TEST(a_synchronous_lookup_on_the_loop_thread)
{
	struct inside inside;
	DnsAsyncResult *own;
	unsigned int asked;

	inside_init(&inside, world.resolver);
	own = begin("b.test", look_up_inside, &inside);
	await(&inside.done);
	ck_assert_int_eq(inside.literal, DNS_STATUS_OK);
	ck_assert_int_eq(inside.special, DNS_STATUS_OK);
	ck_assert_int_eq(inside.name, DNS_STATUS_WOULD_DEADLOCK);
	ck_assert_ptr_null(inside.entry);
	ck_assert_int_eq(inside.null_name, DNS_STATUS_INVALID_ARGUMENT);
	end_expecting(own, DNS_STATUS_OK);
	inside_end(&inside);
	world_close_resolver();
	asked = dns_server_count_questions(world.server, "a.test", 0);
	ck_assert_uint_eq(asked, 0);
}
END_TEST

/* Inside Begin a callback is on a thread of the program's, which may block. */
START_TEST(a_synchronous_lookup_inside_begin)
{
	struct inside inside;
	DnsAsyncResult *own;

	inside_init(&inside, world.resolver);
	own = begin(LITERAL, look_up_inside, &inside);
	ck_assert(DnsAsyncResultCompletedSynchronously(own));
	ck_assert_int_eq(sem_trywait(&inside.done), 0);
	ck_assert_int_eq(inside.name, DNS_STATUS_OK);
	ck_assert(has_addresses(inside.entry, "192.0.2.1 2001:db8::1"));
	DnsHostEntryRelease(inside.entry);
	end_expecting(own, DNS_STATUS_OK);
	inside_end(&inside);
}
END_TEST

/* ---- The own handle ---- */

static void
use_own(DnsAsyncResult *own)
{
	struct inside *inside = DnsAsyncResultGetState(own);

	inside->own_wait = DnsAsyncResultCopyWaitHandle(own);
	inside->one = DnsWaitHandleWaitOne(inside->own_wait, DNS_WAIT_FOREVER);
	inside->status = EndGetHostByName(own, &inside->entry);
	inside->now = DnsWaitHandleWaitOne(inside->own_wait, 0);
	DnsAsyncResultCancel(own);
	DnsAsyncResultSetDeadline(own, 0);
	/* It is still his. */
	if (DnsAsyncResultGetState(own) != inside || !DnsAsyncResultIsCompleted(own))
		abort();
	sem_post(&inside->done);
}

/* Fault H08. */
START_TEST(waiting_for_and_ending_the_own_operation)
{
	static const char *const names[] = {"a.test", LITERAL};
	struct inside inside;
	int i;

	inside_init(&inside, world.resolver);
	for (i = 0; i < 2; i++) {
		begin(names[i], use_own, &inside);
		await(&inside.done);
		ck_assert_int_eq(inside.one, DNS_WAIT_SIGNALED);
		ck_assert_int_eq(inside.status, DNS_STATUS_OK);
		ck_assert_int_eq(inside.now, DNS_WAIT_SIGNALED);
		ck_assert_ptr_nonnull(inside.entry);
		DnsHostEntryRelease(inside.entry);
		DnsWaitHandleRelease(inside.own_wait);
	}
	inside_end(&inside);
}
END_TEST

struct staying {
	sem_t entered, leave, done;
	bool is_completed, is_synchronous;
	void *state;
	DnsStatus status;
	DnsWaitResult waited;
};

/* Looks at its own handle after another thread has ended it. */
static void
stay(DnsAsyncResult *own)
{
	struct staying *staying = DnsAsyncResultGetState(own);
	DnsWaitHandle *wait;

	sem_post(&staying->entered);
	await(&staying->leave);
	staying->state = DnsAsyncResultGetState(own);
	staying->is_completed = DnsAsyncResultIsCompleted(own);
	staying->is_synchronous = DnsAsyncResultCompletedSynchronously(own);
	wait = DnsAsyncResultCopyWaitHandle(own);
	staying->waited = DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER);
	DnsWaitHandleRelease(wait);
	staying->status = EndGetHostByName(own, NULL);
	sem_post(&staying->done);
}

START_TEST(ended_by_another_thread_meanwhile)
{
	struct staying staying = {.is_synchronous = true};
	DnsAsyncResult *handle;

	sem_init(&staying.entered, 0, 0);
	sem_init(&staying.leave, 0, 0);
	sem_init(&staying.done, 0, 0);
	handle = begin("a.test", stay, &staying);
	await(&staying.entered);
	end_with_addresses(handle, "192.0.2.1 2001:db8::1");
	/* For everybody else it is gone. */
	ck_assert_ptr_null(DnsAsyncResultGetState(handle));
	ck_assert_ptr_null(DnsAsyncResultCopyWaitHandle(handle));
	sem_post(&staying.leave);
	await(&staying.done);
	ck_assert_ptr_eq(staying.state, &staying);
	ck_assert(staying.is_completed);
	ck_assert(!staying.is_synchronous);
	ck_assert_int_eq(staying.waited, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(staying.status, DNS_STATUS_INVALID_OPERATION);
	sem_destroy(&staying.done);
	sem_destroy(&staying.leave);
	sem_destroy(&staying.entered);
}
END_TEST

/* ---- Begin inside a callback ---- */

struct beginner {
	DnsAsyncResult *begun[2];
	bool was_synchronous;
	atomic_bool has_nested;
	sem_t done;
};

static _Thread_local bool is_inside;

static void
end_what_was_begun(DnsAsyncResult *own)
{
	struct beginner *beginner = DnsAsyncResultGetState(own);

	if (is_inside)
		atomic_store(&beginner->has_nested, true);
	sem_post(&beginner->done);
}

static void
begin_two(DnsAsyncResult *own)
{
	struct beginner *beginner = DnsAsyncResultGetState(own);
	static const char *const names[] = {LITERAL, "localhost"};
	int i;

	is_inside = true;
	for (i = 0; i < 2; i++) {
		beginner->begun[i] = BeginGetHostByName(world.resolver, names[i],
							end_what_was_begun, beginner);
		if (DnsAsyncResultCompletedSynchronously(beginner->begun[i]))
			beginner->was_synchronous = true;
	}
	is_inside = false;
	sem_post(&beginner->done);
}

START_TEST(what_is_begun_inside_never_completes_synchronously)
{
	struct beginner beginner = {.was_synchronous = false};
	DnsAsyncResult *own;
	int i;

	sem_init(&beginner.done, 0, 0);
	own = begin(_i == 0 ? "a.test" : LITERAL, begin_two, &beginner);
	for (i = 0; i < 3; i++)
		await(&beginner.done);
	ck_assert(!beginner.was_synchronous);
	ck_assert(!atomic_load(&beginner.has_nested));
	for (i = 0; i < 2; i++) {
		ck_assert(!DnsAsyncResultCompletedSynchronously(beginner.begun[i]));
		end_expecting(beginner.begun[i], DNS_STATUS_OK);
	}
	end_expecting(own, DNS_STATUS_OK);
	ck_assert_uint_eq(read_statistics().completedSynchronously, (unsigned int)_i);
	sem_destroy(&beginner.done);
}
END_TEST

/* Each literal is begun in the callback of the one before. */
struct chain {
	pthread_t main;
	unsigned int left;
	void *depths[DEPTHS]; /* the different ones, on the loop thread */
	unsigned int depth_count;
	bool is_broken;
	sem_t done;
};

static void
note_depth(struct chain *chain, void *frame)
{
	unsigned int i;

	if (pthread_equal(pthread_self(), chain->main))
		return;
	for (i = 0; i < chain->depth_count && i < DEPTHS; i++)
		if (chain->depths[i] == frame)
			return;
	if (i < DEPTHS)
		chain->depths[i] = frame;
	chain->depth_count++;
}

static void
forge_next_link(DnsAsyncResult *own)
{
	struct chain *chain = DnsAsyncResultGetState(own);
	DnsAsyncResult *next = own;

	note_depth(chain, __builtin_frame_address(0));
	if (EndGetHostByName(own, NULL) != DNS_STATUS_OK)
		chain->is_broken = true;
	if (--chain->left > 0)
		next = BeginGetHostByName(world.resolver, LITERAL, forge_next_link,
					  chain);
	if (next == NULL)
		chain->is_broken = true;
	if (chain->left == 0 || chain->is_broken)
		sem_post(&chain->done);
}

/* Fault L04. */
START_TEST(a_long_chain_needs_no_stack)
{
	struct chain chain = {.main = pthread_self(), .left = rounds(LINKS)};
	unsigned int links = chain.left;

	sem_init(&chain.done, 0, 0);
	begin(LITERAL, forge_next_link, &chain);
	await(&chain.done);
	ck_assert(!chain.is_broken);
	ck_assert_uint_eq(chain.left, 0);
	ck_assert_uint_le(chain.depth_count, DEPTHS);
	ck_assert_uint_eq(read_statistics().begun, links);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 1);
	sem_destroy(&chain.done);
}
END_TEST

/* ---- Signals ---- */

static struct {
	volatile sig_atomic_t is_handled;
	sem_t done;
} fault;

static void
on_fault(int number)
{
	(void)number;
	fault.is_handled = 1;
}

/* raise is as good as a fault, but for tools that look for faults. */
static void
be_at_fault(DnsAsyncResult *own)
{
	(void)own;
	raise(SIGSEGV);
	sem_post(&fault.done);
}

START_TEST(a_fault_reaches_the_programs_handler)
{
	const struct sigaction action = { .sa_handler = on_fault };
	struct sigaction before;
	DnsAsyncResult *handle;

	sem_init(&fault.done, 0, 0);
	ck_assert_int_eq(sigaction(SIGSEGV, &action, &before), 0);
	handle = begin("b.test", be_at_fault, NULL);
	await(&fault.done);
	sigaction(SIGSEGV, &before, NULL);
	end_with_addresses(handle, "192.0.2.2");
	ck_assert(fault.is_handled);
	sem_destroy(&fault.done);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("inside callbacks");
	TCase *inside = contract_case(suite, "inside");

	tcase_set_timeout(inside, 120);
	tcase_add_test(inside, end_of_a_pending_operation);
	tcase_add_test(inside, end_of_a_pending_operation_of_another_resolver);
	tcase_add_test(inside, an_unlimited_wait_for_a_pending_operation);
	tcase_add_test(inside, a_synchronous_lookup_on_the_loop_thread);
	tcase_add_test(inside, a_synchronous_lookup_inside_begin);
	tcase_add_test(inside, waiting_for_and_ending_the_own_operation);
	tcase_add_test(inside, ended_by_another_thread_meanwhile);
	tcase_add_loop_test(inside, what_is_begun_inside_never_completes_synchronously, 0,
			    2);
	tcase_add_test(inside, a_long_chain_needs_no_stack);
	tcase_add_test(inside, a_fault_reaches_the_programs_handler);
	return contract_run(suite);
}
