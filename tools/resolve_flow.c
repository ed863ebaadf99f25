/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_flow.h"

#include "resolve_effort.h"

#define MILLISECOND (PACE_SECOND / 1000)
/* In less it is not worth while. */
#define TIME_FOR_MORE_MINIMUM 500

void
flow_start(struct flow *flow, const struct settings *settings, int64_t now)
{
	*flow = (struct flow){
		.rate = settings->rate,
		.family = settings->family,
		.timeout = settings->timeout,
	};
	pace_start(&flow->pace, settings->rate, now);
	brake_start(&flow->brake, now);
}

bool
flow_allows(const struct flow *flow, int64_t now)
{
	return pace_allows(&flow->pace, now);
}

void
flow_note_begin(struct flow *flow, struct slot *slot, int64_t now)
{
	slot->queries = effort_expect(&slot->item, flow->family);
	slot->second = brake_begin(&flow->brake);
	slot->is_late = false;
	pace_spend(&flow->pace, slot->queries, now);
	flow->begun++;
	flow->spent += slot->queries;
}

void
flow_note_result(struct flow *flow, const struct slot *slot, const struct result *result)
{
	bool is_in_vain = effort_was_in_vain(result);

	pace_correct(&flow->pace, slot->queries, result->tries);
	if (result->tries > 0 && !is_in_vain)
		flow->has_answers = true;
	if (slot->is_late || !flow->has_answers)
		return;
	if (is_in_vain ||
	    (result->tries > slot->queries && effort_was_repeated(result, flow->family)))
		brake_note_late(&flow->brake, slot->second);
}

static void
slot_note_late(struct slot *slot, void *context)
{
	struct brake *brake = context;

	if (slot->is_late || slot->second > brake_get_overdue(brake) ||
	    lookup_is_complete(&slot->lookup))
		return;
	slot->is_late = true;
	brake_note_late(brake, slot->second);
}

void
flow_note_time(struct flow *flow, struct window *window, uint64_t done, int64_t now)
{
	struct brake *brake = &flow->brake;
	unsigned int rate = flow->rate;

	if (brake_get_wait(brake, now) > 0)
		return;
	window_visit(window, slot_note_late, brake);
	if (flow->begun > 0)
		brake_note_answers(brake, (done - flow->done) * flow->spent / flow->begun);
	flow->done = done;
	if (!brake_judge(brake, now))
		return;
	if (brake->limit != 0 && (rate == 0 || rate > brake->limit))
		rate = brake->limit;
	pace_set_rate(&flow->pace, rate);
}

bool
flow_wants_more(const struct flow *flow, const struct slot *slot,
		const struct result *result, int64_t now)
{
	int64_t left = flow->timeout - (now - slot->begun) / MILLISECOND;

	return !slot->is_again && flow->has_answers && left >= TIME_FOR_MORE_MINIMUM &&
	       effort_was_in_vain(result) && brake_suspects(&flow->brake, slot->second);
}

int
flow_get_time_left(const struct flow *flow, const struct slot *slot, int64_t now)
{
	int64_t left = flow->timeout - (now - slot->begun) / MILLISECOND;

	return left > 1 ? (int)left : 1;
}

bool
flow_allows_again(const struct flow *flow, const struct slot *slot, int64_t now)
{
	return flow_allows(flow, now) && brake_has_judged(&flow->brake, slot->second);
}

int
flow_get_wait(const struct flow *flow, bool has_room, bool is_under_way, int64_t now)
{
	int wait = has_room ? pace_get_wait(&flow->pace, now) : 0;
	int brake_wait = is_under_way ? brake_get_wait(&flow->brake, now) : 0;

	if (wait == 0 || (brake_wait > 0 && brake_wait < wait))
		wait = brake_wait;
	return wait > 0 ? wait : -1;
}
