/* SPDX-License-Identifier: MIT */
/* dotnet/corefx, System.Threading, WaitHandleTests.cs and ManualResetEventTests.cs, as far
 * as they are about waiting: a wait handle here is set by its operation and never reset.
 * The names have the class before them. */
#include "machine.h"

#include <errno.h>
#include <stdio.h>

#include "suites.h"

#define MANY 10

/* Operations that can be let go one by one, and their handles. */
struct held {
	int count;
	DnsAsyncResult *results[MANY];
	DnsWaitHandle *handles[MANY];
};

static void
begin_held(struct held *held, int count)
{
	char name[32];
	int i;

	held->count = count;
	for (i = 0; i < count; i++) {
		snprintf(name, sizeof name, "gate%d.test", i);
		dns_server_add_address(world.server, name, "192.0.2.77", 300);
		dns_server_hold(world.server, name);
		held->results[i] = begin(name, NULL, NULL);
		held->handles[i] = copy_wait_handle(held->results[i]);
	}
}

/* Its handle is signalled before long. */
static void
let_go(struct held *held, int i)
{
	char name[32];

	(void)held;
	snprintf(name, sizeof name, "gate%d.test", i);
	dns_server_release(world.server, name);
}

static void
end_held(struct held *held)
{
	int i;

	for (i = 0; i < held->count; i++) {
		let_go(held, i);
		DnsWaitHandleRelease(held->handles[i]);
		end_with_addresses(held->results[i], "192.0.2.77");
	}
}

static void
await_signal(struct held *held, int i)
{
	let_go(held, i);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held->handles[i], DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
}

/* ---- WaitHandleTests ---- */

START_TEST(WaitHandleTests_WaitOne)
{
	struct held held;

	begin_held(&held, 1);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 1), DNS_WAIT_TIMED_OUT);
	await_signal(&held, 0);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 1), DNS_WAIT_SIGNALED);
	end_held(&held);
}
END_TEST

static void
expect_any(DnsWaitHandle *const *handles, size_t count, int milliseconds, size_t expected)
{
	size_t index = 99;

	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, count, milliseconds, &index),
			 DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, expected);
}

START_TEST(WaitHandleTests_WaitAny)
{
	struct held held;
	size_t index = 99;

	begin_held(&held, 3);
	ck_assert_int_eq(DnsWaitHandleWaitAny(held.handles, 3, 1, &index),
			 DNS_WAIT_TIMED_OUT);
	ck_assert_uint_eq(index, 99);
	await_signal(&held, 2);
	expect_any(held.handles, 3, DNS_WAIT_FOREVER, 2);
	expect_any(held.handles, 3, 1, 2);
	end_held(&held);
}
END_TEST

/* For any and for all, with every kind of limit. */
static void
expect_failed(DnsWaitHandle *const *handles, size_t count)
{
	static const int limits[] = {DNS_WAIT_FOREVER, 0, 1};
	size_t index = 99;
	int i;

	for (i = 0; i < 3; i++) {
		errno = 0;
		ck_assert_int_eq(DnsWaitHandleWaitAny(handles, count, limits[i], &index),
				 DNS_WAIT_FAILED);
		ck_assert_int_eq(errno, EINVAL);
		errno = 0;
		ck_assert_int_eq(DnsWaitHandleWaitAll(handles, count, limits[i]),
				 DNS_WAIT_FAILED);
		ck_assert_int_eq(errno, EINVAL);
	}
	ck_assert_uint_eq(index, 99);
}

START_TEST(WaitHandleTests_WaitAny_NullArray_Throws)
{
	expect_failed(NULL, 3);
}
END_TEST

START_TEST(WaitHandleTests_WaitAll_NullArray_Throws)
{
	expect_failed(NULL, 0);
}
END_TEST

static void
expect_null_refused(bool is_signalled)
{
	DnsWaitHandle *handles[3];
	struct held held;

	begin_held(&held, 2);
	if (is_signalled)
		await_signal(&held, 0);
	handles[0] = held.handles[0];
	handles[1] = NULL;
	handles[2] = held.handles[1];
	expect_failed(handles, 3);
	end_held(&held);
}

START_TEST(WaitHandleTests_WaitAny_NullHandle_Throws)
{
	expect_null_refused(true);
}
END_TEST

START_TEST(WaitHandleTests_WaitAll_NullHandle_Throws)
{
	expect_null_refused(false);
}
END_TEST

START_TEST(WaitHandleTests_WaitAny_SameHandles)
{
	DnsWaitHandle *handles[2];
	struct held held;

	begin_held(&held, 1);
	await_signal(&held, 0);
	handles[0] = handles[1] = held.handles[0];
	expect_any(handles, 2, DNS_WAIT_FOREVER, 0);
	end_held(&held);
}
END_TEST

