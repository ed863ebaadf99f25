/* SPDX-License-Identifier: MIT */
/* What the user is told of the run itself: how far it is, and in the end what came of it. */
#ifndef TOOLS_RESOLVE_WATCH_H
#define TOOLS_RESOLVE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_options.h"
#include "resolve_output.h"
#include "resolve_progress.h"
#include "resolve_result.h"
#include "resolve_stats.h"
#include "resolve_total.h"

struct watch {
	struct output *output;
	enum stats_form form;
	unsigned int rounds;
	struct stats stats;
	struct progress progress;
	struct total total;
};

/* Before anything is read. */
void watch_open(struct watch *, const struct settings *, struct output *, int64_t now);
void watch_note_result(struct watch *, const struct result *);
/* Has the user something to be told now? */
bool watch_is_due(const struct watch *, int64_t now);
/* Tells it, also because of a signal; of the counts it needs done, skipped and under_way. */
void watch_tell(struct watch *, const struct progress_counts *, int64_t now);
/* Milliseconds until it is due; -1: never. */
int watch_get_wait(const struct watch *, int64_t now);
/* The run is over. */
void watch_close(struct watch *, const struct progress_counts *, int64_t now);

#endif
