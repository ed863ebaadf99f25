/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "operation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "async_result_impl.h"
#include "clock.h"
#include "handle_table.h"
#include "host_entry_impl.h"
#include "lookup.h"
#include "question.h"
#include "resolver_impl.h"
#include "thread_role.h"

/* The references that it begins with: the token's, that of the operation under way, and
 * that of the letter which takes it to the loop. */
#define REFERENCES 3

struct operation {
	struct async_result result;
	DnsResolver *resolver_token;
	struct resolver *resolver; /* only on its loop, which outlives what is under way */

	struct letter letter; /* to the loop: begin, later cancel or another deadline */
	atomic_bool letter_is_out;

	/* What needs no server is known when the operation is begun. */
	bool is_answered;
	DnsStatus answer;
	struct DnsHostEntry *answer_entry;

	/* The loop's. */
	bool has_arrived;
	struct resolver_work work;
	struct timer deadline;
	struct lookup *lookup;

	char name[]; /* in normal form */
};

static void
count_completion(struct resolver_counts *counts, DnsStatus status)
{
	resolver_count(&counts->completed);
	if (status == DNS_STATUS_OK)
		resolver_count(&counts->succeeded);
	else if (status == DNS_STATUS_TIMED_OUT)
		resolver_count(&counts->timed_out);
	else if (status == DNS_STATUS_CANCELLED)
		resolver_count(&counts->cancelled);
	else if (status == DNS_STATUS_CLOSED)
		resolver_count(&counts->closed);
}

/* ---- An operation on the loop ---- */

static void
complete(struct operation *operation, DnsStatus status, struct DnsHostEntry *entry)
{
	struct resolver *resolver = operation->resolver;

	list_remove(&operation->work.link);
	loop_timer_clear(resolver->loop, &operation->deadline);
	if (operation->lookup != NULL)
		lookup_abandon(operation->lookup);
	operation->lookup = NULL;
	count_completion(&resolver->counts, status);
	async_result_complete(&operation->result, status, entry);
}

/* A lookup may have found something by then, and completes the operation with it. */
static void
on_deadline(struct timer *timer)
{
	struct operation *operation = container_of(timer, struct operation, deadline);

	if (operation->lookup != NULL)
		lookup_expire(operation->lookup);
	else
		complete(operation, DNS_STATUS_TIMED_OUT, NULL);
}

static void
on_close(struct resolver_work *work)
{
	complete(container_of(work, struct operation, work), DNS_STATUS_CLOSED, NULL);
}

static void
on_lookup_done(void *owner, DnsStatus status, struct DnsHostEntry *entry)
{
	struct operation *operation = owner;

	operation->lookup = NULL;
	complete(operation, status, entry);
}

static void
ask_the_wire(struct resolver *resolver, struct operation *operation)
{
	struct channel *channel = resolver_need_channel(resolver);

	if (channel != NULL)
		operation->lookup = lookup_start(channel, operation->name, on_lookup_done,
						 operation);
	if (operation->lookup == NULL)
		complete(operation, DNS_STATUS_NO_MEMORY, NULL);
}

/* The operation has reached the loop. */
static void
arrive(struct resolver *resolver, struct operation *operation)
{
	struct DnsHostEntry *entry = operation->answer_entry;

	operation->has_arrived = true;
	list_append(&resolver->work, &operation->work.link);
	loop_timer_set(resolver->loop, &operation->deadline, operation->deadline.due);
	operation->answer_entry = NULL;
	if (operation->is_answered)
		complete(operation, operation->answer, entry);
	else if (atomic_load(&resolver->is_closing))
		complete(operation, DNS_STATUS_CLOSED, NULL);
	else
		ask_the_wire(resolver, operation);
}

