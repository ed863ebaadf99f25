/* SPDX-License-Identifier: MIT */
/* wire_lookup: what asks servers for an operation: a lookup of a host, or one of records,
 * in the generation that was in force when it began. On the loop's thread. */
#ifndef ASYNCDNS_WIRE_LOOKUP_H
#define ASYNCDNS_WIRE_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "channel.h"
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

	/* Called when the questions can be asked, if that is not at once: start it again. */
	void (*on_turn)(struct channel_turn *turn);
	/* As that of a lookup (lookup.h). */
	void (*on_done)(void *owner, struct outcome *outcome);
	void *owner;
};

enum wire_lookup_state {
	WIRE_LOOKUP_NONE,
	WIRE_LOOKUP_WAITS,	/* for its turn: nothing is made before */
	WIRE_LOOKUP_OF_HOST,
	WIRE_LOOKUP_OF_RECORDS
};

/* All zero: there is none. */
struct wire_lookup {
	struct generation *generation;
	enum wire_lookup_state state;
	union {
		struct {
			struct channel_turn turn;
			struct inquiry_desk *desk;	/* where it waits */
		};
		struct lookup *host;
		struct record_lookup *records;
	};
};

/* Starts it, or has it wait for its turn; one that waits goes ahead, be it its turn or not.
 * False: no memory; it is to be abandoned all the same. */
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
