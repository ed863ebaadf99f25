/* SPDX-License-Identifier: MIT */
/* How fast queries may go out: a bucket of tokens, which fills at a rate, and has room for
 * what a hundredth of a second brings. Times are nanoseconds of a clock that never goes
 * back; the room has none of its own. */
#ifndef TOOLS_RESOLVE_PACE_H
#define TOOLS_RESOLVE_PACE_H

#include <stdbool.h>
#include <stdint.h>

#define PACE_SECOND INT64_C(1000000000)
#define PACE_RATE_LIMIT 1000000000

struct pace {
	int64_t interval;	/* between two queries; 0: no limit */
	int64_t due;		/* by then all that went out will have been due */
};

/* So many queries a second, at most PACE_RATE_LIMIT; 0: no limit. */
void pace_start(struct pace *, unsigned int rate, int64_t now);
/* From now on it is that rate. */
void pace_set_rate(struct pace *, unsigned int rate);
/* May another lookup begin? */
bool pace_allows(const struct pace *, int64_t now);
/* Milliseconds until it may: 0 if it may now. */
int pace_get_wait(const struct pace *, int64_t now);
/* So many queries go out. More than there is room for are a debt. */
void pace_spend(struct pace *, unsigned int queries, int64_t now);
/* They were so many in truth. */
void pace_correct(struct pace *, unsigned int spent, unsigned int queries);

#endif
