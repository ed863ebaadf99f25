/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_pace.h"

#include <limits.h>

#define MILLISECOND (PACE_SECOND / 1000)
/* Whoever wakes up late makes up for that. */
#define BURST (PACE_SECOND / 100)

void
pace_start(struct pace *pace, unsigned int rate, int64_t now)
{
	pace_set_rate(pace, rate);
	pace->due = now;
}

void
pace_set_rate(struct pace *pace, unsigned int rate)
{
	pace->interval = rate == 0 ? 0 : (PACE_SECOND + rate - 1) / rate;
}

bool
pace_allows(const struct pace *pace, int64_t now)
{
	return pace->due - now <= BURST;
}

int
pace_get_wait(const struct pace *pace, int64_t now)
{
	int64_t wait = pace->due - now - BURST;

	if (wait <= 0)
		return 0;
	wait = (wait + MILLISECOND - 1) / MILLISECOND;
	return wait < INT_MAX ? (int)wait : INT_MAX;
}

void
pace_spend(struct pace *pace, unsigned int queries, int64_t now)
{
	if (pace->due < now)
		pace->due = now;
	pace->due += queries * pace->interval;
}

void
pace_correct(struct pace *pace, unsigned int spent, unsigned int queries)
{
	pace->due += ((int64_t)queries - spent) * pace->interval;
}
