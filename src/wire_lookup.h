/* SPDX-License-Identifier: MIT */
/* wire_lookup: what asks servers for an operation: a lookup of a host, or one of records,
 * in the generation that was in force when it began. On the loop's thread. */
#ifndef ASYNCDNS_WIRE_LOOKUP_H
#define ASYNCDNS_WIRE_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "lookup_options_impl.h"
#include "outcome.h"

struct generation;
struct lookup;
struct record_lookup;
struct resolver;

/* What is wanted, as in a request (request.h). */
struct wire_request {
	const char *name;	/* of an address the one of its pointer; it must stay */
	int type;		/* of records; 0: a host is wanted */
	int family;
	bool is_absolute;
	bool is_backwards;
	const struct DnsLookupOptions *options;
	int64_t begun;		/* by clock_microseconds */

	/* As that of a lookup (lookup.h). */
	void (*on_done)(void *owner, struct outcome *outcome);
	void *owner;
};

/* All zero: there is none. */
struct wire_lookup {
	struct generation *generation;
	struct lookup *host;		/* one of these two */
	struct record_lookup *records;
};

/* False: no memory; it is to be abandoned all the same. */
bool wire_lookup_start(struct wire_lookup *lookup, struct resolver *resolver,
		       const struct wire_request *request);
/* Its time is over: on_done is called now. False: there is none. */
bool wire_lookup_expire(struct wire_lookup *lookup);

/* First thing in on_done: what called it is gone. */
void wire_lookup_done(struct wire_lookup *lookup);
/* Nothing is asked for it any more; also to be called when it is done, and harmless if
 * there is none. An outcome that was reached without it gets a report of how far it went. */
void wire_lookup_abandon(struct wire_lookup *lookup, struct outcome *outcome);

#endif
