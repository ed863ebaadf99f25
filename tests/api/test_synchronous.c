/* SPDX-License-Identifier: MIT */
/* CompletedSynchronously is true exactly when the callback ran, or would have run, inside
 * Begin on the thread that called it; and never for what is begun in a callback. */
#include "contract.h"
#include "rounds.h"

#include <stdlib.h>

#define CHAIN  40000
#define ROUNDS 20

static const char *const without_server[] = {
	"192.0.2.1",  "127.1",	   "0x7f.1",  "2001:db8::1", "localhost", "x.localhost",
	"LOCALHOST.", "x.invalid", "invalid", "x.onion",     "bad..name", "-.1"};
#define WITHOUT_SERVER ((int)(sizeof without_server / sizeof without_server[0]))

struct view {
	DnsAsyncResult *handle;
	bool was_completed;
	bool was_synchronous;
	pthread_t thread;
	unsigned int calls;
	sem_t done;
};

static void
see(DnsAsyncResult *asyncResult)
{
	struct view *view = DnsAsyncResultGetState(asyncResult);

	view->handle = asyncResult;
	view->was_completed = DnsAsyncResultIsCompleted(asyncResult);
	view->was_synchronous = DnsAsyncResultCompletedSynchronously(asyncResult);
	view->thread = pthread_self();
	view->calls++;
	sem_post(&view->done);
}

static void
assert_ran_inside_begin(const struct view *view, DnsAsyncResult *begun)
{
	ck_assert_uint_eq(view->calls, 1);
	ck_assert_ptr_eq(view->handle, begun);
	ck_assert(view->was_completed);
	ck_assert(view->was_synchronous);
	ck_assert(pthread_equal(view->thread, pthread_self()));
}

START_TEST(what_needs_no_server_completes_inside_begin)
{
	struct view view = {.calls = 0};
	DnsAsyncResult *begun;

	sem_init(&view.done, 0, 0);
	begun = begin(without_server[_i], see, &view);
	assert_ran_inside_begin(&view, begun);
	ck_assert(DnsAsyncResultCompletedSynchronously(begun));
	EndGetHostByName(begun, NULL);
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));

	begun = begin(without_server[_i], NULL, NULL);
	ck_assert(DnsAsyncResultCompletedSynchronously(begun));
	ck_assert(DnsAsyncResultIsCompleted(begun));
	EndGetHostByName(begun, NULL);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 2);
	ck_assert_uint_eq(dns_server_count_questions(world.server, NULL, 0), 0);
}
END_TEST

START_TEST(what_a_server_answers_does_not)
{
	static const char *const names[] = {"a.test", "missing.test", "empty.test",
					    "failing.test"};
	struct view view = {.was_synchronous = true};
	DnsAsyncResult *begun;

	sem_init(&view.done, 0, 0);
	begun = begin(names[_i], see, &view);
	await(&view.done);
	ck_assert(view.was_completed);
	ck_assert(!view.was_synchronous);
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	ck_assert(!pthread_equal(view.thread, pthread_self()));
	EndGetHostByName(begun, NULL);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 0);
}
END_TEST

/* A thread that is inside a callback of the resolver's loop is not waited for. */
START_TEST(the_loop_thread_is_not_needed)
{
	struct view view = {.calls = 0};
	struct witness occupied;
	DnsAsyncResult *begun;

	sem_init(&view.done, 0, 0);
	occupy_loop(&occupied);
	begun = begin("192.0.2.1", see, &view);
	assert_ran_inside_begin(&view, begun);
	end_with_addresses(begun, "192.0.2.1");
	free_loop(&occupied);
}
END_TEST

/* ---- Begin inside a callback ---- */

struct nesting {
	struct view inner;
	bool inner_was_synchronous;
	sem_t done;
};

static void
begin_in_callback(DnsAsyncResult *asyncResult)
{
	struct nesting *nesting = DnsAsyncResultGetState(asyncResult);
	DnsAsyncResult *begun;

	begun = BeginGetHostByName(world.resolver, "192.0.2.1", see, &nesting->inner);
	nesting->inner_was_synchronous = DnsAsyncResultCompletedSynchronously(begun);
	sem_post(&nesting->done);
}

START_TEST(begun_in_a_callback_it_never_completes_inside_begin)
{
	static const char *const outer[] = {"a.test", "192.0.2.2"};
	struct nesting nesting = {.inner_was_synchronous = true};
	DnsAsyncResult *begun;

	sem_init(&nesting.done, 0, 0);
	sem_init(&nesting.inner.done, 0, 0);
	nesting.inner.was_synchronous = true;
	begun = begin(outer[_i], begin_in_callback, &nesting);
	await(&nesting.done);
	await(&nesting.inner.done);
	ck_assert(!nesting.inner_was_synchronous);
	ck_assert(!nesting.inner.was_synchronous);
	ck_assert(!pthread_equal(nesting.inner.thread, pthread_self()));
	end_with_addresses(nesting.inner.handle, "192.0.2.1");
	end_expecting(begun, DNS_STATUS_OK);
}
END_TEST

struct chain {
	int left;
	int deepest;
	sem_t done;
};

/* How many callbacks are on this thread's stack. */
static _Thread_local int depth;

static void
begin_the_next(DnsAsyncResult *asyncResult)
{
	struct chain *chain = DnsAsyncResultGetState(asyncResult);

	if (++depth > chain->deepest)
		chain->deepest = depth;
	EndGetHostByName(asyncResult, NULL);
	if (--chain->left > 0)
		BeginGetHostByName(world.resolver, "192.0.2.1", begin_the_next, chain);
	else
		sem_post(&chain->done);
	depth--;
}

