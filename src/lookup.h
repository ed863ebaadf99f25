/* SPDX-License-Identifier: MIT */
/* lookup: one host over the wire. A and AAAA are two questions of ours, and one host entry
 * is made out of both answers; when one family has come, the other gets a short grace
 * only, so that a server which drops AAAA costs milliseconds, not a timeout. An address is
 * looked up backwards first, then the name found forwards. On the loop's thread. */
#ifndef ASYNCDNS_LOOKUP_H
#define ASYNCDNS_LOOKUP_H

#include <asyncdns/status.h>

#include "address_order.h"

struct DnsHostEntry;
struct address_sorter;
struct channel;
struct loop;
struct lookup;

struct lookup_request {
	struct loop *loop;
	struct channel *channel;
	/* What to look up; it must stay until on_done. */
	const char *name;
	/* The name under in-addr.arpa or ip6.arpa whose pointer leads to it; then the name
	 * above is what is found, and need not be set. NULL: forwards only. */
	const char *reverse_name;
	int family;	/* AF_INET, AF_INET6, or AF_UNSPEC for both */
	int grace;	/* milliseconds */
	enum address_order order;
	struct address_sorter *sorter;

	/* Called once, later, unless the lookup is abandoned before; takes over the reference
	 * to the entry. The lookup is gone when it is called. */
	void (*on_done)(void *owner, DnsStatus status, struct DnsHostEntry *entry);
	void *owner;
};

/* NULL: no memory. */
struct lookup *lookup_start(const struct lookup_request *request);

void lookup_abandon(struct lookup *lookup);

/* Its time is over: on_done is called now, with what has come so far. The addresses of
 * one family are a result; a question without an answer counts as timed out. */
void lookup_expire(struct lookup *lookup);

#endif
