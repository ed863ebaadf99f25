/* SPDX-License-Identifier: MIT */
/* The pattern itself: dotnet/runtime, TaskToAsyncResultTests.cs, TaskAPMTests.cs and
 * TaskFactory_FromAsyncTests.cs. The task that they begin with is here a lookup, one that
 * the server holds or one that needs no server. The names have the class before them. */
#include "machine.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <string.h>

#include "suites.h"

/* ---- TaskToAsyncResultTests ---- */

START_TEST(TaskToAsyncResultTests_InvalidArguments_ThrowExceptions)
{
	int operation;

	for (operation = 0; operation < OPERATIONS; operation++) {
		if (operation != BY_ADDRESS)
			expect_refused(operation, NULL, EINVAL);
		ck_assert_int_eq(operations[operation].end(NULL, NULL),
				 DNS_STATUS_INVALID_OPERATION);
		ck_assert_int_eq(operations[operation].end((DnsAsyncResult *)&world, NULL),
				 DNS_STATUS_INVALID_OPERATION);
	}
}
END_TEST

/* But for the second End, which .NET answers with the result again. */
START_TEST(TaskToAsyncResultTests_BeginFromTask_UnwrapTask_EndFromTask_Roundtrips)
{
	int state;
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, &state);
	DnsWaitHandle *wait = copy_wait_handle(handle);

	ck_assert_ptr_eq(DnsAsyncResultGetState(handle), &state);
	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
	ck_assert(!DnsAsyncResultIsCompleted(handle));

	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	ck_assert(DnsAsyncResultIsCompleted(handle));
	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);

	end_with_addresses(handle, "198.51.100.8");
	end_expecting(handle, DNS_STATUS_INVALID_OPERATION);
}
END_TEST

/* What a callback saw of its operation, and what its End gave. */
struct sight {
	DnsAsyncResult *handle;
	bool was_synchronous;
	bool was_completed;
	DnsWaitResult wait;
	pthread_t thread;
	DnsStatus status;
	sem_t seen;
};

static struct sight sight; /* for a callback without a state */

static void
see(DnsAsyncResult *asyncResult)
{
	DnsWaitHandle *wait = copy_wait_handle(asyncResult);

	sight.handle = asyncResult;
	sight.was_synchronous = DnsAsyncResultCompletedSynchronously(asyncResult);
	sight.was_completed = DnsAsyncResultIsCompleted(asyncResult);
	sight.wait = DnsWaitHandleWaitOne(wait, 0);
	sight.thread = pthread_self();
	DnsWaitHandleRelease(wait);
}

static void
see_and_end(DnsAsyncResult *asyncResult)
{
	see(asyncResult);
	if (DnsAsyncResultGetState(asyncResult) == &sight)
		sight.status = EndGetHostByName(asyncResult, NULL);
}

START_TEST(
	TaskToAsyncResultTests_BeginFromTask_CompletedSynchronously_CallbackInvokedSynchronously)
{
	DnsAsyncResult *handle;

	sight.status = DNS_STATUS_FORCE_INT;
	handle = begin("localhost", see_and_end, &sight);
	ck_assert_ptr_eq(sight.handle, handle);
	ck_assert(sight.was_synchronous);
	ck_assert(sight.was_completed);
	ck_assert_int_eq(sight.wait, DNS_WAIT_SIGNALED);
	ck_assert(pthread_equal(sight.thread, pthread_self()));
	ck_assert_int_eq(sight.status, DNS_STATUS_OK);

	/* One that has not been ended says the same after Begin. */
	handle = begin("localhost", see, &handle);
	ck_assert_ptr_eq(sight.handle, handle);
	ck_assert(DnsAsyncResultCompletedSynchronously(handle));
	ck_assert(DnsAsyncResultIsCompleted(handle));
	ck_assert_ptr_eq(DnsAsyncResultGetState(handle), &handle);
	end_expecting(handle, DNS_STATUS_OK);
}
END_TEST