/* Each link of it on top of the one before, were it synchronous. */
START_TEST(a_chain_of_callbacks_does_not_grow_the_stack)
{
	struct chain chain = {.left = (int)rounds(CHAIN)};

	sem_init(&chain.done, 0, 0);
	begin("192.0.2.1", begin_the_next, &chain);
	await(&chain.done);
	ck_assert_int_eq(chain.left, 0);
	ck_assert_int_eq(chain.deepest, 1);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 1);
}
END_TEST

/* ---- The option that forbids it ---- */

static pthread_mutex_t held_across_begin = PTHREAD_MUTEX_INITIALIZER;

static void
lock_and_tell(DnsAsyncResult *asyncResult)
{
	pthread_mutex_lock(&held_across_begin);
	pthread_mutex_unlock(&held_across_begin);
	sem_post(DnsAsyncResultGetState(asyncResult));
}

/* What it is for: a callback takes the lock that its Begin was called under. */
START_TEST(a_lock_may_be_held_across_begin)
{
	DnsAsyncResult *begun;
	sem_t called;

	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_NEVER_SYNCHRONOUS);
	sem_init(&called, 0, 0);
	pthread_mutex_lock(&held_across_begin);
	begun = begin(without_server[_i], lock_and_tell, &called);
	ck_assert_int_eq(sem_trywait(&called), -1);
	pthread_mutex_unlock(&held_across_begin);
	await(&called);
	EndGetHostByName(begun, NULL);
	world_close_resolver(); /* the callback has returned */
	sem_destroy(&called);
}
END_TEST

START_TEST(the_option_forbids_it)
{
	struct view view = {.was_synchronous = true};
	struct witness occupied;
	DnsAsyncResult *begun;

	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_NEVER_SYNCHRONOUS);
	sem_init(&view.done, 0, 0);
	occupy_loop(&occupied);
	begun = begin(without_server[_i], see, &view);
	ck_assert(!DnsAsyncResultIsCompleted(begun));
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	free_loop(&occupied);
	await(&view.done);
	ck_assert(!view.was_synchronous);
	ck_assert(!pthread_equal(view.thread, pthread_self()));
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	EndGetHostByName(begun, NULL);
	ck_assert_uint_eq(read_statistics().completedSynchronously, 0);
	ck_assert_uint_eq(read_statistics().begun, 3);
	ck_assert_uint_eq(dns_server_count_questions(world.server, without_server[0], 0),
			  0);
}
END_TEST

/* ---- The flag as .NET's FromAsync uses it ---- */

struct promise {
	atomic_int ends;
	DnsStatus status;
	sem_t done;
};

static void
finish(struct promise *promise, DnsAsyncResult *asyncResult)
{
	promise->status = EndGetHostByName(asyncResult, NULL);
	atomic_fetch_add(&promise->ends, 1);
	sem_post(&promise->done);
}

static void
finish_if_asynchronous(DnsAsyncResult *asyncResult)
{
	if (!DnsAsyncResultCompletedSynchronously(asyncResult))
		finish(DnsAsyncResultGetState(asyncResult), asyncResult);
}

static void
assert_ended_once(const char *name, DnsStatus status)
{
	struct promise promise = {.status = DNS_STATUS_FORCE_INT};
	DnsAsyncResult *begun;

	sem_init(&promise.done, 0, 0);
	begun = begin(name, finish_if_asynchronous, &promise);
	if (DnsAsyncResultCompletedSynchronously(begun)) {
		ck_assert(DnsAsyncResultIsCompleted(begun));
		finish(&promise, begun);
	}
	await(&promise.done);
	ck_assert_int_eq(promise.status, status);
	ck_assert_int_eq(atomic_load(&promise.ends), 1);
	end_expecting(begun, DNS_STATUS_INVALID_OPERATION);
}

/* Either the callback ends it or the caller of Begin does, never both nor neither. */
START_TEST(one_half_ends_it)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		assert_ended_once("192.0.2.1", DNS_STATUS_OK);
		assert_ended_once("a.test", DNS_STATUS_OK);
		assert_ended_once("x.invalid", DNS_STATUS_HOST_NOT_FOUND);
		assert_ended_once("missing.test", DNS_STATUS_HOST_NOT_FOUND);
	}
	ck_assert_uint_eq(read_statistics().ended, ROUNDS * 4);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Synchronous");
	TCase *rules = contract_case(suite, "CompletedSynchronously");

	tcase_add_loop_test(rules, what_needs_no_server_completes_inside_begin, 0,
			    WITHOUT_SERVER);
	tcase_add_loop_test(rules, what_a_server_answers_does_not, 0, 4);
	tcase_add_test(rules, the_loop_thread_is_not_needed);
	tcase_add_loop_test(rules, begun_in_a_callback_it_never_completes_inside_begin, 0,
			    2);
	tcase_add_test(rules, a_chain_of_callbacks_does_not_grow_the_stack);
	tcase_add_loop_test(rules, the_option_forbids_it, 0, WITHOUT_SERVER);
	tcase_add_loop_test(rules, a_lock_may_be_held_across_begin, 0, WITHOUT_SERVER);
	tcase_add_test(rules, one_half_ends_it);
	return contract_run(suite);
}
