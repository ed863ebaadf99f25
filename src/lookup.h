/* SPDX-License-Identifier: MIT */
/* lookup: one host over the wire, or its records of one type. A and AAAA are two questions
 * of ours, and one host entry is made out of both answers; when one family has come, the
 * other gets a short grace only, so that a server which drops AAAA costs milliseconds, not
 * a timeout. A name that does not exist is looked for along the search list, both families
 * at each step. An address is looked up backwards first, then the name found forwards. On
 * the loop's thread. */
#ifndef ASYNCDNS_LOOKUP_H
#define ASYNCDNS_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "address_order.h"
#include "outcome.h"
#include "rebinding.h"

struct address_sorter;
struct inquiry_desk;
struct loop;
struct lookup;
struct search_list;

struct lookup_request {
	struct loop *loop;
	struct inquiry_desk *desk;

	/* What to look up, in normal form; it must stay until on_done. */
	const char *name;
	bool is_absolute;		/* the search list does not matter */
	const struct search_list *search; /* NULL: none */
	/* The name under in-addr.arpa or ip6.arpa whose pointer leads to it; then the name
	 * above is what is found, and need not be set. NULL: forwards only. */
	const char *reverse_name;
	bool skips_cache;
	struct rebinding_policy rebinding;

	int family;	/* AF_INET, AF_INET6, or AF_UNSPEC for both */
	int grace;	/* milliseconds */
	enum address_order order;
	struct address_sorter *sorter;

	int64_t begun;	/* by clock_microseconds */

	/* Called once, later, unless the lookup is abandoned before; takes over the references
	 * of the outcome. The lookup is gone when it is called. */
	void (*on_done)(void *owner, struct outcome *outcome);
	void *owner;
};

/* NULL: no memory. */
struct lookup *lookup_start(const struct lookup_request *request);

/* The outcome that was reached without it gets a report of how far it went. */
void lookup_abandon(struct lookup *lookup, struct outcome *outcome);

/* Its time is over: on_done is called now, with what has come so far. The addresses of
 * one family are a result; a question without an answer counts as timed out. */
void lookup_expire(struct lookup *lookup);

#endif
