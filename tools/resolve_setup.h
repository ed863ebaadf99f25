/* SPDX-License-Identifier: MIT */
/* From settings to a resolver, and to the options of each lookup. */
#ifndef TOOLS_RESOLVE_SETUP_H
#define TOOLS_RESOLVE_SETUP_H

#include <asyncdns.h>

#include "resolve_options.h"
#include "resolve_trace.h"

struct setup {
	DnsResolver *resolver;	/* the run closes it */
	DnsLookupOptions *options;
	/* To find an address in the hosts file; NULL: it is not to be looked into. */
	DnsLookupOptions *local_options;
	struct trace *trace;	/* NULL: the user did not ask for it */
};

/* EXIT_FOUND, or the user has been told why not, and there is nothing to clear. */
int setup_make(struct setup *, const struct settings *);
/* What lookups would go by, to standard output, whose errors are left to the caller; else
 * as setup_make. */
int setup_print(const struct settings *);
/* All but the resolver, which is closed. */
void setup_clear(struct setup *);

#endif