START_TEST(WaitHandleTests_WaitAll)
{
	struct held held;

	begin_held(&held, 3);
	await_signal(&held, 0);
	await_signal(&held, 1);
	ck_assert_int_eq(DnsWaitHandleWaitAll(held.handles, 3, 1), DNS_WAIT_TIMED_OUT);
	await_signal(&held, 2);
	ck_assert_int_eq(DnsWaitHandleWaitAll(held.handles, 3, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(held.handles, 3, 1), DNS_WAIT_SIGNALED);
	end_held(&held);
}
END_TEST

/* What is waited for twice is waited for. */
START_TEST(WaitHandleTests_WaitAll_SameHandles)
{
	DnsWaitHandle *handles[2];
	struct held held;

	begin_held(&held, 1);
	handles[0] = handles[1] = held.handles[0];
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 2, 1), DNS_WAIT_TIMED_OUT);
	await_signal(&held, 0);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 2, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	end_held(&held);
}
END_TEST

START_TEST(WaitHandleTests_WaitTimeout)
{
	struct held held;

	begin_held(&held, 1);
	ck_assert_int_eq(DnsWaitHandleWaitAny(held.handles, 1, 0, NULL),
			 DNS_WAIT_TIMED_OUT);
	end_held(&held);
}
END_TEST

/* ---- ManualResetEventTests ---- */

START_TEST(ManualResetEventTests_Ctor)
{
	DnsAsyncResult *result = begin("localhost", NULL, NULL);
	DnsWaitHandle *handle = copy_wait_handle(result);
	struct held held;

	begin_held(&held, 1);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 0), DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitOne(handle, 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(handle);
	end_expecting(result, DNS_STATUS_OK);
	end_held(&held);
}
END_TEST

/* It is never reset, not by End either. */
START_TEST(ManualResetEventTests_SetReset)
{
	struct held held;
	int i;

	begin_held(&held, 1);
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 0), DNS_WAIT_TIMED_OUT);
	await_signal(&held, 0);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 0),
				 DNS_WAIT_SIGNALED);
	end_with_addresses(held.results[0], "192.0.2.77");
	ck_assert_int_eq(DnsWaitHandleWaitOne(held.handles[0], 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(held.handles[0]);
}
END_TEST

struct waiter {
	struct held *held;
	DnsWaitResult result;
	size_t index;
	atomic_bool has_returned;
};

static void *
wait_for_all(void *argument)
{
	struct waiter *waiter = argument;

	waiter->result = DnsWaitHandleWaitAll(waiter->held->handles,
					      (size_t)waiter->held->count,
					      DNS_WAIT_FOREVER);
	atomic_store(&waiter->has_returned, true);
	return NULL;
}

static void *
wait_for_any(void *argument)
{
	struct waiter *waiter = argument;

	waiter->result = DnsWaitHandleWaitAny(waiter->held->handles,
					      (size_t)waiter->held->count,
					      DNS_WAIT_FOREVER, &waiter->index);
	return NULL;
}

START_TEST(ManualResetEventTests_WaitHandleWaitAll)
{
	struct waiter waiter = {.result = DNS_WAIT_FAILED};
	struct held held;
	pthread_t thread;
	int i;

	begin_held(&held, MANY);
	waiter.held = &held;
	thread = start_thread(wait_for_all, &waiter);
	for (i = 0; i < MANY; i++) {
		ck_assert(!atomic_load(&waiter.has_returned));
		await_signal(&held, i);
	}
	join_thread(thread);
	ck_assert_int_eq(waiter.result, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(held.handles, MANY, 0), DNS_WAIT_SIGNALED);
	end_held(&held);
}
END_TEST

START_TEST(ManualResetEventTests_WaitHandleWaitAny)
{
	struct waiter waiter = {.result = DNS_WAIT_FAILED};
	struct held held;
	pthread_t thread;

	begin_held(&held, MANY);
	waiter.held = &held;
	thread = start_thread(wait_for_any, &waiter);
	let_go(&held, 5);
	join_thread(thread);
	ck_assert_int_eq(waiter.result, DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(waiter.index, 5);
	expect_any(held.handles, MANY, 0, 5);
	end_held(&held);
}
END_TEST

static void
add_waits(TCase *all)
{
	tcase_add_test(all, WaitHandleTests_WaitOne);
	tcase_add_test(all, WaitHandleTests_WaitAny);
	tcase_add_test(all, WaitHandleTests_WaitAny_NullArray_Throws);
	tcase_add_test(all, WaitHandleTests_WaitAny_NullHandle_Throws);
	tcase_add_test(all, WaitHandleTests_WaitAny_SameHandles);
	tcase_add_test(all, WaitHandleTests_WaitAll);
	tcase_add_test(all, WaitHandleTests_WaitAll_NullArray_Throws);
	tcase_add_test(all, WaitHandleTests_WaitAll_NullHandle_Throws);
	tcase_add_test(all, WaitHandleTests_WaitAll_SameHandles);
	tcase_add_test(all, WaitHandleTests_WaitTimeout);
}

static void
add_events(TCase *all)
{
	tcase_add_test(all, ManualResetEventTests_Ctor);
	tcase_add_test(all, ManualResetEventTests_SetReset);
	tcase_add_test(all, ManualResetEventTests_WaitHandleWaitAll);
	tcase_add_test(all, ManualResetEventTests_WaitHandleWaitAny);
}

Suite *
wait_handle_suite(void)
{
	Suite *suite = suite_create("wait handles");

	add_waits(contract_case(suite, "WaitHandleTests"));
	add_events(contract_case(suite, "ManualResetEventTests"));
	return suite;
}
