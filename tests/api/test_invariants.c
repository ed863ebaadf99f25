/* SPDX-License-Identifier: MIT */
/* The invariants that the owner of .NET's IAsyncResult stated, I1 to I11. A test is named
 * after its invariant. */
#include "contract.h"
#include "rounds.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#define MANY	 200
#define SAMPLERS 4
#define ROUNDS	 50

static const char *const kinds[] = {"a.test", "missing.test", "192.0.2.1", "localhost",
				    "x.invalid"};
#define KINDS ((int)(sizeof kinds / sizeof kinds[0]))

/* A name that was not asked for before. */
static const char *
new_name(void)
{
	static unsigned int number;
	static char name[32];

	snprintf(name, sizeof name, "new%u.many.test", number++);
	return name;
}

static void
wait_for(DnsAsyncResult *begun)
{
	DnsWaitHandle *handle = copy_wait_handle(begun);

	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(handle);
}

/* ---- Threads that look at operations while these complete ---- */

struct sampler {
	DnsAsyncResult **begun;
	int count;
	atomic_bool is_over;
	atomic_uint went_back; /* IsCompleted true, then false */
	atomic_uint changed;   /* CompletedSynchronously */
	atomic_uint samples;
};

static void
sample(struct sampler *sampler, bool *was_completed)
{
	bool is_completed;
	int i;

	for (i = 0; i < sampler->count; i++) {
		is_completed = DnsAsyncResultIsCompleted(sampler->begun[i]);
		if (was_completed[i] && !is_completed)
			atomic_fetch_add(&sampler->went_back, 1);
		was_completed[i] = is_completed;
		if (DnsAsyncResultCompletedSynchronously(sampler->begun[i]))
			atomic_fetch_add(&sampler->changed, 1);
	}
	atomic_fetch_add(&sampler->samples, 1);
}

static void *
run_sampler(void *argument)
{
	struct sampler *sampler = argument;
	bool was_completed[MANY] = {false};

	while (!atomic_load(&sampler->is_over))
		sample(sampler, was_completed);
	sample(sampler, was_completed);
	return NULL;
}

/* Samples before, while and after all of them complete, and end. */
static void
sample_through_completion(struct sampler *sampler)
{
	static DnsAsyncResult *begun[MANY];
	pthread_t threads[SAMPLERS];
	int count = many(MANY), i;

	for (i = 0; i < count; i++)
		begun[i] = begin(HELD_NAME, NULL, NULL);
	sampler->begun = begun;
	sampler->count = count;
	for (i = 0; i < SAMPLERS; i++)
		threads[i] = start_thread(run_sampler, sampler);
	while (atomic_load(&sampler->samples) < SAMPLERS)
		sched_yield();
	world_release();
	for (i = 0; i < count; i++) {
		wait_for(begun[i]);
		ck_assert(DnsAsyncResultIsCompleted(begun[i]));
	}
	for (i = 0; i < count; i++)
		end_with_addresses(begun[i], "198.51.100.8");
	atomic_store(&sampler->is_over, true);
	for (i = 0; i < SAMPLERS; i++)
		join_thread(threads[i]);
}

START_TEST(i1_is_completed_never_goes_back)
{
	struct sampler sampler = {.count = 0};

	sample_through_completion(&sampler);
	ck_assert_uint_eq(atomic_load(&sampler.went_back), 0);
}
END_TEST

START_TEST(i2_completed_synchronously_never_changes)
{
	struct sampler sampler = {.count = 0};

	sample_through_completion(&sampler);
	ck_assert_uint_eq(atomic_load(&sampler.changed), 0);
}
END_TEST

START_TEST(i3_completed_synchronously_means_completed)
{
	DnsAsyncResult *begun;
	int i, synchronous = 0;

	for (i = 0; i < many(ROUNDS) * KINDS; i++) {
		begun = begin(kinds[i % KINDS], NULL, NULL);
		if (DnsAsyncResultCompletedSynchronously(begun)) {
			ck_assert(DnsAsyncResultIsCompleted(begun));
			synchronous++;
		}
		EndGetHostByName(begun, NULL);
	}
	ck_assert_int_ge(synchronous, many(ROUNDS) * 3);
}
END_TEST

START_TEST(i4_signalled_means_completed)
{
	DnsAsyncResult *begun;
	DnsWaitHandle *handle;
	size_t index;
	int i;

	for (i = 0; i < many(ROUNDS) * 3; i++) {
		begun = begin(new_name(), NULL, NULL);
		handle = copy_wait_handle(begun);
		if (i % 3 == 0)
			while (DnsWaitHandleWaitOne(handle, 0) != DNS_WAIT_SIGNALED)
				sched_yield();
		else if (i % 3 == 1)
			DnsWaitHandleWaitAny(&handle, 1, DNS_WAIT_FOREVER, &index);
		else
			DnsWaitHandleWaitAll(&handle, 1, DNS_WAIT_FOREVER);
		ck_assert(DnsAsyncResultIsCompleted(begun));
		DnsWaitHandleRelease(handle);
		end_with_addresses(begun, "198.51.100.7");
	}
}
END_TEST

