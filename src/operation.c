/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "operation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "handle_table.h"
#include "host_entry_impl.h"
#include "known_answer.h"
#include "memory.h"
#include "request.h"
#include "resolver_impl.h"
#include "schedule_point.h"
#include "thread_role.h"
#include "wire_lookup.h"

/* The references that it begins with: the token's, that of the operation under way, and
 * that of the letter which takes it to the loop. */
#define REFERENCES 3

struct operation {
	struct async_result result;
	DnsResolver *resolver_token;
	struct resolver *resolver; /* only on its loop, which outlives what is under way */

	struct letter letter; /* to the loop: begin, later cancel or another deadline */
	atomic_bool letter_is_out;

	/* What needs no server is known when the operation is begun: then that is the result's
	 * outcome until it completes. */
	bool is_answered;
	bool is_in_no_hosts;	/* as the file was then */
	bool is_absolute;

	/* The loop's. */
	bool has_arrived;
	struct resolver_work work;
	struct timer deadline;
	struct wire_lookup lookup;

	int64_t begun;		/* by clock_microseconds */
	struct DnsLookupOptions options;
	int family;
	int type;		/* of records; 0: a host is wanted */
	const union host_address *address; /* behind its pointer's name; NULL: forwards */
	char name[];		/* in normal form */
};

static void
count_completion(struct resolver *resolver, DnsStatus status)
{
	resolver_count(resolver, RESOLVER_COMPLETED);
	if (status == DNS_STATUS_OK)
		resolver_count(resolver, RESOLVER_SUCCEEDED);
	else if (status == DNS_STATUS_TIMED_OUT)
		resolver_count(resolver, RESOLVER_TIMED_OUT);
	else if (status == DNS_STATUS_CANCELLED)
		resolver_count(resolver, RESOLVER_CANCELLED);
	else if (status == DNS_STATUS_CLOSED)
		resolver_count(resolver, RESOLVER_CLOSED);
}

/* The last that is done with an operation. Each has a report, if there was memory for it. */
static void
publish(struct operation *operation, struct outcome *outcome)
{
	struct report_facts facts = { .rcode = -1 };

	if (outcome->report == NULL) {
		facts.microseconds = clock_microseconds() - operation->begun;
		outcome_set_report(outcome, &facts);
	}
	if (outcome->entry != NULL && operation->options.port != 0)
		host_entry_set_port(outcome->entry, operation->options.port);
	async_result_complete(&operation->result, outcome);
}

/* ---- An operation on the loop ---- */

/* Takes over the references of the outcome. */
static void
complete(struct operation *operation, struct outcome *outcome)
{
	struct resolver *resolver = operation->resolver;

	list_remove(&operation->work.link);
	loop_timer_clear(resolver->loop, &operation->deadline);
	wire_lookup_abandon(&operation->lookup, outcome);
	count_completion(resolver, outcome->status);
	publish(operation, outcome);
}

static void on_turn(struct channel_turn *turn);
static void on_lookup_done(void *owner, struct outcome *outcome);

/* False: no memory. */
static bool
ask_the_wire(struct operation *operation)
{
	struct wire_request request = { .name = operation->name,
					.type = operation->type,
					.family = operation->family,
					.is_absolute = operation->is_absolute,
					.is_backwards = operation->address != NULL,
					.options = &operation->options,
					.begun = operation->begun,
					.on_turn = on_turn,
					.on_done = on_lookup_done,
					.owner = operation };

	return wire_lookup_start(&operation->lookup, operation->resolver, &request);
}

/* One that waits for its turn takes it now: how it ends is said of it as of the others. */
static void
take_turn(struct operation *operation)
{
	if (operation->lookup.state == WIRE_LOOKUP_WAITS)
		ask_the_wire(operation);
}

static void
complete_without_result(struct operation *operation, DnsStatus status)
{
	struct outcome outcome = OUTCOME_OF(status);

	take_turn(operation);
	complete(operation, &outcome);
}

static void
on_turn(struct channel_turn *turn)
{
	struct operation *operation = container_of(turn, struct operation, lookup.turn);

	if (!ask_the_wire(operation))
		complete_without_result(operation, DNS_STATUS_NO_MEMORY);
}

/* A lookup may have found something by then, and completes the operation with it. */
static void
on_deadline(struct timer *timer)
{
	struct operation *operation = container_of(timer, struct operation, deadline);

	take_turn(operation);
	if (!wire_lookup_expire(&operation->lookup))
		complete_without_result(operation, DNS_STATUS_TIMED_OUT);
}

/* There may be very many, of which most wait for their turn: they don't take it. */
static void
on_close(struct resolver_work *work)
{
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_CLOSED);

	complete(container_of(work, struct operation, work), &outcome);
}

static void
on_lookup_done(void *owner, struct outcome *outcome)
{
	struct operation *operation = owner;

	wire_lookup_done(&operation->lookup);
	complete(operation, outcome);
}

static bool
complete_from_hosts(struct resolver *resolver, struct operation *operation)
{
	struct outcome outcome;

	if (operation->type != 0 || operation->is_in_no_hosts ||
	    (operation->options.flags & DNS_LOOKUP_NO_HOSTS) != 0 ||
	    !known_answer_from_hosts(resolver, operation->name, operation->family,
				     operation->address,
				     &operation->options, operation->begun, &outcome))
		return false;
	complete(operation, &outcome);
	return true;
}

