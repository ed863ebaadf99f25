/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "invocation.h"

#include <errno.h>

#include "clock.h"
#include "known_answer.h"
#include "operation.h"
#include "request.h"
#include "resolver_impl.h"
#include "thread_role.h"

/* Understands a request and finds the resolver; 0 or an errno, and then nothing is owed. */
static int
prepare(DnsResolver *token, const struct operation_request *given, struct request *request,
	struct resolver **resolver)
{
	int error = request_read(request, given);

	if (error != 0)
		return error;
	*resolver = resolver_pin(token);
	if (*resolver == NULL)
		return errno;
	if (!atomic_load(&(*resolver)->is_closing))
		return 0;
	resolver_unpin(*resolver);
	return ESHUTDOWN;
}

DnsAsyncResult *
invocation_begin(DnsResolver *token, const struct operation_request *given,
		 DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *result;
	struct resolver *resolver;
	struct request request;
	int error = prepare(token, given, &request, &resolver);

	if (error != 0) {
		errno = error;
		return NULL;
	}
	result = operation_begin(resolver, &request, callback, state);
	error = errno;
	resolver_unpin(resolver);
	errno = error;
	return result;
}

static DnsStatus
status_of_errno(int error)
{
	switch (error) {
	case EINVAL:
	case ENAMETOOLONG:
		return DNS_STATUS_INVALID_ARGUMENT;
	case ENOMEM:
		return DNS_STATUS_NO_MEMORY;
	case ESHUTDOWN:
		return DNS_STATUS_CLOSED;
	case ECHILD:
		return DNS_STATUS_FORKED;
	default:
		return DNS_STATUS_TRY_AGAIN;
	}
}

void
invocation_do(DnsResolver *token, const struct operation_request *given,
	      struct outcome *outcome)
{
	struct resolver *resolver;
	DnsAsyncResult *result;
	struct request request;
	bool is_in_no_hosts;
	int error = prepare(token, given, &request, &resolver);

	*outcome = OUTCOME_OF(status_of_errno(error));
	if (error != 0)
		return;
	if (known_answer_at_once(resolver, &request, clock_microseconds(), outcome,
				 &is_in_no_hosts)) {
		operation_count_none(resolver, outcome->status);
	} else if (thread_role_is_loop()) {
		*outcome = OUTCOME_OF(DNS_STATUS_WOULD_DEADLOCK);
	} else {
		result = operation_begin(resolver, &request, NULL, NULL);
		if (result == NULL)
			*outcome = OUTCOME_OF(status_of_errno(errno));
		else
			async_result_end(result, request.kind, outcome);
	}
	resolver_unpin(resolver);
}
