/* SPDX-License-Identifier: MIT */
/* The lookups of a run's items: one for each, and a second one where the first had no answer
 * while answers got lost, if there is time. */
#ifndef TOOLS_RESOLVE_ATTEMPTS_H
#define TOOLS_RESOLVE_ATTEMPTS_H

#include <stdbool.h>
#include <stdint.h>

#include <asyncdns.h>

#include "resolve_flow.h"
#include "resolve_lookup.h"
#include "resolve_options.h"
#include "resolve_result.h"
#include "resolve_window.h"

struct attempts {
	struct lookup_desk desk;
	DnsLookupOptions *options;
	const struct settings *settings;
	struct flow flow;
	uint64_t begun;
	struct slot *waiting, **waiting_end; /* to be begun again */
};

/* The members above are filled in, but for those that count. */
void attempts_start(struct attempts *, int64_t now);
/* The lookup of a slot whose item is sound. */
void attempts_begin(struct attempts *, struct slot *, int64_t now);
/* It is complete. False: there will be another instead, which there cannot if this is the
 * last. */
bool attempts_end(struct attempts *, struct slot *, bool is_last, int64_t now,
		  struct result *);

bool attempts_are_waiting(const struct attempts *);
/* Begins the next of those that wait, if it may begin. False: none has been. */
bool attempts_begin_again(struct attempts *, int64_t now);
/* Begins all of them, to be cancelled. */
void attempts_stop_waiting(struct attempts *, int64_t now);

#endif