static struct outcome
take_answer(struct operation *operation)
{
	struct outcome answer = operation->result.outcome;

	operation->result.outcome = OUTCOME_OF(DNS_STATUS_OK);
	return answer;
}

/* The operation has reached the loop. */
static void
arrive(struct resolver *resolver, struct operation *operation)
{
	struct outcome answer = take_answer(operation);

	operation->has_arrived = true;
	list_append(&resolver->work, &operation->work.link);
	loop_timer_set(resolver->loop, &operation->deadline, operation->deadline.due);
	if (operation->is_answered)
		complete(operation, &answer);
	else if (atomic_load(&resolver->is_closing))
		complete_without_result(operation, DNS_STATUS_CLOSED);
	else if (complete_from_hosts(resolver, operation))
		return;
	else if ((operation->options.flags & DNS_LOOKUP_LOCAL_ONLY) != 0)
		complete_without_result(operation, DNS_STATUS_HOST_NOT_FOUND);
	else if (!ask_the_wire(operation))
		complete_without_result(operation, DNS_STATUS_NO_MEMORY);
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
	SCHEDULE_POINT();
	if (atomic_load(&result->cancel_requested))
		complete_without_result(operation, DNS_STATUS_CANCELLED);
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
	SCHEDULE_POINT();
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

	SCHEDULE_POINT();
	if (!atomic_exchange(&operation->letter_is_out, true)) {
		resolver = handle_table_pin(HANDLE_RESOLVER, operation->resolver_token);
		if (resolver != NULL) {
			SCHEDULE_POINT();
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
	resolver_count(resolver, RESOLVER_ENDED);
	resolver_unpin(resolver);
}

static void
destroy_operation(struct async_result *result)
{
	free(container_of(result, struct operation, result));
}

static struct operation *
allocate(size_t name_size, const union host_address *address)
{
	const size_t unit = _Alignof(union host_address);
	size_t place = (sizeof(struct operation) + name_size + unit - 1) / unit * unit;
	size_t size = place + (address != NULL ? sizeof *address : 0);
	struct operation *operation = memory_zeroed(size);

	if (operation != NULL && address != NULL)
		operation->address = memcpy((char *)operation + place, address, sizeof *address);
	return operation;
}

static struct operation *
create_operation(struct resolver *resolver, const struct request *request, int64_t begun)
{
	int deadline = request->options.deadline > 0 ? request->options.deadline :
						       resolver->options.deadline;
	const char *name = request->question.name;
	char reverse_name[QUESTION_NAME_SIZE];
	struct operation *operation;
	size_t name_size;

	if (request->is_backwards) {
		question_make_reverse_name(&request->question.address, reverse_name);
		name = reverse_name;
	}
	name_size = strlen(name) + 1;
	operation = allocate(name_size, request->is_backwards ? &request->question.address :
								NULL);
	if (operation == NULL)
		return NULL;
	operation->result.kind = request->kind;
	operation->result.dispatcher = resolver_get_dispatcher(resolver);
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
	operation->deadline.due = clock_after_moment(begun, deadline);
	operation->begun = begun;
	operation->options = request->options;
	operation->family = request->family;
	operation->type = request->type;
	operation->is_absolute = request->is_absolute;
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
	struct outcome answer = take_answer(operation);

	operation->result.synchronous = true;
	resolver_count(resolver, RESOLVER_SYNCHRONOUS);
	count_completion(resolver, answer.status);
	async_result_release(&operation->result); /* no letter is sent */
	publish(operation, &answer);
}

DnsAsyncResult *
operation_begin(struct resolver *resolver, const struct request *request,
		DnsAsyncCallback *callback, void *state)
{
	int64_t begun = clock_microseconds();
	struct operation *operation = create_operation(resolver, request, begun);
	DnsAsyncResult *token;

	if (operation == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	operation->result.callback = callback;
	operation->result.state = state;
	operation->is_answered = known_answer_at_once(resolver, request, begun,
						      &operation->result.outcome,
						      &operation->is_in_no_hosts);
	if (operation->is_answered &&
	    operation->result.outcome.status == DNS_STATUS_NO_MEMORY) {
		discard_operation(operation);
		errno = ENOMEM;
		return NULL;
	}
	/* From here on it may be completed, ended and gone at any time. */
	token = operation->result.token;
	resolver_count(resolver, RESOLVER_BEGUN);
	if (operation->is_answered && may_complete_inside_begin(resolver)) {
		complete_inside_begin(resolver, operation);
	} else if (!loop_post(resolver->loop, &operation->letter)) {
		counters_add(resolver->counts, RESOLVER_BEGUN, -1);
		discard_operation(operation);
		errno = ESHUTDOWN;
		return NULL;
	}
	return token;
}

void
operation_count_none(struct resolver *resolver, DnsStatus status)
{
	resolver_count(resolver, RESOLVER_BEGUN);
	resolver_count(resolver, RESOLVER_SYNCHRONOUS);
	resolver_count(resolver, RESOLVER_ENDED);
	count_completion(resolver, status);
}