static void
see_and_tell(DnsAsyncResult *asyncResult)
{
	see(asyncResult);
	sem_post(&sight.seen);
}

START_TEST(
	TaskToAsyncResultTests_BeginFromTask_CompletedAsynchronously_CallbackInvokedAsynchronously)
{
	DnsAsyncResult *handle;
	DnsWaitHandle *wait;

	sem_init(&sight.seen, 0, 0);
	handle = begin(HELD_NAME, see_and_tell, NULL);
	wait = copy_wait_handle(handle);
	ck_assert_int_eq(sem_trywait(&sight.seen), -1);
	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
	ck_assert(!DnsAsyncResultIsCompleted(handle));
	ck_assert_ptr_null(DnsAsyncResultGetState(handle));
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, 0), DNS_WAIT_TIMED_OUT);

	world_release();
	await(&sight.seen);
	ck_assert_ptr_eq(sight.handle, handle);
	ck_assert(!sight.was_synchronous);
	ck_assert(sight.was_completed);
	ck_assert_int_eq(sight.wait, DNS_WAIT_SIGNALED);
	ck_assert(!pthread_equal(sight.thread, pthread_self()));

	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
	ck_assert(DnsAsyncResultIsCompleted(handle));
	ck_assert_ptr_null(DnsAsyncResultGetState(handle));
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, 0), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	end_expecting(handle, DNS_STATUS_OK);
	world_close_resolver(); /* the callback has returned */
	sem_destroy(&sight.seen);
}
END_TEST

