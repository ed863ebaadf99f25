/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "async_result_impl.h"

#include <errno.h>

#include "clock.h"
#include "handle_table.h"
#include "list.h"
#include "loop.h"
#include "process.h"
#include "schedule_point.h"
#include "thread_role.h"

void
async_result_release(struct async_result *result)
{
	if (!handle_table_unpin(result->token))
		return;
	outcome_clear(&result->outcome);
	wait_handle_destroy(&result->wait_handle);
	result->destroy(result);
}

/* If the callback forks, and returns in the child too, nothing is left to do there for a
 * thread that was a loop's. */
static void
run_callback(struct async_result *result)
{
	bool is_on_loop = thread_role_is_loop();
	unsigned int process = process_stamp();
	struct role_callback outer;

	outer = thread_role_enter_callback(result->token, result);
	result->callback(result->token);
	thread_role_leave_callback(outer);
	if (is_on_loop && process != process_stamp())
		loop_leave();
	async_result_release(result);
}

static void
on_due(struct due_callback *due)
{
	run_callback(container_of(due, struct async_result, due));
}

static void
on_wait_handle_unused(struct DnsWaitHandle *handle)
{
	async_result_release(container_of(handle, struct async_result, wait_handle));
}

bool
async_result_init(struct async_result *result, unsigned int references)
{
	result->outcome = OUTCOME_OF(DNS_STATUS_OK);
	result->synchronous = false;
	atomic_init(&result->is_completed, false);
	atomic_init(&result->is_claimed, false);
	atomic_init(&result->cancel_requested, false);
	atomic_init(&result->deadline_requested, DEADLINE_UNCHANGED);
	wait_handle_init(&result->wait_handle, on_wait_handle_unused);
	list_init(&result->due.link);
	result->due.run = on_due;
	result->token = handle_table_insert(HANDLE_ASYNC_RESULT, result, references);
	if (result->token == NULL)
		wait_handle_destroy(&result->wait_handle);
	return result->token != NULL;
}

/* It belongs to a parent of this process, where what becomes of it is not known any more. */
static bool
is_inherited(const struct async_result *result)
{
	return wait_handle_is_inherited(&result->wait_handle);
}

static bool
is_completed(const struct async_result *result)
{
	return is_inherited(result) ||
	       atomic_load_explicit(&result->is_completed, memory_order_acquire);
}

void
async_result_complete(struct async_result *result, const struct outcome *outcome)
{
	result->outcome = *outcome;
	SCHEDULE_POINT();
	atomic_store_explicit(&result->is_completed, true, memory_order_release);
	SCHEDULE_POINT();
	wait_handle_signal(&result->wait_handle);
	SCHEDULE_POINT();
	if (result->callback == NULL)
		async_result_release(result);
	else if (result->dispatcher == NULL || result->synchronous)
		run_callback(result);
	else
		dispatcher_add(result->dispatcher, &result->due);
}

/* The operation behind a token, with one more reference; NULL if it is not valid. In its
 * own callback it stays valid, though another thread may have ended it. In a child process
 * those of the parent are valid too, and count as completed. */
static struct async_result *
pin(const DnsAsyncResult *token)
{
	struct async_result *result = thread_role_callback_object(token);

	if (result != NULL) {
		handle_table_retain(token);
		return result;
	}
	result = handle_table_pin(HANDLE_ASYNC_RESULT, token);
	return result != NULL ? result : handle_table_pin_inherited(HANDLE_ASYNC_RESULT, token);
}

/* Takes the outcome, for whoever claimed it, and with it the token and its reference. The
 * report stays for those who may be copying it; what was found has a reference too. */
static void
take(struct async_result *result, struct outcome *outcome)
{
	if (!is_completed(result))
		wait_handle_await(&result->wait_handle);
	*outcome = result->outcome;
	outcome->report = NULL;
	result->outcome.entry = NULL;
	result->outcome.records = NULL;
	SCHEDULE_POINT();
	handle_table_retire(result->token);
	SCHEDULE_POINT();
	result->on_ended(result);
	async_result_release(result);
}

/* An End that was under way in the parent does not count: it will not come to an end here.
 * The memory is left as it is, with references that nobody will give back. */
static DnsStatus
take_inherited(struct async_result *result)
{
	return handle_table_retire(result->token) ? DNS_STATUS_FORKED :
						    DNS_STATUS_INVALID_OPERATION;
}

void
async_result_end(DnsAsyncResult *token, enum operation_kind kind, struct outcome *outcome)
{
	struct async_result *result = pin(token);

	*outcome = OUTCOME_OF(DNS_STATUS_INVALID_OPERATION);
	if (result == NULL)
		return;
	if (result->kind != kind)
		outcome->status = DNS_STATUS_INVALID_OPERATION;
	else if (is_inherited(result))
		outcome->status = take_inherited(result);
	else if (!is_completed(result) && thread_role_is_loop())
		outcome->status = DNS_STATUS_WOULD_DEADLOCK;
	else if (!atomic_exchange(&result->is_claimed, true))
		take(result, outcome);
	async_result_release(result);
}

bool
DnsAsyncResultIsCompleted(const DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);
	bool completed = true;

	if (result != NULL) {
		completed = is_completed(result);
		async_result_release(result);
	}
	return completed;
}

bool
DnsAsyncResultCompletedSynchronously(const DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);
	bool synchronous = false;

	if (result != NULL) {
		synchronous = result->synchronous;
		async_result_release(result);
	}
	return synchronous;
}

void *
DnsAsyncResultGetState(const DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);
	void *state = NULL;

	if (result != NULL) {
		state = result->state;
		async_result_release(result);
	}
	return state;
}

DnsWaitHandle *
DnsAsyncResultCopyWaitHandle(DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);

	if (result == NULL) {
		errno = EINVAL;
		return NULL;
	}
	SCHEDULE_POINT();
	/* The first copy keeps the reference, for all of them. */
	if (!wait_handle_copy(&result->wait_handle))
		async_result_release(result);
	return &result->wait_handle;
}

DnsReport *
DnsAsyncResultCopyReport(DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);
	DnsReport *report = NULL;

	if (result == NULL) {
		errno = EINVAL;
		return NULL;
	}
	if (is_inherited(result)) {
		errno = ECHILD;
	} else if (!is_completed(result)) {
		errno = EAGAIN;
	} else {
		report = DnsReportRetain(result->outcome.report);
		errno = report == NULL ? ENOMEM : errno;
	}
	async_result_release(result);
	return report;
}

/* Tells the owner of a request, unless there is nothing left to change. */
static void
request(struct async_result *result)
{
	SCHEDULE_POINT();
	if (is_completed(result))
		async_result_release(result);
	else
		result->on_request(result);
}

void
DnsAsyncResultSetDeadline(DnsAsyncResult *asyncResult, int milliseconds)
{
	struct async_result *result = milliseconds >= 0 ? pin(asyncResult) : NULL;

	if (result == NULL)
		return;
	atomic_store(&result->deadline_requested,
		     milliseconds > 0 ? clock_after(milliseconds) : clock_now());
	request(result);
}

void
DnsAsyncResultCancel(DnsAsyncResult *asyncResult)
{
	struct async_result *result = pin(asyncResult);

	if (result == NULL)
		return;
	atomic_store(&result->cancel_requested, true);
	request(result);
}
