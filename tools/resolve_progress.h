/* SPDX-License-Identifier: MIT */
/* How far a run is: when it is said, and in which words. Times are nanoseconds of a clock
 * that never goes back. */
#ifndef TOOLS_RESOLVE_PROGRESS_H
#define TOOLS_RESOLVE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_buffer.h"

enum progress_kind {
	PROGRESS_NONE,
	PROGRESS_LINE,		/* on a terminal, drawn again and again */
	PROGRESS_PLAIN,		/* a line now and then */
	PROGRESS_JSON		/* the same for programs */
};

struct progress_counts {
	uint64_t done;		/* items, and those that need not be done */
	uint64_t skipped;	/* of these: they need not be done */
	uint64_t total;		/* 0: it is not known */
	uint64_t under_way;
	uint64_t no, failed;
};

struct progress {
	enum progress_kind kind;
	int64_t start;
	int64_t due;		/* the next line */
	int64_t measured;	/* when the speed was, last */
	uint64_t done, skipped;	/* then */
	double speed;		/* items a second, lately */
	double pace;		/* the same with those that need not be done */
};

void progress_start(struct progress *, enum progress_kind, int64_t now);
bool progress_is_due(const struct progress *, int64_t now);
/* Milliseconds until it is; -1: never. */
int progress_get_wait(const struct progress *, int64_t now);
/* It is due, or asked for: measures the speed. */
void progress_measure(struct progress *, const struct progress_counts *, int64_t now);

/* Without the end of the line. */
void progress_put_line(struct buffer *, const struct progress *,
		       const struct progress_counts *);
void progress_put_json(struct buffer *, const struct progress *,
		       const struct progress_counts *, int64_t now);

#endif
