/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_lookup.h"

#include <stdlib.h>

#include "answer.h"
#include "inquiry.h"
#include "journal.h"
#include "memory.h"
#include "record_answer.h"
#include "search.h"

struct record_lookup {
	struct record_lookup_request request;
	struct inquiry inquiry;
	struct search search;	/* of one step, for the report */
	struct journal journal;
};

static void
report(struct record_lookup *lookup, struct outcome *outcome)
{
	search_go_on(&lookup->search, outcome->status, false);
	journal_report(&lookup->journal, NULL, &lookup->search, outcome);
}

static void
hand_over(struct record_lookup *lookup, struct outcome *outcome)
{
	struct record_lookup_request request = lookup->request;

	report(lookup, outcome);
	free(lookup);
	request.on_done(request.owner, outcome);
}

static void
on_answer(struct inquiry *inquiry, struct answer *answer)
{
	struct record_lookup *lookup = container_of(inquiry, struct record_lookup, inquiry);
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_NO_MEMORY);
	/* One whose time is over has no TTL left. */
	uint32_t age = inquiry->source == INQUIRY_STALE ? UINT32_MAX : inquiry->age;

	journal_note_answer(&lookup->journal, inquiry, answer);
	if (answer != NULL)
		outcome.status = answer->status;
	if (outcome.status == DNS_STATUS_OK)
		outcome.status = record_answer_read(&outcome.records, answer->octets,
						    answer->length, inquiry->name,
						    inquiry->type, age,
						    lookup->request.is_whole);
	outcome.status = rebinding_judge_records(&lookup->request.rebinding, inquiry->name,
						 outcome.status, &outcome.records);
	answer_release(answer);
	hand_over(lookup, &outcome);
}

struct record_lookup *
record_lookup_start(const struct record_lookup_request *request)
{
	struct record_lookup *lookup = memory_zeroed(sizeof *lookup);

	if (lookup == NULL)
		return NULL;
	lookup->request = *request;
	journal_init(&lookup->journal, request->begun);
	search_begin(&lookup->search, NULL, request->name, true);
	lookup->inquiry.name = request->name;
	lookup->inquiry.type = request->type;
	lookup->inquiry.skips_cache = request->skips_cache;
	lookup->inquiry.on_answer = on_answer;
	inquiry_ask(request->desk, &lookup->inquiry);
	return lookup;
}

void
record_lookup_abandon(struct record_lookup *lookup, struct outcome *outcome)
{
	journal_note_abandoned(&lookup->journal, &lookup->inquiry);
	inquiry_abandon(&lookup->inquiry);
	report(lookup, outcome);
	free(lookup);
}

void
record_lookup_expire(struct record_lookup *lookup)
{
	struct outcome outcome = OUTCOME_OF(DNS_STATUS_TIMED_OUT);

	journal_note_abandoned(&lookup->journal, &lookup->inquiry);
	inquiry_abandon(&lookup->inquiry);
	hand_over(lookup, &outcome);
}
