/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_brake.h"

#include "resolve_pace.h"

#define MILLISECOND (PACE_SECOND / 1000)
#define WHOLE 256
#define TOLERANCE (WHOLE / 64)
/* Fewer prove nothing. */
#define LATE_MINIMUM 3
#define VAIN_LIMIT 3
#define LIMIT_MINIMUM 10
#define LIMIT_MAXIMUM (PACE_RATE_LIMIT / 2)
/* The first seconds are numbered so that those before them were not heeded. */
#define FIRST_SECOND 2

void
brake_start(struct brake *brake, int64_t now)
{
	*brake = (struct brake){
		.second = FIRST_SECOND,
		.heeded_from = FIRST_SECOND,
		.began = now,
		.tolerance = TOLERANCE,
	};
}

uint32_t
brake_begin(struct brake *brake)
{
	brake->cohorts[brake->second % BRAKE_COHORTS].begun++;
	return brake->second;
}

void
brake_note_late(struct brake *brake, uint32_t second)
{
	/* Of those before it has been judged. */
	if (brake->second - second < BRAKE_COHORTS - 1)
		brake->cohorts[second % BRAKE_COHORTS].late++;
}

bool
brake_has_judged(const struct brake *brake, uint32_t second)
{
	return brake->second - second >= 2;
}

static bool
is_too_late(const struct brake *brake, uint64_t begun, uint64_t late)
{
	return late >= LATE_MINIMUM && late * WHOLE > begun * brake->tolerance;
}

bool
brake_suspects(const struct brake *brake, uint32_t second)
{
	uint64_t begun = brake->cohorts[second % BRAKE_COHORTS].begun;
	uint64_t late = brake->cohorts[second % BRAKE_COHORTS].late;

	return brake->limit != 0 || (brake->second - second < BRAKE_COHORTS - 1 &&
				     is_too_late(brake, begun, late));
}

void
brake_note_answers(struct brake *brake, uint64_t queries)
{
	brake->answered += queries;
}

int
brake_get_wait(const struct brake *brake, int64_t now)
{
	int64_t wait = brake->began + PACE_SECOND - now;

	return wait <= 0 ? 0 : (int)((wait + MILLISECOND - 1) / MILLISECOND);
}

uint32_t
brake_get_overdue(const struct brake *brake)
{
	return brake->second - 1;
}

static void
set_limit(struct brake *brake, uint64_t limit)
{
	if (limit < LIMIT_MINIMUM)
		limit = LIMIT_MINIMUM;
	brake->limit = limit < LIMIT_MAXIMUM ? (unsigned int)limit : LIMIT_MAXIMUM;
}

static void
step_down(struct brake *brake, unsigned int share)
{
	uint64_t best = brake->best;

	brake->vain = share * 2 > brake->last_share ? brake->vain + 1 : 1;
	brake->last_share = share;
	brake->ups = 0;
	if (brake->vain > VAIN_LIMIT) {
		brake->vain = 0;
		brake->tolerance = share + share / 2;
		brake->limit = 0;
	} else {
		if (brake->limit != 0 && best > brake->limit)
			best = brake->limit;
		set_limit(brake, best * 7 / 10);
	}
}

static void
step_up(struct brake *brake)
{
	unsigned int part = brake->ups < 2 ? 8 : brake->ups < 4 ? 4 : 2;

	brake->ups++;
	set_limit(brake, brake->limit + (uint64_t)brake->limit / part + 1);
}

/* Counts what was answered in the second that is over; true: the limit was made use of. */
static bool
count_answers(struct brake *brake, int64_t now)
{
	uint64_t elapsed = (uint64_t)(now - brake->began);
	uint64_t answered = brake->answered * PACE_SECOND / elapsed;

	brake->answered = 0;
	brake->best -= brake->best / 4;
	if (brake->best < answered)
		brake->best = answered;
	return answered >= brake->limit / 2;
}

bool
brake_judge(struct brake *brake, int64_t now)
{
	uint32_t judged = brake->second - 1;
	uint64_t begun = brake->cohorts[judged % BRAKE_COHORTS].begun;
	uint64_t late = brake->cohorts[judged % BRAKE_COHORTS].late;
	bool is_used = count_answers(brake, now);

	brake->began = now;
	brake->second++;
	brake->cohorts[brake->second % BRAKE_COHORTS].begun = 0;
	brake->cohorts[brake->second % BRAKE_COHORTS].late = 0;
	if (judged < brake->heeded_from)
		return false;
	if (is_too_late(brake, begun, late)) {
		step_down(brake, (unsigned int)(late * WHOLE / begun));
		brake->heeded_from = brake->second;
		return true;
	}
	brake->vain = brake->last_share = 0;
	if (brake->limit == 0 || !is_used)
		return false;
	step_up(brake);
	return true;
}
