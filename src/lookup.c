/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "lookup.h"

#include <stdlib.h>
#include <string.h>

#include "address_sorter.h"
#include "answer.h"
#include "channel.h"
#include "clock.h"
#include "host_answer.h"
#include "host_name.h"
#include "loop.h"
#include "question.h"

enum {
	POINTER,	/* asked first, and alone */
	IPV4,
	IPV6,
	PARTS
};

/* One of the questions and what came of it. One that is not asked has no data, and that
 * is its answer. */
struct part {
	struct channel_query query;
	struct lookup *lookup;
	bool is_asked;
	bool is_answered;
	DnsStatus status;
	struct answer *answer;	/* NULL: none */
};

struct lookup {
	struct lookup_request request;
	struct part parts[PARTS];
	struct timer grace;

	/* What the pointer led to. */
	char *found_name;
	uint32_t pointer_time_to_live;
};

static void
free_lookup(struct lookup *lookup)
{
	int i;

	loop_timer_clear(lookup->request.loop, &lookup->grace);
	for (i = 0; i < PARTS; i++)
		answer_release(lookup->parts[i].answer);
	free(lookup->found_name);
	free(lookup);
}

static void
hand_over(struct lookup *lookup, DnsStatus status, struct DnsHostEntry *entry)
{
	struct lookup_request request = lookup->request;

	free_lookup(lookup);
	request.on_done(request.owner, status, entry);
}

static void
read_part(const struct part *part, struct host_answer *answer)
{
	if (part->is_answered && part->status == DNS_STATUS_OK)
		host_answer_read(answer, part->answer->octets, part->answer->length,
				 part->query.name, part->query.type);
	else
		host_answer_fail(answer, part->status);
}

/* An address has a name, whatever became of the addresses of that name (.NET's rule). */
static DnsStatus
name_without_addresses(const struct lookup *lookup, DnsStatus status,
		       struct DnsHostEntry **entry)
{
	struct host_facts facts = { .name = lookup->found_name,
				    .time_to_live = lookup->pointer_time_to_live };

	facts.is_partial = status != DNS_STATUS_HOST_NOT_FOUND && status != DNS_STATUS_NO_DATA;
	*entry = host_entry_create(&facts);
	return *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}

static void
arrange(void *data, union host_address *addresses, size_t count)
{
	const struct lookup *lookup = data;

	address_sorter_apply(lookup->request.sorter, lookup->request.order, addresses,
			     count);
}

static void
finish(struct lookup *lookup)
{
	struct host_answer ipv4, ipv6;
	struct DnsHostEntry *entry;
	DnsStatus status;

	read_part(&lookup->parts[IPV4], &ipv4);
	read_part(&lookup->parts[IPV6], &ipv6);
	if (lookup->found_name != NULL && lookup->pointer_time_to_live < ipv4.time_to_live)
		ipv4.time_to_live = lookup->pointer_time_to_live;
	status = host_answer_combine(&ipv4, &ipv6, arrange, lookup, &entry);
	host_answer_clear(&ipv4);
	host_answer_clear(&ipv6);
	if (status != DNS_STATUS_OK && lookup->found_name != NULL)
		status = name_without_addresses(lookup, status, &entry);
	hand_over(lookup, status, entry);
}

static bool
is_open(const struct part *part)
{
	return part->is_asked && !part->is_answered;
}

static bool
has_addresses(const struct part *part)
{
	struct host_answer answer;

	read_part(part, &answer);
	host_answer_clear(&answer);
	return answer.status == DNS_STATUS_OK;
}

static void
keep_answer(struct part *part, struct answer *answer)
{
	part->is_answered = true;
	part->status = answer != NULL ? answer->status : DNS_STATUS_NO_MEMORY;
	part->answer = answer;
}

