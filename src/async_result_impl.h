/* SPDX-License-Identifier: MIT */
/* async_result: the part of an operation that its caller sees, behind a token.
 *
 * It is completed once: result stored, IsCompleted, wait handle signalled, callback. (The
 * text that describes the pattern names the callback before the signal; but a callback
 * that waits for its own handle, or for a thread that does, would never return, and
 * .NET's own code signals first.) Whoever made it completes it, on the loop thread, or
 * inside Begin before anybody else knows the token. The callback may be left to a
 * dispatcher, and so to a thread of the application.
 *
 * References are counted by the handle table: one for the token until its End, one for
 * the operation under way, one for its wait handle while somebody has a copy, one for
 * each call that is using it. */
#ifndef ASYNCDNS_ASYNC_RESULT_IMPL_H
#define ASYNCDNS_ASYNC_RESULT_IMPL_H

#include <asyncdns/async_result.h>
#include <asyncdns/status.h>

#include <stdatomic.h>
#include <stdint.h>

#include "dispatcher.h"
#include "outcome.h"
#include "wait_handle_impl.h"

/* Which End it is for. */
enum operation_kind {
	OPERATION_GET_HOST_BY_NAME = 1,
	OPERATION_GET_HOST_ENTRY,
	OPERATION_GET_HOST_ADDRESSES,
	OPERATION_GET_HOST_BY_ADDRESS,
	OPERATION_QUERY_RECORDS
};

/* No deadline has been asked for. */
#define DEADLINE_UNCHANGED INT64_MAX

struct async_result {
	DnsAsyncResult *token;
	enum operation_kind kind;
	DnsAsyncCallback *callback;
	void *state;
	bool synchronous;

	/* Stored before, and read after, is_completed. */
	struct outcome outcome;	/* whose references End takes */
	atomic_bool is_completed;
	struct DnsWaitHandle wait_handle;

	/* Who runs the callback, unless it is synchronous; NULL: who completes it. */
	struct dispatcher *dispatcher;
	struct due_callback due;

	/* By an End, which may still be waiting; then the token is valid for all else. */
	atomic_bool is_claimed;

	/* What the caller asked for, for the owner to look at when it is told. */
	atomic_bool cancel_requested;
	_Atomic int64_t deadline_requested; /* as clock_now */

	/* The owner's, called on any thread: something was requested, with a reference that
	 * the owner gives back; End was called; the last reference is gone, so free it. */
	void (*on_request)(struct async_result *result);
	void (*on_ended)(struct async_result *result);
	void (*destroy)(struct async_result *result);
};

/* Makes the token, with the given number of references. False: no memory. */
bool async_result_init(struct async_result *result, unsigned int references);
/* Completes it, runs the callback or has it dispatched, and after that gives the
 * operation's reference back. Takes over the references of the outcome. */
void async_result_complete(struct async_result *result, const struct outcome *outcome);

void async_result_release(struct async_result *result);

/* End: claims the token, waits, and hands the outcome out, which is the caller's to clear;
 * the status of a token that could not be ended stands in it too. */
void async_result_end(DnsAsyncResult *token, enum operation_kind kind,
		      struct outcome *outcome);

#endif