/* Errors that were there at Begin, and ones that came later. */
START_TEST(TaskToAsyncResultTests_EndFromTask_PropagatesExceptions)
{
	DnsAsyncResult *handle = begin("test.invalid", NULL, NULL);

	ck_assert(DnsAsyncResultIsCompleted(handle));
	end_expecting(handle, DNS_STATUS_HOST_NOT_FOUND);
	end_expecting(begin("missing.test", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	end_expecting(begin("empty.test", NULL, NULL), DNS_STATUS_NO_DATA);
	end_expecting(begin("failing.test", NULL, NULL), DNS_STATUS_TRY_AGAIN);
	end_expecting(begin("refused.test", NULL, NULL), DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* ---- FromAsync ---- */

/* A promise made of a Begin and an End: whichever half finds the operation completed ends
 * it, the callback or the caller of Begin, and never both. */
struct promise {
	DnsStatus status;
	DnsHostEntry *entry;
	atomic_int ends;
	sem_t kept;
};

static void
keep_promise(struct promise *promise, DnsAsyncResult *handle)
{
	promise->status = EndGetHostByName(handle, &promise->entry);
	atomic_fetch_add(&promise->ends, 1);
	sem_post(&promise->kept);
}

static void
on_promised(DnsAsyncResult *asyncResult)
{
	if (!DnsAsyncResultCompletedSynchronously(asyncResult))
		keep_promise(DnsAsyncResultGetState(asyncResult), asyncResult);
}

/* Of BeginGetHostByName; false: Begin refused it, and errno says why. */
static bool
make_promise(struct promise *promise, const char *name)
{
	DnsAsyncResult *handle;

	memset(promise, 0, sizeof *promise);
	sem_init(&promise->kept, 0, 0);
	handle = BeginGetHostByName(world.resolver, name, on_promised, promise);
	if (handle == NULL)
		return false;
	if (DnsAsyncResultCompletedSynchronously(handle))
		keep_promise(promise, handle);
	return true;
}

static void
expect_kept(struct promise *promise, DnsStatus status)
{
	await(&promise->kept);
	ck_assert_int_eq(promise->status, status);
	ck_assert_int_eq(promise->entry != NULL, status == DNS_STATUS_OK);
	ck_assert_int_eq(atomic_load(&promise->ends), 1);
	DnsHostEntryRelease(promise->entry);
}

/* One that was begun without a callback is waited for by its descriptor. */
START_TEST(TaskToAsyncResultTests_WithFromAsync_IAsyncResult_Roundtrips)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *wait = copy_wait_handle(handle);
	struct pollfd watched = {.events = POLLIN};

	watched.fd = DnsWaitHandleGetDescriptor(wait);
	ck_assert_int_eq(poll(&watched, 1, 0), 0);
	world_release();
	ck_assert_int_eq(poll(&watched, 1, -1), 1);
	ck_assert(DnsAsyncResultIsCompleted(handle));
	DnsWaitHandleRelease(wait);
	end_with_addresses(handle, "198.51.100.8");
}
END_TEST

START_TEST(TaskToAsyncResultTests_WithFromAsync_Delegate_Roundtrips)
{
	struct promise promise;

	ck_assert(make_promise(&promise, HELD_NAME));
	world_release();
	expect_kept(&promise, DNS_STATUS_OK);
	ck_assert(make_promise(&promise, "localhost"));
	expect_kept(&promise, DNS_STATUS_OK);
	ck_assert_uint_eq(read_statistics().ended, 2);
}
END_TEST

/* What is begun has its state and its result; an error of Begin leaves nothing behind, and
 * one of End is the promise's; cancelled is not failed. */
START_TEST(TaskFactory_FromAsyncTests_RunAPMFactoryTests)
{
	static const char *const names[] = {"localhost", "192.0.2.1", "a.test", "alias.test"};
	struct promise promise, cancelled;
	DnsAsyncResult *handle;
	int i;

	for (i = 0; i < 4; i++) {
		ck_assert(make_promise(&promise, names[i]));
		expect_kept(&promise, DNS_STATUS_OK);
	}
	ck_assert(!make_promise(&promise, NULL));
	ck_assert_int_eq(errno, EINVAL);
	ck_assert(!make_promise(&promise, make_long_name(300, false)));
	ck_assert_int_eq(errno, ENAMETOOLONG);
	ck_assert(make_promise(&promise, "missing.test"));
	expect_kept(&promise, DNS_STATUS_HOST_NOT_FOUND);

	memset(&cancelled, 0, sizeof cancelled);
	sem_init(&cancelled.kept, 0, 0);
	handle = begin(HELD_NAME, on_promised, &cancelled);
	ck_assert_ptr_eq(DnsAsyncResultGetState(handle), &cancelled);
	DnsAsyncResultCancel(handle);
	expect_kept(&cancelled, DNS_STATUS_CANCELLED);

	world_close_resolver(); /* the callbacks have returned */
	ck_assert_int_eq(sem_trywait(&promise.kept), -1);
	ck_assert_int_eq(atomic_load(&promise.ends), 1);
}
END_TEST

/* ---- TaskAPMTests: four ways to collect ---- */

/* For lookups of a name and of an address: a name and its list. */
static const char *const long_tasks[] = {HELD_NAME, "192.0.2.13"};

static DnsAsyncResult *
begin_long_task(int operation, DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *handle;

	handle = operations[operation].begin(long_tasks[operation == BY_ADDRESS],
					     callback, state);
	ck_assert_ptr_nonnull(handle);
	return handle;
}

static void
release_long_task(void)
{
	world_release();
	dns_server_release(world.server, POINTER_HELD);
}

static void
assert_completed(DnsAsyncResult *handle)
{
	ck_assert(DnsAsyncResultIsCompleted(handle));
	ck_assert(!DnsAsyncResultCompletedSynchronously(handle));
}

static void *
release_soon(void *nothing)
{
	sched_yield();
	release_long_task();
	return nothing;
}

START_TEST(TaskAPMTests_WaitUntilCompleteTechnique)
{
	DnsAsyncResult *handle = begin_long_task(_i, NULL, NULL);
	pthread_t thread = start_thread(release_soon, NULL);

	ck_assert_int_eq(operations[_i].end(handle, NULL), DNS_STATUS_OK);
	assert_completed(handle);
	join_thread(thread);
}
END_TEST

START_TEST(TaskAPMTests_PollUntilCompleteTechnique)
{
	DnsAsyncResult *handle = begin_long_task(_i, NULL, NULL);
	unsigned int looks = 0;

	while (!DnsAsyncResultIsCompleted(handle)) {
		if (looks++ == 0)
			release_long_task();
		sched_yield();
	}
	ck_assert_uint_ge(looks, 1);
	assert_completed(handle);
	ck_assert_int_eq(operations[_i].end(handle, NULL), DNS_STATUS_OK);
}
END_TEST

START_TEST(TaskAPMTests_WaitOnAsyncWaitHandleTechnique)
{
	DnsAsyncResult *handle = begin_long_task(_i, NULL, NULL);
	pthread_t thread = start_thread(release_soon, NULL);
	DnsWaitHandle *wait = copy_wait_handle(handle);

	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	assert_completed(handle);
	DnsWaitHandleRelease(wait);
	ck_assert_int_eq(operations[_i].end(handle, NULL), DNS_STATUS_OK);
	join_thread(thread);
}
END_TEST

struct long_task {
	int operation;
	DnsStatus status;
	sem_t finished;
};

static void
end_long_task(DnsAsyncResult *asyncResult)
{
	struct long_task *task = DnsAsyncResultGetState(asyncResult);

	task->status = operations[task->operation].end(asyncResult, NULL);
	sem_post(&task->finished);
}

START_TEST(TaskAPMTests_CallbackTechnique)
{
	struct long_task task = {.operation = _i, .status = DNS_STATUS_FORCE_INT};
	DnsAsyncResult *handle;

	sem_init(&task.finished, 0, 0);
	handle = begin_long_task(_i, end_long_task, &task);
	release_long_task();
	await(&task.finished);
	assert_completed(handle);
	ck_assert_int_eq(task.status, DNS_STATUS_OK);
	world_close_resolver(); /* the callback has returned */
	sem_destroy(&task.finished);
}
END_TEST

static void
add_results(TCase *all)
{
	tcase_add_test(all, TaskToAsyncResultTests_InvalidArguments_ThrowExceptions);
	tcase_add_test(
		all,
		TaskToAsyncResultTests_BeginFromTask_UnwrapTask_EndFromTask_Roundtrips);
	tcase_add_test(
		all,
		TaskToAsyncResultTests_BeginFromTask_CompletedSynchronously_CallbackInvokedSynchronously);
	tcase_add_test(
		all,
		TaskToAsyncResultTests_BeginFromTask_CompletedAsynchronously_CallbackInvokedAsynchronously);
	tcase_add_test(all, TaskToAsyncResultTests_EndFromTask_PropagatesExceptions);
	tcase_add_test(all, TaskToAsyncResultTests_WithFromAsync_IAsyncResult_Roundtrips);
	tcase_add_test(all, TaskToAsyncResultTests_WithFromAsync_Delegate_Roundtrips);
	tcase_add_test(all, TaskFactory_FromAsyncTests_RunAPMFactoryTests);
}

static void
add_techniques(TCase *all)
{
	tcase_add_loop_test(all, TaskAPMTests_WaitUntilCompleteTechnique, 0, OPERATIONS);
	tcase_add_loop_test(all, TaskAPMTests_PollUntilCompleteTechnique, 0, OPERATIONS);
	tcase_add_loop_test(all, TaskAPMTests_WaitOnAsyncWaitHandleTechnique, 0,
			    OPERATIONS);
	tcase_add_loop_test(all, TaskAPMTests_CallbackTechnique, 0, OPERATIONS);
}

Suite *
apm_suite(void)
{
	Suite *suite = suite_create("the pattern");

	add_results(machine_case(suite, "results"));
	add_techniques(machine_case(suite, "techniques"));
	return suite;
}
