/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "lookup.h"

#include <stdlib.h>

#include "channel.h"
#include "host_answer.h"

enum family {
	IPV4,
	IPV6,
	FAMILIES
};

/* One of the two questions and what came of it. */
struct part {
	struct channel_query query;
	struct lookup *lookup;
	bool answered;
	DnsStatus status;
	uint8_t *data;
	size_t length;
};

struct lookup {
	struct channel *channel;
	void (*on_done)(void *owner, DnsStatus status, struct DnsHostEntry *entry);
	void *owner;
	struct part parts[FAMILIES];
};

static void
free_lookup(struct lookup *lookup)
{
	free(lookup->parts[IPV4].data);
	free(lookup->parts[IPV6].data);
	free(lookup);
}

static void
read_part(const struct part *part, struct host_answer *answer)
{
	if (part->status == DNS_STATUS_OK)
		host_answer_read(answer, part->data, part->length, part->query.name,
				 part->query.type);
	else
		host_answer_fail(answer, part->status);
}

static void
finish(struct lookup *lookup)
{
	struct lookup done = *lookup;
	struct host_answer answers[FAMILIES];
	struct DnsHostEntry *entry;
	DnsStatus status;

	read_part(&lookup->parts[IPV4], &answers[IPV4]);
	read_part(&lookup->parts[IPV6], &answers[IPV6]);
	status = host_answer_combine(&answers[IPV4], &answers[IPV6], &entry);
	host_answer_clear(&answers[IPV4]);
	host_answer_clear(&answers[IPV6]);
	free_lookup(lookup);
	done.on_done(done.owner, status, entry);
}

static void
on_answer(struct channel_query *query, DnsStatus status, uint8_t *data, size_t length)
{
	struct part *part = container_of(query, struct part, query);
	struct lookup *lookup = part->lookup;

	part->answered = true;
	part->status = status;
	part->data = data;
	part->length = length;
	if (lookup->parts[IPV4].answered && lookup->parts[IPV6].answered)
		finish(lookup);
}

static void
ask(struct lookup *lookup, enum family family, const char *name, int type)
{
	struct part *part = &lookup->parts[family];

	part->lookup = lookup;
	part->query.name = name;
	part->query.type = type;
	part->query.on_answer = on_answer;
	channel_ask(lookup->channel, &part->query);
}

struct lookup *
lookup_start(struct channel *channel, const char *name,
	     void (*on_done)(void *owner, DnsStatus status, struct DnsHostEntry *entry),
	     void *owner)
{
	struct lookup *lookup = calloc(1, sizeof *lookup);

	if (lookup == NULL)
		return NULL;
	lookup->channel = channel;
	lookup->on_done = on_done;
	lookup->owner = owner;
	ask(lookup, IPV4, name, RECORD_A);
	ask(lookup, IPV6, name, RECORD_AAAA);
	return lookup;
}

static void
abandon_questions(struct lookup *lookup)
{
	struct part *part;

	for (part = lookup->parts; part < lookup->parts + FAMILIES; part++) {
		if (part->answered)
			continue;
		channel_abandon(lookup->channel, &part->query);
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
	abandon_questions(lookup);
	finish(lookup);
}
