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
};

/* The lookup of a slot whose item is sound. */
void attempts_begin(struct attempts *, struct slot *, int64_t now);
/* It is complete. False: another is under way instead; it cannot be if this is the last. */
bool attempts_end(struct attempts *, struct slot *, bool is_last, int64_t now,
		  struct result *);

#endif
