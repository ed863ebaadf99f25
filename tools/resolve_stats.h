/* SPDX-License-Identifier: MIT */
/* What came of all items together. */
#ifndef TOOLS_RESOLVE_STATS_H
#define TOOLS_RESOLVE_STATS_H

#include <stdint.h>

#include "resolve_buffer.h"
#include "resolve_result.h"

struct stats {
	uint64_t items;
	uint64_t of_status[RESULT_CANCELLED + 1];
	uint64_t queries;
	uint64_t microseconds;	/* of all items, one after another */
	uint64_t longest;	/* microseconds */
};

void stats_note(struct stats *, const struct result *);
/* Of items that have no such name or record, and of those without a definite answer. */
uint64_t stats_count_no(const struct stats *);
uint64_t stats_count_failed(const struct stats *);

/* The summary of a run that took so many nanoseconds: lines for people, or an object in a
 * line (RFC 8259). */
void stats_put_text(struct buffer *, const struct stats *, int64_t nanoseconds);
void stats_put_json(struct buffer *, const struct stats *, int64_t nanoseconds);

/* "12,480" */
void stats_put_grouped(struct buffer *, uint64_t number);
/* So many a second. */
uint64_t stats_get_rate(uint64_t count, int64_t nanoseconds);

#endif
