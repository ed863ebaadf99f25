/* SPDX-License-Identifier: MIT */
/* Wait handles: how long they live, many of them, and wrong arguments. */
#include "contract.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>

#include "rounds.h"

#define HANDLES	  1000
#define COPIES	  100
#define UNTOUCHED 4711

static bool
is_readable(int descriptor)
{
	struct pollfd polled = {.fd = descriptor, .events = POLLIN};

	return poll(&polled, 1, 0) == 1 && polled.revents == POLLIN;
}

/* ---- How long they live ---- */

START_TEST(released_before_the_end)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);

	DnsWaitHandleRelease(copy_wait_handle(handle));
	DnsWaitHandleRelease(copy_wait_handle(handle));
	DnsWaitHandleRelease(NULL);
	world_release();
	end_expecting(handle, DNS_STATUS_OK);
}
END_TEST

START_TEST(released_after_the_end)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *wait = copy_wait_handle(handle);
	int descriptor = DnsWaitHandleGetDescriptor(wait);

	ck_assert_int_ge(descriptor, 0);
	ck_assert(!is_readable(descriptor));
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, 0), DNS_WAIT_TIMED_OUT);
	world_release();
	end_expecting(handle, DNS_STATUS_OK);
	ck_assert(is_readable(descriptor));
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(wait), descriptor);
	DnsWaitHandleRelease(wait);
}
END_TEST

START_TEST(descriptor_made_after_completion)
{
	DnsAsyncResult *handle = begin("192.0.2.1", NULL, NULL);
	DnsWaitHandle *wait = copy_wait_handle(handle);

	ck_assert(is_readable(DnsWaitHandleGetDescriptor(wait)));
	DnsWaitHandleRelease(wait);
	wait = copy_wait_handle(handle);
	end_expecting(handle, DNS_STATUS_OK);
	ck_assert(is_readable(DnsWaitHandleGetDescriptor(wait)));
	DnsWaitHandleRelease(wait);
}
END_TEST

