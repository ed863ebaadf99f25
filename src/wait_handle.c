/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wait_handle_impl.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "clock.h"
#include "process.h"
#include "schedule_point.h"
#include "thread_role.h"
#include "waiter.h"

/* Who waits has one in the list of each handle. */
struct place {
	struct list link;
	struct waiter *waiter;
};

/* Waits of up to so many handles need no memory. */
#define PLACES_ON_STACK 16

void
wait_handle_init(struct DnsWaitHandle *handle,
		 void (*on_unused)(struct DnsWaitHandle *handle))
{
	handle->process = process_stamp();
	atomic_init(&handle->signaled, false);
	atomic_init(&handle->copies, 0);
	handle->on_unused = on_unused;
	pthread_mutex_init(&handle->lock, NULL);
	list_init(&handle->waiters);
	handle->notifier.descriptor = handle->notifier.write_end = -1;
}

void
wait_handle_destroy(struct DnsWaitHandle *handle)
{
	notifier_close(&handle->notifier);
	pthread_mutex_destroy(&handle->lock);
}

bool
wait_handle_is_inherited(const struct DnsWaitHandle *handle)
{
	return handle->process != process_stamp();
}

/* Nothing more will come for one that is inherited. */
static bool
is_signaled(struct DnsWaitHandle *handle)
{
	return wait_handle_is_inherited(handle) ||
	       atomic_load_explicit(&handle->signaled, memory_order_acquire);
}

/* A waiter stays while it has a place in the list, and after that until it is let go: with
 * the lock given back, since it may run at once and want it. */
void
wait_handle_signal(struct DnsWaitHandle *handle)
{
	struct list *link, owed;

	list_init(&owed);
	pthread_mutex_lock(&handle->lock);
	atomic_store_explicit(&handle->signaled, true, memory_order_release);
	SCHEDULE_POINT();
	while ((link = list_pop(&handle->waiters)) != NULL)
		if (waiter_count(container_of(link, struct place, link)->waiter))
			list_append(&owed, link);
	if (handle->notifier.descriptor >= 0)
		notifier_raise(&handle->notifier);
	pthread_mutex_unlock(&handle->lock);
	while ((link = list_pop(&owed)) != NULL)
		waiter_let_go(container_of(link, struct place, link)->waiter);
}

bool
wait_handle_copy(struct DnsWaitHandle *handle)
{
	return atomic_fetch_add_explicit(&handle->copies, 1, memory_order_relaxed) == 0;
}

void
DnsWaitHandleRelease(DnsWaitHandle *handle)
{
	if (handle == NULL || wait_handle_is_inherited(handle))
		return;
	SCHEDULE_POINT();
	if (atomic_fetch_sub_explicit(&handle->copies, 1, memory_order_acq_rel) == 1)
		handle->on_unused(handle);
}

/* Takes a place in the list of a handle; false: it is signalled. */
static bool
take_place(struct DnsWaitHandle *handle, struct place *place, struct waiter *waiter)
{
	bool takes;

	place->waiter = waiter;
	list_init(&place->link);
	if (wait_handle_is_inherited(handle))
		return false;
	SCHEDULE_POINT();
	pthread_mutex_lock(&handle->lock);
	takes = !is_signaled(handle);
	if (takes)
		list_append(&handle->waiters, &place->link);
	pthread_mutex_unlock(&handle->lock);
	return takes;
}

/* After this, no thread that signals knows of the place any more. */
static void
leave_place(struct DnsWaitHandle *handle, struct place *place)
{
	if (wait_handle_is_inherited(handle))
		return;
	pthread_mutex_lock(&handle->lock);
	list_remove(&place->link);
	pthread_mutex_unlock(&handle->lock);
}

