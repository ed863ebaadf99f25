/* SPDX-License-Identifier: MIT */
/* The ways to collect a result, each operation's own choice: rules R28 to R33. A test is
 * named after its rule. */
#include "contract.h"
#include "rounds.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#define MANY 1000

/* ---- Block ---- */

static void *
release_when_asked(void *unused)
{
	(void)unused;
	dns_server_wait_for_questions(world.server, HELD_NAME, 1, 1);
	dns_server_wait_for_questions(world.server, HELD_NAME, 28, 1);
	world_release();
	return NULL;
}

START_TEST(r28_block_in_end)
{
	DnsAsyncResult *begun = begin(HELD_NAME, NULL, NULL);
	pthread_t thread = start_thread(release_when_asked, NULL);

	end_with_addresses(begun, "198.51.100.8");
	join_thread(thread);
}
END_TEST

/* ---- Wait for one or more ---- */

static DnsWaitResult
wait_any(DnsWaitHandle *const handles[], size_t count, int milliseconds, size_t index)
{
	size_t found = SIZE_MAX;
	DnsWaitResult result = DnsWaitHandleWaitAny(handles, count, milliseconds, &found);

	ck_assert_uint_eq(found, result == DNS_WAIT_SIGNALED ? index : SIZE_MAX);
	return result;
}

/* Three operations, of two resolvers, each with a gate of its own. */
START_TEST(r29_block_until_one_or_all_are_complete)
{
	static const char *const names[3] = {"a.test", "b.test", "c.test"};
	DnsResolver *resolvers[3] = {world.resolver, NULL, world.resolver};
	DnsAsyncResult *begun[3];
	DnsWaitHandle *handles[3];
	int i;

	resolvers[1] = world_make_resolver(0);
	for (i = 0; i < 3; i++) {
		dns_server_hold(world.server, names[i]);
		begun[i] = BeginGetHostByName(resolvers[i], names[i], NULL, NULL);
		handles[i] = copy_wait_handle(begun[i]);
	}
	ck_assert_int_eq(wait_any(handles, 3, 0, 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(wait_any(handles, 3, 1, 0), DNS_WAIT_TIMED_OUT);
	dns_server_release(world.server, "b.test");
	ck_assert_int_eq(wait_any(handles, 3, DNS_WAIT_FOREVER, 1), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 1), DNS_WAIT_TIMED_OUT);
	dns_server_release(world.server, "a.test");
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 2, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(wait_any(handles, 3, DNS_WAIT_FOREVER, 0), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, 0), DNS_WAIT_TIMED_OUT);
	dns_server_release(world.server, "c.test");
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 3, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	for (i = 0; i < 3; i++) {
		DnsWaitHandleRelease(handles[i]);
		end_expecting(begun[i], DNS_STATUS_OK);
	}
	DnsResolverClose(resolvers[1]);
}
END_TEST

/* .NET stops at 64. */
START_TEST(r29_there_is_no_upper_limit)
{
	static DnsAsyncResult *begun[MANY];
	static DnsWaitHandle *handles[MANY];
	int count = many(MANY), i;

	for (i = 0; i < count; i++) {
		begun[i] = begin(HELD_NAME, NULL, NULL);
		handles[i] = copy_wait_handle(begun[i]);
	}
	ck_assert_int_eq(wait_any(handles, count, 0, 0), DNS_WAIT_TIMED_OUT);
	DnsAsyncResultCancel(begun[count / 2]);
	ck_assert_int_eq(wait_any(handles, count, DNS_WAIT_FOREVER, count / 2),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, count, 1), DNS_WAIT_TIMED_OUT);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, count, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(wait_any(handles, count, DNS_WAIT_FOREVER, 0), DNS_WAIT_SIGNALED);
	for (i = 0; i < count; i++) {
		DnsWaitHandleRelease(handles[i]);
		EndGetHostByName(begun[i], NULL);
	}
}
END_TEST

START_TEST(r29_a_handle_may_stand_in_the_array_twice)
{
	DnsAsyncResult *held = begin(HELD_NAME, NULL, NULL);
	DnsAsyncResult *done = begin("192.0.2.1", NULL, NULL);
	DnsWaitHandle *handles[4];

	handles[0] = handles[2] = copy_wait_handle(held);
	handles[1] = handles[3] = copy_wait_handle(done);
	ck_assert_int_eq(wait_any(handles, 4, DNS_WAIT_FOREVER, 1), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 4, 1), DNS_WAIT_TIMED_OUT);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 4, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(handles[0]);
	DnsWaitHandleRelease(handles[1]);
	end_with_addresses(held, "198.51.100.8");
	end_with_addresses(done, "192.0.2.1");
}
END_TEST

