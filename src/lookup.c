/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "lookup.h"

#include <stdlib.h>
#include <string.h>

#include "address_sorter.h"
#include "answer.h"
#include "answer_cache.h"
#include "clock.h"
#include "host_answer.h"
#include "inquiry.h"
#include "journal.h"
#include "loop.h"
#include "question.h"
#include "search.h"
#include "stock.h"

enum {
	POINTER,	/* asked first, and alone */
	IPV4,
	IPV6,
	PARTS
};

/* One of the questions and what came of it. One that is not asked has no data, and that
 * is its answer. */
struct part {
	struct inquiry inquiry;
	struct lookup *lookup;
	bool is_asked;
	bool is_answered;
	DnsStatus status;
	struct answer *answer;	/* NULL: none */
};

struct lookup {
	struct lookup_request request;
	struct search search;
	struct part parts[PARTS];
	struct timer grace;
	bool is_expired;

	/* What the pointer led to. */
	char *found_name;
	uint32_t pointer_time_to_live;

	struct journal journal;
};

static void
forget_answers(struct lookup *lookup)
{
	struct part *part;

	for (part = lookup->parts; part < lookup->parts + PARTS; part++) {
		answer_release(part->answer);
		part->answer = NULL;
		part->is_asked = part->is_answered = false;
		part->status = DNS_STATUS_NO_DATA;
	}
}

static void
free_lookup(struct lookup *lookup)
{
	loop_timer_clear(lookup->request.loop, &lookup->grace);
	forget_answers(lookup);
	free(lookup->found_name);
	stock_give_back(inquiry_desk_get_stock(lookup->request.desk), lookup);
}

static void
report(struct lookup *lookup, struct outcome *outcome)
{
	journal_report(&lookup->journal, lookup->request.reverse_name,
		       lookup->search.name != NULL ? &lookup->search : NULL, outcome);
}

static void
hand_over(struct lookup *lookup, struct outcome *outcome)
{
	struct lookup_request request = lookup->request;

	report(lookup, outcome);
	free_lookup(lookup);
	request.on_done(request.owner, outcome);
}

/* ---- Forwards ---- */

static void
read_part(const struct part *part, struct host_answer *answer)
{
	const struct inquiry *inquiry = &part->inquiry;

	if (!part->is_answered || part->status != DNS_STATUS_OK) {
		host_answer_fail(answer, part->status);
		return;
	}
	host_answer_read(answer, part->answer->octets, part->answer->length, inquiry->name,
			 inquiry->type, inquiry->age);
	rebinding_judge_host(&part->lookup->request.rebinding, inquiry->name, answer);
	if (inquiry->source == INQUIRY_STALE && answer->status == DNS_STATUS_OK)
		answer->time_to_live = ANSWER_CACHE_STALE_TIME_TO_LIVE;
}

static void
arrange(void *data, union host_address *addresses, size_t count)
{
	const struct lookup *lookup = data;

	address_sorter_apply(lookup->request.sorter, lookup->request.order, addresses,
			     count);
}

static DnsStatus
combine(struct lookup *lookup, struct DnsHostEntry **entry)
{
	struct host_answer ipv4, ipv6;
	DnsStatus status;

	read_part(&lookup->parts[IPV4], &ipv4);
	read_part(&lookup->parts[IPV6], &ipv6);
	if (lookup->found_name != NULL && lookup->pointer_time_to_live < ipv4.time_to_live)
		ipv4.time_to_live = lookup->pointer_time_to_live;
	status = host_answer_combine(&ipv4, &ipv6, arrange, lookup, entry);
	host_answer_clear(&ipv4);
	host_answer_clear(&ipv6);
	return status;
}

static void ask_step(struct lookup *lookup);

static void
finish_step(struct lookup *lookup)
{
	struct search *search = &lookup->search;
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_OK);

	outcome.status = combine(lookup, &outcome.entry);
	if (outcome.status != DNS_STATUS_OK) {
		if (search_go_on(search, outcome.status, !lookup->is_expired)) {
			forget_answers(lookup);
			ask_step(lookup);
			return;
		}
		outcome.status = search_status(search, outcome.status);
	}
	if (outcome.status != DNS_STATUS_OK && lookup->found_name != NULL)
		outcome.status = host_answer_name_only(lookup->found_name,
						       lookup->pointer_time_to_live,
						       outcome.status, &outcome.entry);
	hand_over(lookup, &outcome);
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
	journal_note_answer(&part->lookup->journal, &part->inquiry, answer);
}