static void
wait_in_places(struct DnsWaitHandle *const handles[], size_t count, size_t missing,
	       int64_t due, struct place *places)
{
	struct waiter waiter;
	size_t i;

	waiter_init(&waiter, missing);
	for (i = 0; i < count; i++)
		if (!take_place(handles[i], &places[i], &waiter) && waiter_count(&waiter))
			waiter_let_go(&waiter);
	SCHEDULE_POINT();
	waiter_sleep(&waiter, due);
	SCHEDULE_POINT();
	for (i = 0; i < count; i++)
		leave_place(handles[i], &places[i]);
	waiter_destroy(&waiter);
}

void
wait_handle_await(struct DnsWaitHandle *handle)
{
	struct place place;

	if (!is_signaled(handle))
		wait_in_places(&handle, 1, 1, -1, &place);
}

static size_t
count_signaled(DnsWaitHandle *const handles[], size_t count, size_t *retFirst)
{
	size_t i, signaled = 0;

	for (i = count; i-- > 0;) {
		if (is_signaled(handles[i])) {
			signaled++;
			*retFirst = i;
		}
	}
	return signaled;
}

static DnsWaitResult
fail(int error)
{
	errno = error;
	return DNS_WAIT_FAILED;
}

/* Waits until so many of the handles are signalled; retFirst gets the first that is. */
static DnsWaitResult
wait_for(DnsWaitHandle *const handles[], size_t count, size_t wanted, int milliseconds,
	 size_t *retFirst)
{
	struct place on_stack[PLACES_ON_STACK], *places = on_stack;
	size_t i;

	if (handles == NULL || count == 0 || milliseconds < DNS_WAIT_FOREVER)
		return fail(EINVAL);
	for (i = 0; i < count; i++)
		if (handles[i] == NULL)
			return fail(EINVAL);
	if (count_signaled(handles, count, retFirst) >= wanted)
		return DNS_WAIT_SIGNALED;
	if (milliseconds == 0)
		return DNS_WAIT_TIMED_OUT;
	if (milliseconds == DNS_WAIT_FOREVER && thread_role_is_loop())
		return fail(EDEADLK);

	if (count > PLACES_ON_STACK) {
		places = count <= SIZE_MAX / sizeof *places ? malloc(count * sizeof *places) :
							      NULL;
		if (places == NULL)
			return fail(ENOMEM);
	}
	wait_in_places(handles, count, wanted,
		       milliseconds < 0 ? -1 : clock_after(milliseconds), places);
	if (places != on_stack)
		free(places);
	return count_signaled(handles, count, retFirst) >= wanted ? DNS_WAIT_SIGNALED :
								    DNS_WAIT_TIMED_OUT;
}

DnsWaitResult
DnsWaitHandleWaitOne(DnsWaitHandle *handle, int milliseconds)
{
	size_t first;

	return wait_for(&handle, 1, 1, milliseconds, &first);
}

DnsWaitResult
DnsWaitHandleWaitAny(DnsWaitHandle *const handles[], size_t count, int milliseconds,
		     size_t *retIndex)
{
	DnsWaitResult result;
	size_t first;

	result = wait_for(handles, count, 1, milliseconds, &first);
	if (result == DNS_WAIT_SIGNALED && retIndex != NULL)
		*retIndex = first;
	return result;
}

DnsWaitResult
DnsWaitHandleWaitAll(DnsWaitHandle *const handles[], size_t count, int milliseconds)
{
	size_t first;

	return wait_for(handles, count, count, milliseconds, &first);
}

int
DnsWaitHandleGetDescriptor(DnsWaitHandle *handle)
{
	int descriptor;

	if (handle == NULL) {
		errno = EINVAL;
		return -1;
	}
	if (wait_handle_is_inherited(handle)) {
		errno = ECHILD;
		return -1;
	}
	SCHEDULE_POINT();
	pthread_mutex_lock(&handle->lock);
	if (handle->notifier.descriptor < 0 && notifier_open(&handle->notifier) == 0 &&
	    is_signaled(handle))
		notifier_raise(&handle->notifier);
	descriptor = handle->notifier.descriptor;
	pthread_mutex_unlock(&handle->lock);
	return descriptor;
}