/* Half of the copies are released before the End, half after it. */
START_TEST(many_copies)
{
	DnsAsyncResult *handle = begin(HELD_NAME, NULL, NULL);
	DnsWaitHandle *copies[COPIES];
	int i;

	for (i = 0; i < COPIES; i++)
		copies[i] = copy_wait_handle(handle);
	for (i = 0; i < COPIES / 2; i++)
		DnsWaitHandleRelease(copies[i]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(copies + i, COPIES / 2, 0, NULL),
			 DNS_WAIT_TIMED_OUT);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitAll(copies + i, COPIES / 2, DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
	end_expecting(handle, DNS_STATUS_OK);
	for (; i < COPIES; i++) {
		ck_assert_int_eq(DnsWaitHandleWaitOne(copies[i], 0), DNS_WAIT_SIGNALED);
		DnsWaitHandleRelease(copies[i]);
	}
}
END_TEST

/* More than a counter of 16 bits can hold. */
START_TEST(very_many_copies)
{
	static DnsWaitHandle *copies[70000];
	const size_t count = sizeof copies / sizeof *copies;
	DnsAsyncResult *handle = begin("a.test", NULL, NULL);
	size_t i;

	for (i = 0; i < count; i++)
		copies[i] = DnsAsyncResultCopyWaitHandle(handle);
	end_expecting(handle, DNS_STATUS_OK);
	ck_assert_int_eq(DnsWaitHandleWaitAll(copies, count, 0), DNS_WAIT_SIGNALED);
	for (i = 0; i < count; i++)
		DnsWaitHandleRelease(copies[i]);
}
END_TEST

/* Copies come and go on four threads while the operation completes and is ended. */
static void *
copy_and_release(void *argument)
{
	DnsAsyncResult *handle = argument;
	DnsWaitHandle *wait;

	while ((wait = DnsAsyncResultCopyWaitHandle(handle)) != NULL) {
		DnsWaitHandleGetDescriptor(wait);
		DnsWaitHandleWaitOne(wait, 0);
		DnsWaitHandleRelease(wait);
	}
	return NULL;
}

START_TEST(copied_while_it_ends)
{
	unsigned int left = rounds(200);
	DnsAsyncResult *handle;
	pthread_t threads[4];
	int i;

	for (; left > 0; left--) {
		handle = begin("a.test", NULL, NULL);
		for (i = 0; i < 4; i++)
			threads[i] = start_thread(copy_and_release, handle);
		end_expecting(handle, DNS_STATUS_OK);
		for (i = 0; i < 4; i++)
			join_thread(threads[i]);
	}
}
END_TEST

/* ---- Many at once ---- */

struct crowd {
	DnsAsyncResult *handles[HANDLES];
	DnsWaitHandle *waits[HANDLES];
};

static void
crowd_begin(struct crowd *crowd)
{
	int i;

	for (i = 0; i < HANDLES; i++) {
		crowd->handles[i] = begin(HELD_NAME, NULL, NULL);
		crowd->waits[i] = copy_wait_handle(crowd->handles[i]);
	}
}

/* Those that were cancelled end with that status, the others with an answer. */
static void
crowd_end(struct crowd *crowd)
{
	DnsStatus status;
	int i;

	for (i = 0; i < HANDLES; i++) {
		status = EndGetHostByName(crowd->handles[i], NULL);
		ck_assert(status == DNS_STATUS_OK || status == DNS_STATUS_CANCELLED);
		DnsWaitHandleRelease(crowd->waits[i]);
	}
}

static void
crowd_complete(struct crowd *crowd, int i)
{
	DnsAsyncResultCancel(crowd->handles[i]);
	ck_assert_int_eq(DnsWaitHandleWaitOne(crowd->waits[i], DNS_WAIT_FOREVER),
			 DNS_WAIT_SIGNALED);
}

START_TEST(any_of_a_thousand)
{
	struct crowd crowd;
	size_t index = UNTOUCHED;

	crowd_begin(&crowd);
	ck_assert_int_eq(DnsWaitHandleWaitAny(crowd.waits, HANDLES, 0, &index),
			 DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAny(crowd.waits, HANDLES, 1, &index),
			 DNS_WAIT_TIMED_OUT);
	ck_assert_uint_eq(index, UNTOUCHED);
	DnsAsyncResultCancel(crowd.handles[700]);
	ck_assert_int_eq(DnsWaitHandleWaitAny(crowd.waits, HANDLES, -1, &index),
			 DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 700);
	/* The lowest, not the first that completed. */
	crowd_complete(&crowd, 300);
	crowd_complete(&crowd, 999);
	ck_assert_int_eq(DnsWaitHandleWaitAny(crowd.waits, HANDLES, -1, &index),
			 DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(index, 300);
	ck_assert_int_eq(DnsWaitHandleWaitAny(crowd.waits + 301, 500, 0, NULL),
			 DNS_WAIT_SIGNALED);
	world_release();
	crowd_end(&crowd);
}
END_TEST

START_TEST(all_of_a_thousand)
{
	struct crowd crowd;
	int i;

	crowd_begin(&crowd);
	for (i = 1; i < HANDLES; i++)
		DnsAsyncResultCancel(crowd.handles[i]);
	ck_assert_int_eq(DnsWaitHandleWaitAll(crowd.waits + 1, HANDLES - 1, -1),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAll(crowd.waits, HANDLES, 0),
			 DNS_WAIT_TIMED_OUT);
	ck_assert_int_eq(DnsWaitHandleWaitAll(crowd.waits, HANDLES, 1),
			 DNS_WAIT_TIMED_OUT);
	world_release();
	ck_assert_int_eq(DnsWaitHandleWaitAll(crowd.waits, HANDLES, -1),
			 DNS_WAIT_SIGNALED);
	ck_assert_int_eq(EndGetHostByName(crowd.handles[0], NULL), DNS_STATUS_OK);
	crowd.handles[0] = begin("a.test", NULL, NULL);
	crowd_end(&crowd);
}
END_TEST

struct waiting {
	DnsWaitHandle *const *handles;
	size_t count;
	bool for_all;
	DnsWaitResult result;
	size_t index;
	sem_t done;
};

static void *
wait_for_it(void *argument)
{
	struct waiting *waiting = argument;

	if (waiting->for_all)
		waiting->result = DnsWaitHandleWaitAll(waiting->handles, waiting->count,
						       DNS_WAIT_FOREVER);
	else
		waiting->result = DnsWaitHandleWaitAny(waiting->handles, waiting->count,
						       DNS_WAIT_FOREVER, &waiting->index);
	sem_post(&waiting->done);
	return NULL;
}

/* A handle may stand in the array more than once. */
START_TEST(duplicates)
{
	DnsAsyncResult *held = begin(HELD_NAME, NULL, NULL),
		       *free = begin("a.test", NULL, NULL);
	DnsWaitHandle *a = copy_wait_handle(held), *b = copy_wait_handle(free);
	DnsWaitHandle *const handles[] = {a, a, b, a, b};
	struct waiting all = {.handles = handles, .count = 5, .for_all = true};
	struct waiting any = {.handles = handles, .count = 2, .index = UNTOUCHED};
	pthread_t threads[2];

	ck_assert_int_eq(DnsWaitHandleWaitOne(b, DNS_WAIT_FOREVER), DNS_WAIT_SIGNALED);
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, 5, -1, &any.index),
			 DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(any.index, 2);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 5, 0), DNS_WAIT_TIMED_OUT);
	sem_init(&all.done, 0, 0);
	sem_init(&any.done, 0, 0);
	threads[0] = start_thread(wait_for_it, &all);
	threads[1] = start_thread(wait_for_it, &any);
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, 5, 1), DNS_WAIT_TIMED_OUT);
	ck_assert_int_ne(sem_trywait(&all.done), 0);
	ck_assert_int_ne(sem_trywait(&any.done), 0);
	world_release();
	join_thread(threads[0]);
	join_thread(threads[1]);
	ck_assert_int_eq(all.result, DNS_WAIT_SIGNALED);
	ck_assert_int_eq(any.result, DNS_WAIT_SIGNALED);
	ck_assert_uint_eq(any.index, 0);
	DnsWaitHandleRelease(a);
	DnsWaitHandleRelease(b);
	end_expecting(held, DNS_STATUS_OK);
	end_expecting(free, DNS_STATUS_OK);
	sem_destroy(&any.done);
	sem_destroy(&all.done);
}
END_TEST

