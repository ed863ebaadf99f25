/* SPDX-License-Identifier: MIT */
/* lookup: one host name over the wire: A and AAAA as two questions of ours, and one host
 * entry out of both answers. On the loop's thread. */
#ifndef ASYNCDNS_LOOKUP_H
#define ASYNCDNS_LOOKUP_H

#include <asyncdns/status.h>

struct DnsHostEntry;
struct channel;
struct lookup;

/* Asks. on_done is called once, later, unless the lookup is abandoned before; it takes
 * over the reference to the entry, and the lookup is gone when it is called. The name must
 * stay until then. NULL: no memory. */
struct lookup *lookup_start(struct channel *channel, const char *name,
			    void (*on_done)(void *owner, DnsStatus status,
					    struct DnsHostEntry *entry),
			    void *owner);

void lookup_abandon(struct lookup *lookup);

/* Its time is over: on_done is called now, with what has come so far. The addresses of
 * one family are a result; a question without an answer counts as timed out. */
void lookup_expire(struct lookup *lookup);

#endif
