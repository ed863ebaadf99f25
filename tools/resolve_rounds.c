/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_rounds.h"

#include "resolve_pace.h"

#define MILLISECOND (PACE_SECOND / 1000)

void
rounds_start(struct rounds *rounds, const struct settings *settings, int64_t now)
{
	*rounds = (struct rounds){
		.left = settings->count - 1,
		.interval = settings->interval * (int64_t)MILLISECOND,
	};
	rounds->due = now + rounds->interval;
}

bool
rounds_pause(struct rounds *rounds)
{
	rounds->is_pausing = rounds->left > 0;
	return rounds->is_pausing;
}

bool
rounds_begin(struct rounds *rounds, int64_t now)
{
	if (!rounds->is_pausing || now < rounds->due)
		return false;
	rounds->is_pausing = false;
	rounds->left--;
	rounds->due += rounds->interval;
	/* A round that took longer is not made up for. */
	if (rounds->due < now)
		rounds->due = now;
	return true;
}

int64_t
rounds_get_wait(const struct rounds *rounds, int64_t now)
{
	if (!rounds->is_pausing)
		return -1;
	return now < rounds->due ? (rounds->due - now) / MILLISECOND + 1 : 0;
}