static void
assert_refused(DnsWaitResult result)
{
	ck_assert_int_eq(result, DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
}

START_TEST(r29_bad_arguments_of_a_wait)
{
	DnsAsyncResult *done = begin("192.0.2.1", NULL, NULL);
	DnsWaitHandle *handles[2] = {copy_wait_handle(done), NULL};

	errno = 0;
	assert_refused(DnsWaitHandleWaitOne(NULL, 0));
	assert_refused(DnsWaitHandleWaitOne(handles[0], -2));
	assert_refused(wait_any(handles, 0, 0, 0));
	assert_refused(wait_any(NULL, 1, 0, 0));
	assert_refused(wait_any(handles, 2, 0, 0));
	assert_refused(wait_any(handles, 1, -2, 0));
	assert_refused(DnsWaitHandleWaitAll(handles, 0, 0));
	assert_refused(DnsWaitHandleWaitAll(NULL, 1, 0));
	assert_refused(DnsWaitHandleWaitAll(handles, 2, 0));
	assert_refused(DnsWaitHandleWaitAll(handles, 1, -2));
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 1, 0, NULL), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(NULL), -1);
	ck_assert_int_eq(errno, EINVAL);
	DnsWaitHandleRelease(NULL);
	DnsWaitHandleRelease(handles[0]);
	end_with_addresses(done, "192.0.2.1");
}
END_TEST

/* ---- Poll ---- */

/* Fault H09. */
START_TEST(r30_poll_and_then_end)
{
	DnsAsyncResult *begun = begin(HELD_NAME, NULL, NULL);
	unsigned int polls = 0;

	while (!DnsAsyncResultIsCompleted(begun)) {
		if (++polls == 100)
			world_release();
		sched_yield();
	}
	ck_assert_uint_ge(polls, 100);
	end_with_addresses(begun, "198.51.100.8");
}
END_TEST

/* ---- Be called back ---- */

/* As in .NET's examples: the state is the request, its callback fills in what came. */
struct request {
	const char *name;
	DnsStatus status;
	DnsHostEntry *entry;
	sem_t *done;
};

static void
on_request_done(DnsAsyncResult *asyncResult)
{
	struct request *request = DnsAsyncResultGetState(asyncResult);

	request->status = EndGetHostByName(asyncResult, &request->entry);
	sem_post(request->done);
}

START_TEST(r31_be_called_back)
{
	struct request requests[] = {
		{HELD_NAME, DNS_STATUS_FORCE_INT, NULL, NULL},
		{"missing.test", DNS_STATUS_FORCE_INT, NULL, NULL},
		{"192.0.2.1", DNS_STATUS_FORCE_INT, NULL, NULL},
		{"alias.test", DNS_STATUS_FORCE_INT, NULL, NULL},
	};
	sem_t done;
	int i;

	sem_init(&done, 0, 0);
	for (i = 0; i < 4; i++) {
		requests[i].done = &done;
		begin(requests[i].name, on_request_done, &requests[i]);
	}
	for (i = 0; i < 3; i++)
		await(&done);
	ck_assert_int_eq(sem_trywait(&done), -1);
	world_release();
	await(&done);
	ck_assert(has_addresses(requests[0].entry, "198.51.100.8"));
	ck_assert_int_eq(requests[1].status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(requests[1].entry);
	ck_assert(has_addresses(requests[2].entry, "192.0.2.1"));
	ck_assert(has_addresses(requests[3].entry, "192.0.2.1 2001:db8::1"));
	for (i = 0; i < 4; i++)
		DnsHostEntryRelease(requests[i].entry);
	ck_assert_uint_eq(read_statistics().ended, 4);
}
END_TEST

/* ---- All of them on one operation ---- */

static void *
poll_it(void *begun)
{
	while (!DnsAsyncResultIsCompleted(begun))
		sched_yield();
	return NULL;
}

static void *
wait_for_it(void *handle)
{
	return DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER) == DNS_WAIT_SIGNALED
		       ? handle
		       : NULL;
}

static void *
end_it(void *begun)
{
	DnsHostEntry *entry;

	return EndGetHostByName(begun, &entry) == DNS_STATUS_OK ? entry : NULL;
}

START_TEST(r32_all_ways_at_once)
{
	pthread_t poller, waiter, enders[2];
	void *entries[2], *woken;
	struct witness witness;
	DnsAsyncResult *begun;
	DnsWaitHandle *handle;

	witness_init(&witness);
	begun = begin(HELD_NAME, on_completion, &witness);
	handle = copy_wait_handle(begun);
	poller = start_thread(poll_it, begun);
	waiter = start_thread(wait_for_it, handle);
	enders[0] = start_thread(end_it, begun);
	enders[1] = start_thread(end_it, begun);
	world_release();
	await(&witness.entered);
	join_thread(poller);
	ck_assert_int_eq(pthread_join(waiter, &woken), 0);
	ck_assert_ptr_eq(woken, handle);
	ck_assert_int_eq(pthread_join(enders[0], &entries[0]), 0);
	ck_assert_int_eq(pthread_join(enders[1], &entries[1]), 0);
	ck_assert_int_eq((entries[0] != NULL) + (entries[1] != NULL), 1);
	DnsHostEntryRelease(entries[0]);
	DnsHostEntryRelease(entries[1]);
	DnsWaitHandleRelease(handle);
	world_close_resolver();
	ck_assert_uint_eq(atomic_load(&witness.calls), 1);
}
END_TEST