/* ---- What a callback sees ---- */

struct view {
	DnsAsyncResult *handle;
	void *state;
	bool was_completed;
	bool was_synchronous;
	DnsWaitResult wait;
	DnsStatus status;
	pthread_t thread;
	sem_t done;
};

static void
see(DnsAsyncResult *asyncResult)
{
	struct view *view = DnsAsyncResultGetState(asyncResult);
	DnsWaitHandle *handle = DnsAsyncResultCopyWaitHandle(asyncResult);

	view->handle = asyncResult;
	view->state = view;
	view->was_completed = DnsAsyncResultIsCompleted(asyncResult);
	view->was_synchronous = DnsAsyncResultCompletedSynchronously(asyncResult);
	view->wait = DnsWaitHandleWaitOne(handle, 0);
	view->thread = pthread_self();
	DnsWaitHandleRelease(handle);
	view->status = EndGetHostByName(asyncResult, NULL);
	sem_post(&view->done);
}

START_TEST(i5_a_callback_sees_the_handle_signalled)
{
	struct view view = {.wait = DNS_WAIT_FAILED};

	sem_init(&view.done, 0, 0);
	begin(kinds[_i], see, &view);
	await(&view.done);
	ck_assert(view.was_completed);
	ck_assert_int_eq(view.wait, DNS_WAIT_SIGNALED);
}
END_TEST

/* Were it to wait, it would be refused in the first case and hang in the second. */
START_TEST(i6_end_of_what_has_completed_does_not_wait)
{
	struct view view = {.status = DNS_STATUS_FORCE_INT};
	struct witness occupied;
	DnsAsyncResult *begun;

	sem_init(&view.done, 0, 0);
	begin("a.test", see, &view);
	await(&view.done);
	ck_assert_int_eq(view.status, DNS_STATUS_OK);

	begun = begin("b.test", NULL, NULL);
	wait_for(begun);
	occupy_loop(&occupied);
	end_with_addresses(begun, "192.0.2.2");
	free_loop(&occupied);
}
END_TEST

static DnsAsyncResult *completed_before;
static DnsStatus status_of_completed;

static void
end_the_other(DnsAsyncResult *asyncResult)
{
	status_of_completed = EndGetHostByName(completed_before, NULL);
	on_completion(asyncResult);
}

START_TEST(i6_end_of_another_in_a_callback)
{
	struct witness witness;
	DnsAsyncResult *begun;

	witness_init(&witness);
	completed_before = begin("b.test", NULL, NULL);
	wait_for(completed_before);
	begun = begin("a.test", end_the_other, &witness);
	await(&witness.entered);
	ck_assert_int_eq(status_of_completed, DNS_STATUS_OK);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
}
END_TEST

/* ---- Exactly once ---- */

static void *
cancel_it(void *begun)
{
	DnsAsyncResultCancel(begun);
	return NULL;
}

static void *
let_its_time_pass(void *begun)
{
	DnsAsyncResultSetDeadline(begun, 0);
	return NULL;
}

static void *
close_it(void *unused)
{
	(void)unused;
	world_close_resolver();
	return NULL;
}

static const struct rival {
	void *(*act)(void *begun);
	DnsStatus status;
} rivals[] = {
	{cancel_it, DNS_STATUS_CANCELLED},
	{let_its_time_pass, DNS_STATUS_TIMED_OUT},
	{close_it, DNS_STATUS_CLOSED},
};

/* The answer and its rival set out at the same time; whoever is first completes it. */
static void
race(const struct rival *rival)
{
	char name[32];
	struct witness witness;
	DnsAsyncResult *begun;
	DnsStatus status;
	pthread_t thread;

	snprintf(name, sizeof name, "%s", new_name());
	dns_server_hold(world.server, name);
	witness_init(&witness);
	begun = begin(name, on_completion, &witness);
	world_await_question(name);
	thread = start_thread(rival->act, begun);
	dns_server_release(world.server, name);
	status = EndGetHostByName(begun, NULL);
	join_thread(thread);
	ck_assert(status == DNS_STATUS_OK || status == rival->status);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
	witness_destroy(&witness);
	world.resolver = world_make_resolver(0);
}

START_TEST(i7_callback_exactly_once)
{
	int i;

	for (i = 0; i < many(ROUNDS); i++)
		race(&rivals[_i]);
}
END_TEST

static void
count_call(DnsAsyncResult *asyncResult)
{
	atomic_uint *calls = DnsAsyncResultGetState(asyncResult);

	atomic_fetch_add(calls, 1);
}

START_TEST(i7_callback_exactly_once_for_each_of_many)
{
	atomic_uint calls = 0;
	DnsAsyncResult *begun;
	int count = many(MANY), i;

	for (i = 0; i < count; i++) {
		begun = begin(kinds[i % KINDS], count_call, &calls);
		if (i % 2 == 0)
			DnsAsyncResultCancel(begun);
		if (i % 3 == 0)
			DnsAsyncResultCancel(begun);
		EndGetHostByName(begun, NULL);
	}
	world_close_resolver();
	ck_assert_int_eq(atomic_load(&calls), count);
}
END_TEST