/* ---- Wrong arguments ---- */

static void
assert_invalid(DnsWaitHandle *const handles[], size_t count, int milliseconds)
{
	size_t index = UNTOUCHED;

	errno = 0;
	ck_assert_int_eq(DnsWaitHandleWaitAny(handles, count, milliseconds, &index),
			 DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_uint_eq(index, UNTOUCHED);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleWaitAll(handles, count, milliseconds),
			 DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
}

/* Fault H09. */
START_TEST(wrong_arguments)
{
	DnsAsyncResult *handle = begin("192.0.2.1", NULL, NULL);
	DnsWaitHandle *wait = copy_wait_handle(handle);
	DnsWaitHandle *const good[] = {wait, wait}, *const holes[] = {wait, NULL, wait};

	assert_invalid(NULL, 1, 0);
	assert_invalid(NULL, 0, DNS_WAIT_FOREVER);
	assert_invalid(good, 0, 0);
	assert_invalid(holes, 3, 0);
	assert_invalid(holes + 1, 1, DNS_WAIT_FOREVER);
	assert_invalid(good, 2, -2);
	assert_invalid(good, 2, INT_MIN);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleWaitOne(NULL, 0), DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, -2), DNS_WAIT_FAILED);
	ck_assert_int_eq(errno, EINVAL);
	errno = 0;
	ck_assert_int_eq(DnsWaitHandleGetDescriptor(NULL), -1);
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, INT_MAX), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	end_expecting(handle, DNS_STATUS_OK);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("wait handles");
	TCase *waits = contract_case(suite, "waits");

	tcase_set_timeout(waits, 120);
	tcase_add_test(waits, released_before_the_end);
	tcase_add_test(waits, released_after_the_end);
	tcase_add_test(waits, descriptor_made_after_completion);
	tcase_add_test(waits, many_copies);
	tcase_add_test(waits, very_many_copies);
	tcase_add_test(waits, copied_while_it_ends);
	tcase_add_test(waits, any_of_a_thousand);
	tcase_add_test(waits, all_of_a_thousand);
	tcase_add_test(waits, duplicates);
	tcase_add_test(waits, wrong_arguments);
	return contract_run(suite);
}