/* Does what the caller has requested meanwhile. */
static void
heed(struct operation *operation)
{
	struct async_result *result = &operation->result;
	int64_t due;

	if (atomic_load(&result->is_completed))
		return;
	due = atomic_exchange(&result->deadline_requested, DEADLINE_UNCHANGED);
	if (atomic_load(&result->cancel_requested))
		complete(operation, DNS_STATUS_CANCELLED, NULL);
	else if (due != DEADLINE_UNCHANGED)
		loop_timer_set(operation->resolver->loop, &operation->deadline, due);
}

/* A letter holds a reference to its operation. */
static void
on_letter(struct letter *letter, void *reader)
{
	struct operation *operation = container_of(letter, struct operation, letter);

	/* Before the requests are looked at: whoever makes one after that posts again. */
	atomic_store(&operation->letter_is_out, false);
	if (!operation->has_arrived)
		arrive(reader, operation);
	heed(operation);
	async_result_release(&operation->result);
}

/* ---- An operation on its caller's thread ---- */

/* Posts the letter with the reference that the caller has. */
static void
on_request(struct async_result *result)
{
	struct operation *operation = container_of(result, struct operation, result);
	struct resolver *resolver;
	bool posted = false;

	if (!atomic_exchange(&operation->letter_is_out, true)) {
		resolver = handle_table_pin(HANDLE_RESOLVER, operation->resolver_token);
		if (resolver != NULL) {
			posted = loop_post(resolver->loop, &operation->letter);
			resolver_unpin(resolver);
		}
	}
	if (!posted)
		async_result_release(result);
}

static void
on_ended(struct async_result *result)
{
	struct operation *operation = container_of(result, struct operation, result);
	struct resolver *resolver;

	resolver = handle_table_pin(HANDLE_RESOLVER, operation->resolver_token);
	if (resolver == NULL)
		return;
	resolver_count(&resolver->counts.ended);
	resolver_unpin(resolver);
}

static void
destroy_operation(struct async_result *result)
{
	struct operation *operation = container_of(result, struct operation, result);

	DnsHostEntryRelease(operation->answer_entry);
	free(operation);
}

static struct DnsHostEntry *
make_entry(const char *name, const union host_address *addresses, size_t count)
{
	struct host_facts facts = { .name = name,
				    .addresses = addresses,
				    .address_count = count };

	return host_entry_create(&facts);
}

/* Answers what needs no server; false if this does. */
static bool
answer_at_once(const struct question *question, DnsStatus *status,
	       struct DnsHostEntry **entry)
{
	const struct in_addr ipv4 = { htonl(INADDR_LOOPBACK) };
	union host_address loopback[2];

	*entry = NULL;
	*status = DNS_STATUS_HOST_NOT_FOUND;
	switch (question->kind) {
	case QUESTION_NAME:
		return false;
	case QUESTION_NO_HOST:
		return true;
	case QUESTION_ADDRESS:
		*entry = make_entry(question->name, &question->address, 1);
		break;
	case QUESTION_LOOPBACK:
		host_address_set_ipv4(&loopback[0], &ipv4);
		host_address_set_ipv6(&loopback[1], &in6addr_loopback);
		*entry = make_entry(question->name, loopback, 2);
		break;
	}
	*status = *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
	return true;
}

static struct operation *
create_operation(struct resolver *resolver, const struct question *question)
{
	size_t name_size = strlen(question->name) + 1;
	struct operation *operation = calloc(1, sizeof *operation + name_size);

	if (operation == NULL)
		return NULL;
	operation->result.kind = OPERATION_GET_HOST_BY_NAME;
	operation->result.on_request = on_request;
	operation->result.on_ended = on_ended;
	operation->result.destroy = destroy_operation;
	operation->resolver_token = resolver->token;
	operation->resolver = resolver;
	operation->letter.deliver = on_letter;
	atomic_init(&operation->letter_is_out, true);
	list_init(&operation->work.link);
	operation->work.on_close = on_close;
	timer_init(&operation->deadline, on_deadline);
	operation->deadline.due = clock_after(resolver->options.deadline);
	memcpy(operation->name, question->name, name_size);
	if (async_result_init(&operation->result, REFERENCES))
		return operation;
	free(operation);
	return NULL;
}

