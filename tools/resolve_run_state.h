/* SPDX-License-Identifier: MIT */
/* What the parts of a run share: they are one thread's, and begin, print and wait by turns. */
#ifndef TOOLS_RESOLVE_RUN_STATE_H
#define TOOLS_RESOLVE_RUN_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_attempts.h"
#include "resolve_bell.h"
#include "resolve_output.h"
#include "resolve_rounds.h"
#include "resolve_supply.h"
#include "resolve_trace.h"
#include "resolve_watch.h"
#include "resolve_window.h"

struct run {
	struct attempts attempts;
	struct supply *supply;
	struct output *output;
	struct bell bell;
	struct window window;
	uint64_t jobs;
	uint64_t taken;		/* items that are or were in the window */
	uint64_t skipped;	/* those that are not to be done */
	struct rounds rounds;
	struct watch watch;
	struct trace *trace;	/* NULL: there is none */
	int64_t now;		/* when this turn began */
	int64_t end;		/* when the time is up */
	bool is_stopping;	/* nothing is begun any more */
	bool is_interrupted;	/* by a signal */
	bool is_input_ended;
	int input_wait;		/* a descriptor to wait for, or -1 */
	bool has_gap;		/* a result is missing: none is written any more */
	bool is_skipping;	/* there may be more to begin, without waiting */
	int status;
};

void run_raise_status(struct run *, int status);
/* Lookups that have begun and are not complete. */
uint64_t run_count_under_way(struct run *);

#endif
