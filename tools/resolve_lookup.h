/* SPDX-License-Identifier: MIT */
/* The lookup of one item: an operation of the library for each type that is asked for, and
 * what came of them all. */
#ifndef TOOLS_RESOLVE_LOOKUP_H
#define TOOLS_RESOLVE_LOOKUP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include <asyncdns.h>

#include "resolve_item.h"
#include "resolve_result.h"

struct lookup;

/* What all lookups of a run share. */
struct lookup_desk {
	DnsResolver *resolver;
	const DnsLookupOptions *options;
	/* To find the names of an address without asking a server; NULL: they are not
	 * looked for so. */
	const DnsLookupOptions *local_options;
	/* The lookup is complete: on the loop thread, or inside lookup_begin. Called once
	 * for each that was begun; by then it may have been ended, and begun again. */
	void (*on_complete)(struct lookup *, void *context);
	void *context;
};

struct lookup {
	struct lookup_desk *desk;
	atomic_uint pending;	/* operations, and one for Begin */
	atomic_bool is_complete;
	int error;		/* errno of a Begin that failed, or 0 */
	struct timespec time;	/* when it was complete */
	DnsAsyncResult *local;	/* looks for an address without asking a server */
	DnsHostEntry *known;	/* and what it has found at once */
	size_t count;
	DnsAsyncResult *operations[TYPE_LIMIT];
};

/* Begins what a sound item asks for. */
void lookup_begin(struct lookup *, struct lookup_desk *, const struct item *);
bool lookup_is_complete(const struct lookup *);
/* Never blocks; the lookup is complete soon. */
void lookup_cancel(struct lookup *);
/* Waits for what is not complete, and takes the result, for result_clear. */
void lookup_end(struct lookup *, const struct item *, struct result *);

#endif