/* What could not be begun: nobody has seen the token. */
static void
discard_operation(struct operation *operation)
{
	int i;

	for (i = 0; i < REFERENCES; i++)
		async_result_release(&operation->result);
}

static bool
may_complete_inside_begin(const struct resolver *resolver)
{
	return (resolver->options.flags & DNS_RESOLVER_NEVER_SYNCHRONOUS) == 0 &&
	       !thread_role_is_in_callback() && !thread_role_is_loop();
}

static void
complete_inside_begin(struct resolver *resolver, struct operation *operation)
{
	struct DnsHostEntry *entry = operation->answer_entry;

	operation->answer_entry = NULL;
	operation->result.synchronous = true;
	resolver_count(&resolver->counts.synchronous);
	count_completion(&resolver->counts, operation->answer);
	async_result_release(&operation->result); /* no letter is sent */
	async_result_complete(&operation->result, operation->answer, entry);
}

static DnsAsyncResult *
begin(struct resolver *resolver, const struct question *question, DnsAsyncCallback *callback,
      void *state)
{
	struct operation *operation = create_operation(resolver, question);
	DnsAsyncResult *token;

	if (operation == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	operation->result.callback = callback;
	operation->result.state = state;
	operation->is_answered = answer_at_once(question, &operation->answer,
						&operation->answer_entry);
	if (operation->is_answered && operation->answer == DNS_STATUS_NO_MEMORY) {
		discard_operation(operation);
		errno = ENOMEM;
		return NULL;
	}
	/* From here on it may be completed, ended and gone at any time. */
	token = operation->result.token;
	resolver_count(&resolver->counts.begun);
	if (operation->is_answered && may_complete_inside_begin(resolver)) {
		complete_inside_begin(resolver, operation);
	} else if (!loop_post(resolver->loop, &operation->letter)) {
		atomic_fetch_sub(&resolver->counts.begun, 1);
		discard_operation(operation);
		errno = ESHUTDOWN;
		return NULL;
	}
	return token;
}

/* Reads the name and finds the resolver; 0 or an errno, and then nothing is owed. */
static int
prepare(DnsResolver *token, const char *host_name, struct question *question,
	struct resolver **resolver)
{
	int error = question_read(question, host_name);

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
operation_begin_get_host(DnsResolver *token, const char *host_name,
			 DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *result;
	struct resolver *resolver;
	struct question question;
	int error = prepare(token, host_name, &question, &resolver);

	if (error != 0) {
		errno = error;
		return NULL;
	}
	result = begin(resolver, &question, callback, state);
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
	default:
		return DNS_STATUS_TRY_AGAIN;
	}
}

DnsStatus
operation_get_host(DnsResolver *token, const char *host_name, DnsHostEntry **retEntry)
{
	struct DnsHostEntry *entry = NULL;
	struct resolver *resolver;
	struct question question;
	DnsAsyncResult *result;
	DnsStatus status;
	int error = prepare(token, host_name, &question, &resolver);

	if (retEntry != NULL)
		*retEntry = NULL;
	if (error != 0)
		return status_of_errno(error);
	if (answer_at_once(&question, &status, &entry)) {
		resolver_count(&resolver->counts.begun);
		resolver_count(&resolver->counts.synchronous);
		resolver_count(&resolver->counts.ended);
		count_completion(&resolver->counts, status);
	} else if (thread_role_is_loop()) {
		status = DNS_STATUS_WOULD_DEADLOCK;
	} else {
		result = begin(resolver, &question, NULL, NULL);
		status = result == NULL ? status_of_errno(errno) :
					  async_result_end(result, OPERATION_GET_HOST_BY_NAME,
							   &entry);
	}
	resolver_unpin(resolver);
	if (retEntry != NULL)
		*retEntry = entry;
	else
		DnsHostEntryRelease(entry);
	return status;
}
