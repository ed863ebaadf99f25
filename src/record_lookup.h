/* SPDX-License-Identifier: MIT */
/* record_lookup: the records of one name and type over the wire: one question, whose
 * answer is taken apart. On the loop's thread. */
#ifndef ASYNCDNS_RECORD_LOOKUP_H
#define ASYNCDNS_RECORD_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "outcome.h"
#include "rebinding.h"

struct inquiry_desk;
struct record_lookup;

struct record_lookup_request {
	struct inquiry_desk *desk;
	const char *name;	/* in normal form; it must stay until on_done */
	int type;
	bool is_whole;		/* all sections, also of an answer that there is nothing */
	bool skips_cache;
	struct rebinding_policy rebinding;
	int64_t begun;		/* by clock_microseconds */

	/* As that of a lookup (lookup.h). */
	void (*on_done)(void *owner, struct outcome *outcome);
	void *owner;
};

/* NULL: no memory. */
struct record_lookup *record_lookup_start(const struct record_lookup_request *request);

/* The outcome that was reached without it gets a report of how far it went. */
void record_lookup_abandon(struct record_lookup *lookup, struct outcome *outcome);
/* Its time is over: on_done is called now. */
void record_lookup_expire(struct record_lookup *lookup);

#endif
