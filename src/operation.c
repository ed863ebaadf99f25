/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "operation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

	int family;
	bool is_backwards;	/* the name is that of a pointer */
	char name[];		/* in normal form */
};

/* What is asked, once it is understood. */
struct task {
	enum operation_kind kind;
	struct question question;
	int family;
	bool is_backwards;
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
	struct lookup_request request = { .loop = resolver->loop,
					  .channel = resolver_need_channel(resolver),
					  .family = operation->family,
					  .grace = resolver->options.grace,
					  .on_done = on_lookup_done,
					  .owner = operation };

	if (operation->is_backwards)
		request.reverse_name = operation->name;
	else
		request.name = operation->name;
	if (request.channel != NULL)
		operation->lookup = lookup_start(&request);
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

/* An entry with those of the addresses that are of the family asked for. */
static DnsStatus
make_entry(const struct task *task, const char *name, const union host_address *addresses,
	   size_t count, struct DnsHostEntry **entry)
{
	union host_address wanted[2];
	struct host_facts facts = { .name = name, .addresses = wanted };
	size_t i;

	for (i = 0; i < count; i++)
		if (task->family == AF_UNSPEC || addresses[i].any.sa_family == task->family)
			wanted[facts.address_count++] = addresses[i];
	*entry = host_entry_create(&facts);
	return *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}

static bool
is_loopback(const union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return address->ipv4.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
	return IN6_IS_ADDR_LOOPBACK(&address->ipv6.sin6_addr);
}

/* Answers what needs no server; false if this does. */
static bool
answer_at_once(const struct task *task, DnsStatus *status, struct DnsHostEntry **entry)
{
	const struct question *question = &task->question;
	const struct in_addr ipv4 = { htonl(INADDR_LOOPBACK) };
	union host_address loopback[2];

	*entry = NULL;
	host_address_set_ipv4(&loopback[0], &ipv4);
	host_address_set_ipv6(&loopback[1], &in6addr_loopback);
	switch (question->kind) {
	case QUESTION_NAME:
		return false;
	case QUESTION_NO_HOST:
		*status = DNS_STATUS_HOST_NOT_FOUND;
		return true;
	case QUESTION_LOOPBACK:
		*status = make_entry(task, question->name, loopback, 2, entry);
		return true;
	case QUESTION_ADDRESS:
		break;
	}
	if (!task->is_backwards)
		*status = make_entry(task, question->name, &question->address, 1, entry);
	else if (is_loopback(&question->address))
		*status = make_entry(task, "localhost", loopback, 2, entry);
	else
		return false;
	return true;
}

static struct operation *
create_operation(struct resolver *resolver, const struct task *task)
{
	const char *name = task->question.name;
	char reverse_name[QUESTION_NAME_SIZE];
	struct operation *operation;
	size_t name_size;

	if (task->is_backwards) {
		question_make_reverse_name(&task->question.address, reverse_name);
		name = reverse_name;
	}
	name_size = strlen(name) + 1;
	operation = calloc(1, sizeof *operation + name_size);
	if (operation == NULL)
		return NULL;
	operation->result.kind = task->kind;
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
	operation->family = task->family;
	operation->is_backwards = task->is_backwards;
	memcpy(operation->name, name, name_size);
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
begin(struct resolver *resolver, const struct task *task, DnsAsyncCallback *callback,
      void *state)
{
	struct operation *operation = create_operation(resolver, task);
	DnsAsyncResult *token;

	if (operation == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	operation->result.callback = callback;
	operation->result.state = state;
	operation->is_answered = answer_at_once(task, &operation->answer,
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

static bool
is_unspecified(const union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return address->ipv4.sin_addr.s_addr == htonl(INADDR_ANY);
	return IN6_IS_ADDR_UNSPECIFIED(&address->ipv6.sin6_addr);
}

/* Understands a request; 0 or an errno. */
static int
read_request(const struct operation_request *request, struct task *task)
{
	int error;

	task->kind = request->kind;
	task->family = request->family;
	if (request->family != AF_UNSPEC && request->family != AF_INET &&
	    request->family != AF_INET6)
		return EINVAL;
	if (request->kind == OPERATION_GET_HOST_BY_ADDRESS)
		error = question_read_address(&task->question, request->address,
					      request->address_length);
	else
		error = question_read_host(&task->question, request->host);
	if (error != 0)
		return error;
	task->is_backwards = task->question.kind == QUESTION_ADDRESS &&
			     (request->kind == OPERATION_GET_HOST_BY_ADDRESS ||
			      request->kind == OPERATION_GET_HOST_ENTRY);
	return task->is_backwards && is_unspecified(&task->question.address) ? EINVAL : 0;
}

/* Understands a request and finds the resolver; 0 or an errno, and then nothing is owed. */
static int
prepare(DnsResolver *token, const struct operation_request *request, struct task *task,
	struct resolver **resolver)
{
	int error = read_request(request, task);

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
operation_begin(DnsResolver *token, const struct operation_request *request,
		DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *result;
	struct resolver *resolver;
	struct task task;
	int error = prepare(token, request, &task, &resolver);

	if (error != 0) {
		errno = error;
		return NULL;
	}
	result = begin(resolver, &task, callback, state);
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
operation_do(DnsResolver *token, const struct operation_request *request,
	     DnsHostEntry **retEntry)
{
	struct DnsHostEntry *entry = NULL;
	struct resolver *resolver;
	DnsAsyncResult *result;
	DnsStatus status;
	struct task task;
	int error = prepare(token, request, &task, &resolver);

	if (retEntry != NULL)
		*retEntry = NULL;
	if (error != 0)
		return status_of_errno(error);
	if (answer_at_once(&task, &status, &entry)) {
		resolver_count(&resolver->counts.begun);
		resolver_count(&resolver->counts.synchronous);
		resolver_count(&resolver->counts.ended);
		count_completion(&resolver->counts, status);
	} else if (thread_role_is_loop()) {
		status = DNS_STATUS_WOULD_DEADLOCK;
	} else {
		result = begin(resolver, &task, NULL, NULL);
		status = result == NULL ? status_of_errno(errno) :
					  async_result_end(result, request->kind, &entry);
	}
	resolver_unpin(resolver);
	if (retEntry != NULL)
		*retEntry = entry;
	else
		DnsHostEntryRelease(entry);
	return status;
}