static void
on_addresses(struct inquiry *inquiry, struct answer *answer)
{
	struct part *part = container_of(inquiry, struct part, inquiry);
	struct lookup *lookup = part->lookup;

	keep_answer(part, answer);
	if (!is_open(&lookup->parts[IPV4]) && !is_open(&lookup->parts[IPV6]))
		finish_step(lookup);
	else if (has_addresses(part))
		loop_timer_set(lookup->request.loop, &lookup->grace,
			       clock_after(lookup->request.grace));
}

static void
ask(struct lookup *lookup, int which, const char *name, int type)
{
	struct part *part = &lookup->parts[which];

	part->is_asked = true;
	part->inquiry.name = name;
	part->inquiry.type = type;
	part->inquiry.skips_cache = lookup->request.skips_cache;
	inquiry_ask(lookup->request.desk, &part->inquiry);
}

static void
ask_step(struct lookup *lookup)
{
	if (lookup->request.family != AF_INET6)
		ask(lookup, IPV4, lookup->search.candidate, RECORD_A);
	if (lookup->request.family != AF_INET)
		ask(lookup, IPV6, lookup->search.candidate, RECORD_AAAA);
}

/* ---- Backwards ---- */

static void
on_pointer(struct inquiry *inquiry, struct answer *answer)
{
	struct part *part = container_of(inquiry, struct part, inquiry);
	struct lookup *lookup = part->lookup;
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_OK);
	char name[HOST_ANSWER_NAME_SIZE];

	keep_answer(part, answer);
	outcome.status = part->status;
	if (outcome.status == DNS_STATUS_OK)
		outcome.status = host_answer_read_pointer(answer->octets, answer->length,
							  inquiry->name, inquiry->age, name,
							  &lookup->pointer_time_to_live);
	if (outcome.status == DNS_STATUS_OK && inquiry->source == INQUIRY_STALE)
		lookup->pointer_time_to_live = ANSWER_CACHE_STALE_TIME_TO_LIVE;
	if (outcome.status == DNS_STATUS_OK) {
		lookup->found_name = strdup(name);
		if (lookup->found_name == NULL)
			outcome.status = DNS_STATUS_NO_MEMORY;
	}
	if (outcome.status != DNS_STATUS_OK) {
		hand_over(lookup, &outcome);
		return;
	}
	if (question_classify(lookup->found_name) == QUESTION_NAME) {
		search_begin(&lookup->search, NULL, lookup->found_name, true);
		ask_step(lookup);
	} else {
		finish_step(lookup); /* a special name is nothing to ask servers for */
	}
}

/* ---- Beginning and end ---- */

static void
on_grace(struct timer *timer)
{
	lookup_expire(container_of(timer, struct lookup, grace));
}

struct lookup *
lookup_start(const struct lookup_request *request)
{
	struct stock *stock = inquiry_desk_get_stock(request->desk);
	struct lookup *lookup = stock_take(stock, sizeof *lookup);
	int i;

	if (lookup == NULL)
		return NULL;
	lookup->request = *request;
	journal_init(&lookup->journal, request->begun);
	timer_init(&lookup->grace, on_grace);
	for (i = 0; i < PARTS; i++) {
		lookup->parts[i].lookup = lookup;
		lookup->parts[i].inquiry.on_answer = i == POINTER ? on_pointer : on_addresses;
	}
	forget_answers(lookup);
	if (request->reverse_name != NULL) {
		ask(lookup, POINTER, request->reverse_name, RECORD_PTR);
	} else {
		search_begin(&lookup->search, request->search, request->name,
			     request->is_absolute);
		ask_step(lookup);
	}
	return lookup;
}

static void
abandon_questions(struct lookup *lookup)
{
	struct part *part;

	for (part = lookup->parts; part < lookup->parts + PARTS; part++) {
		if (!is_open(part))
			continue;
		journal_note_abandoned(&lookup->journal, &part->inquiry);
		inquiry_abandon(&part->inquiry);
		part->is_asked = false;
		part->status = DNS_STATUS_TIMED_OUT;
	}
}

void
lookup_abandon(struct lookup *lookup, struct outcome *outcome)
{
	abandon_questions(lookup);
	if (lookup->search.name != NULL)
		search_go_on(&lookup->search, outcome->status, false);
	report(lookup, outcome);
	free_lookup(lookup);
}

void
lookup_expire(struct lookup *lookup)
{
	struct outcome timed_out = OUTCOME_OF(DNS_STATUS_TIMED_OUT);
	bool has_no_name = is_open(&lookup->parts[POINTER]);

	lookup->is_expired = true;
	abandon_questions(lookup);
	if (has_no_name)
		hand_over(lookup, &timed_out);
	else
		finish_step(lookup);
}
