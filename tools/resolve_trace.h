/* SPDX-License-Identifier: MIT */
/* What goes to servers and comes from them, a line for each packet: noted on the resolver's
 * thread, printed by the run. */
#ifndef TOOLS_RESOLVE_TRACE_H
#define TOOLS_RESOLVE_TRACE_H

#include <asyncdns.h>

#include "resolve_bell.h"
#include "resolve_output.h"

struct trace;

/* NULL: no memory. */
struct trace *trace_create(void);
/* The resolver is closed. NULL: nothing happens. */
void trace_destroy(struct trace *);

/* A DnsPacketCallback; the state is the trace. */
void trace_note(const DnsPacket *, void *state);

/* Before anything is looked up: whom to wake when there is something to print. */
void trace_set_bell(struct trace *, struct bell *);
/* NULL: nothing happens. */
void trace_print(struct trace *, struct output *);

#endif