/* ---- The object after End ---- */

static void
assert_ended(DnsAsyncResult *ended)
{
	ck_assert(DnsAsyncResultIsCompleted(ended));
	ck_assert(!DnsAsyncResultCompletedSynchronously(ended));
	ck_assert_ptr_null(DnsAsyncResultGetState(ended));
	errno = 0;
	ck_assert_ptr_null(DnsAsyncResultCopyWaitHandle(ended));
	ck_assert_int_eq(errno, EINVAL);
	DnsAsyncResultCancel(ended);
	DnsAsyncResultSetDeadline(ended, 0);
	end_expecting(ended, DNS_STATUS_INVALID_OPERATION);
}

START_TEST(r33_the_object_can_be_asked_after_end)
{
	DnsAsyncResult *answered = begin("a.test", NULL, &world);
	DnsAsyncResult *literal = begin("192.0.2.1", NULL, &world);

	end_with_addresses(answered, "192.0.2.1 2001:db8::1");
	end_with_addresses(literal, "192.0.2.1");
	assert_ended(answered);
	assert_ended(literal);
	world_close_resolver();
	assert_ended(answered);
	assert_ended(literal);
}
END_TEST

/* As in .NET's examples, which close it before or after End. */
START_TEST(r33_a_wait_handle_outlives_end)
{
	DnsAsyncResult *before = begin("a.test", NULL, NULL);
	DnsAsyncResult *after = begin("b.test", NULL, NULL);
	DnsWaitHandle *handle, *copy;
	int descriptor;

	DnsWaitHandleRelease(copy_wait_handle(before));
	DnsWaitHandleRelease(copy_wait_handle(before));
	end_with_addresses(before, "192.0.2.1 2001:db8::1");

	handle = copy_wait_handle(after);
	copy = copy_wait_handle(after);
	end_with_addresses(after, "192.0.2.2");
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	world_close_resolver();
	descriptor = DnsWaitHandleGetDescriptor(handle);
	ck_assert_int_ge(descriptor, 0);
	DnsWaitHandleRelease(handle);
	ck_assert_int_eq(DnsWaitHandleWaitOne(copy, 0), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(copy), descriptor);
	DnsWaitHandleRelease(copy);
}
END_TEST

static void
ask_after_main_has_ended(DnsAsyncResult *asyncResult)
{
	struct witness *witness = DnsAsyncResultGetState(asyncResult);

	on_completion(asyncResult);
	if (DnsAsyncResultGetState(asyncResult) != witness ||
	    !DnsAsyncResultIsCompleted(asyncResult) ||
	    EndGetHostByName(asyncResult, NULL) != DNS_STATUS_INVALID_OPERATION)
		abort();
	sem_post(&witness->entered);
}

START_TEST(r33_the_object_is_valid_until_its_callback_returns)
{
	struct witness witness;
	DnsAsyncResult *begun;

	witness_init(&witness);
	witness.stays = true;
	begun = begin("a.test", ask_after_main_has_ended, &witness);
	await(&witness.entered);
	end_with_addresses(begun, "192.0.2.1 2001:db8::1");
	assert_ended(begun);
	sem_post(&witness.leave);
	await(&witness.entered);
	world_close_resolver();
	assert_ended(begun);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("Collect");
	TCase *rules = contract_case(suite, "R28 to R33");

	tcase_add_test(rules, r28_block_in_end);
	tcase_add_test(rules, r29_block_until_one_or_all_are_complete);
	tcase_add_test(rules, r29_there_is_no_upper_limit);
	tcase_add_test(rules, r29_a_handle_may_stand_in_the_array_twice);
	tcase_add_test(rules, r29_bad_arguments_of_a_wait);
	tcase_add_test(rules, r30_poll_and_then_end);
	tcase_add_test(rules, r31_be_called_back);
	tcase_add_test(rules, r32_all_ways_at_once);
	tcase_add_test(rules, r33_the_object_can_be_asked_after_end);
	tcase_add_test(rules, r33_a_wait_handle_outlives_end);
	tcase_add_test(rules, r33_the_object_is_valid_until_its_callback_returns);
	return contract_run(suite);
}
