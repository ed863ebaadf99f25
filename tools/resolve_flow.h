/* SPDX-License-Identifier: MIT */
/* When another lookup may begin: as fast as the user allows, and as the servers bear. Its
 * queries are counted as it begins; as it is done the count is put right. */
#ifndef TOOLS_RESOLVE_FLOW_H
#define TOOLS_RESOLVE_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "resolve_brake.h"
#include "resolve_options.h"
#include "resolve_pace.h"
#include "resolve_result.h"
#include "resolve_window.h"

struct flow {
	struct pace pace;
	struct brake brake;
	unsigned int rate;	/* the user's; 0: no limit */
	int family;
	int timeout;		/* of an item, milliseconds */
	uint64_t done;		/* lookups, when the brake's second began */
	uint64_t begun, spent;	/* lookups, and their queries */
	bool has_answers;	/* somebody is there */
};

void flow_start(struct flow *, const struct settings *, int64_t now);
bool flow_allows(const struct flow *, int64_t now);

/* The slot's lookup begins, or has this result. */
void flow_note_begin(struct flow *, struct slot *, int64_t now);
void flow_note_result(struct flow *, const struct slot *, const struct result *);
/* To be called often, with the number of lookups done so far. */
void flow_note_time(struct flow *, struct window *, uint64_t done, int64_t now);
/* Is an item to be asked for once more, as it had no answer while answers got lost? */
bool flow_wants_more(const struct flow *, const struct slot *, const struct result *,
		     int64_t now);
/* May that begin? Not before it is known how much slower it has to go. */
bool flow_allows_again(const struct flow *, const struct slot *, int64_t now);
/* Milliseconds that an item has left, at least 1. */
int flow_get_time_left(const struct flow *, const struct slot *, int64_t now);

/* Milliseconds until another lookup may begin, if there is room for it, or until something
 * else is to be done; -1: never. */
int flow_get_wait(const struct flow *, bool has_room, bool is_under_way, int64_t now);

#endif