static void
on_addresses(struct channel_query *query, struct answer *answer)
{
	struct part *part = container_of(query, struct part, query);
	struct lookup *lookup = part->lookup;

	keep_answer(part, answer);
	if (!is_open(&lookup->parts[IPV4]) && !is_open(&lookup->parts[IPV6]))
		finish(lookup);
	else if (has_addresses(part))
		loop_timer_set(lookup->request.loop, &lookup->grace,
			       clock_after(lookup->request.grace));
}

static void
ask(struct lookup *lookup, int which, const char *name, int type)
{
	struct part *part = &lookup->parts[which];

	part->is_asked = true;
	part->query.name = name;
	part->query.type = type;
	channel_ask(lookup->request.channel, &part->query);
}

static void
ask_forwards(struct lookup *lookup, const char *name)
{
	if (lookup->request.family != AF_INET6)
		ask(lookup, IPV4, name, RECORD_A);
	if (lookup->request.family != AF_INET)
		ask(lookup, IPV6, name, RECORD_AAAA);
}

/* The name that a pointer leads to, in normal form; no host's name is no answer. */
static DnsStatus
keep_name(struct lookup *lookup, const char *name)
{
	if (!host_name_is_possible(name))
		return DNS_STATUS_NO_RECOVERY;
	lookup->found_name = strdup(name);
	if (lookup->found_name == NULL)
		return DNS_STATUS_NO_MEMORY;
	host_name_normalise(lookup->found_name, name, strlen(name));
	return DNS_STATUS_OK;
}

static void
on_pointer(struct channel_query *query, struct answer *answer)
{
	struct part *part = container_of(query, struct part, query);
	struct lookup *lookup = part->lookup;
	char name[MESSAGE_NAME_SIZE];
	DnsStatus status;

	keep_answer(part, answer);
	status = part->status;
	if (status == DNS_STATUS_OK)
		status = host_answer_read_pointer(answer->octets, answer->length, query->name,
						  name, &lookup->pointer_time_to_live);
	if (status == DNS_STATUS_OK)
		status = keep_name(lookup, name);
	if (status != DNS_STATUS_OK)
		hand_over(lookup, status, NULL);
	else if (question_classify(lookup->found_name) == QUESTION_NAME)
		ask_forwards(lookup, lookup->found_name);
	else
		finish(lookup); /* a special name is nothing to ask servers for */
}

static void
on_grace(struct timer *timer)
{
	lookup_expire(container_of(timer, struct lookup, grace));
}

struct lookup *
lookup_start(const struct lookup_request *request)
{
	struct lookup *lookup = calloc(1, sizeof *lookup);
	int i;

	if (lookup == NULL)
		return NULL;
	lookup->request = *request;
	timer_init(&lookup->grace, on_grace);
	for (i = 0; i < PARTS; i++) {
		lookup->parts[i].lookup = lookup;
		lookup->parts[i].status = DNS_STATUS_NO_DATA;
		lookup->parts[i].query.on_answer = i == POINTER ? on_pointer : on_addresses;
	}
	if (request->reverse_name != NULL)
		ask(lookup, POINTER, request->reverse_name, RECORD_PTR);
	else
		ask_forwards(lookup, request->name);
	return lookup;
}

static void
abandon_questions(struct lookup *lookup)
{
	struct part *part;

	for (part = lookup->parts; part < lookup->parts + PARTS; part++) {
		if (!is_open(part))
			continue;
		channel_abandon(lookup->request.channel, &part->query);
		part->is_asked = false;
		part->status = DNS_STATUS_TIMED_OUT;
	}
}

void
lookup_abandon(struct lookup *lookup)
{
	abandon_questions(lookup);
	free_lookup(lookup);
}

void
lookup_expire(struct lookup *lookup)
{
	bool has_no_name = is_open(&lookup->parts[POINTER]);

	abandon_questions(lookup);
	if (has_no_name)
		hand_over(lookup, DNS_STATUS_TIMED_OUT, NULL);
	else
		finish(lookup);
}