START_TEST(i7_no_callback_when_begin_fails)
{
	DnsResolver *closed = world_make_resolver(0);
	char name[257] = {0};
	int i;

	for (i = 0; i < 256; i++)
		name[i] = i % 2 == 0 ? 'n' : '.';
	DnsResolverClose(closed);
	ck_assert_ptr_null(BeginGetHostByName(world.resolver, NULL, on_impossible, NULL));
	ck_assert_ptr_null(BeginGetHostByName(world.resolver, name, on_impossible, NULL));
	ck_assert_ptr_null(BeginGetHostByName(closed, "a.test", on_impossible, NULL));
	ck_assert_ptr_null(BeginGetHostByName(closed, "192.0.2.1", on_impossible, NULL));
	world_close_resolver();
}
END_TEST

/* ---- The rest of them ---- */

START_TEST(i8_the_wait_handle_is_valid_until_end)
{
	DnsAsyncResult *begun = begin(kinds[_i], NULL, NULL);
	DnsWaitHandle *early = copy_wait_handle(begun);

	wait_for(begun);
	world_close_resolver();
	wait_for(begun);
	ck_assert_int_eq(DnsWaitHandleWaitOne(early, 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(early);
	EndGetHostByName(begun, NULL);
	ck_assert_ptr_null(DnsAsyncResultCopyWaitHandle(begun));
}
END_TEST

START_TEST(i9_the_callback_gets_what_begin_returned)
{
	struct view view = {.handle = NULL};
	DnsAsyncResult *begun;
	int i;

	sem_init(&view.done, 0, 0);
	for (i = 0; i < many(ROUNDS); i++) {
		begun = begin(kinds[_i], see, &view);
		await(&view.done);
		ck_assert_ptr_eq(view.handle, begun);
	}
}
END_TEST

static DnsAsyncResult *begun_in_callback[MANY];

static void
begin_many_in_callback(DnsAsyncResult *asyncResult)
{
	int count = many(MANY), i;

	for (i = 0; i < count; i++)
		begun_in_callback[i] =
			BeginGetHostByName(world.resolver, HELD_NAME, NULL, NULL);
	on_completion(asyncResult);
}

/* Neither when nobody reads what it sends, nor on the loop thread itself. */
START_TEST(i10_begin_does_not_block)
{
	static DnsAsyncResult *begun[MANY];
	struct witness witness;
	DnsAsyncResult *first;
	int count = many(MANY), i;

	witness_init(&witness);
	first = begin("a.test", begin_many_in_callback, &witness);
	await(&witness.entered);
	end_with_addresses(first, "192.0.2.1 2001:db8::1");
	dns_server_set_deaf(world.server, true);
	for (i = 0; i < count; i++)
		begun[i] = begin("y.slow.test", NULL, NULL);
	for (i = 0; i < count; i++)
		ck_assert(!DnsAsyncResultIsCompleted(begun[i]));
	world_close_resolver();
	for (i = 0; i < count; i++) {
		end_expecting(begun[i], DNS_STATUS_CLOSED);
		end_expecting(begun_in_callback[i], DNS_STATUS_CLOSED);
	}
}
END_TEST

START_TEST(i11_state_is_the_object_given_to_begin)
{
	static DnsAsyncResult *begun[MANY];
	static char objects[MANY];
	int count = many(MANY), i;

	for (i = 0; i < count; i++)
		begun[i] = begin(kinds[i % KINDS], NULL, &objects[i / 2]);
	for (i = 0; i < count; i++) {
		ck_assert_ptr_eq(DnsAsyncResultGetState(begun[i]), &objects[i / 2]);
		wait_for(begun[i]);
		ck_assert_ptr_eq(DnsAsyncResultGetState(begun[i]), &objects[i / 2]);
		EndGetHostByName(begun[i], NULL);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Invariants");
	TCase *invariants = contract_case(suite, "I1 to I11");

	tcase_add_test(invariants, i1_is_completed_never_goes_back);
	tcase_add_test(invariants, i2_completed_synchronously_never_changes);
	tcase_add_test(invariants, i3_completed_synchronously_means_completed);
	tcase_add_test(invariants, i4_signalled_means_completed);
	tcase_add_loop_test(invariants, i5_a_callback_sees_the_handle_signalled, 0,
			    KINDS);
	tcase_add_test(invariants, i6_end_of_what_has_completed_does_not_wait);
	tcase_add_test(invariants, i6_end_of_another_in_a_callback);
	tcase_add_loop_test(invariants, i7_callback_exactly_once, 0, 3);
	tcase_add_test(invariants, i7_callback_exactly_once_for_each_of_many);
	tcase_add_test(invariants, i7_no_callback_when_begin_fails);
	tcase_add_loop_test(invariants, i8_the_wait_handle_is_valid_until_end, 0, KINDS);
	tcase_add_loop_test(invariants, i9_the_callback_gets_what_begin_returned, 0,
			    KINDS);
	tcase_add_test(invariants, i10_begin_does_not_block);
	tcase_add_test(invariants, i11_state_is_the_object_given_to_begin);
	return contract_run(suite);
}
