/* SPDX-License-Identifier: MIT */
/* resolver: what lookups share and how long it lasts: a loop, what to ask, a cache,
 * options, counts. It knows of the work under way only that it wants to be told
 * when all is over.
 *
 * One reference is the token's, until it is closed; each call that is using it has one. */
#ifndef ASYNCDNS_RESOLVER_IMPL_H
#define ASYNCDNS_RESOLVER_IMPL_H

#include <asyncdns/resolver.h>

#include <stdatomic.h>
#include <stdbool.h>

#include "address_config.h"
#include "address_sorter.h"
#include "answer_cache.h"
#include "channel.h"
#include "configuration.h"
#include "counters.h"
#include "dispatcher.h"
#include "hosts_file.h"
#include "list.h"
#include "lookup_options_impl.h"
#include "loop.h"
#include "readers.h"
#include "resolver_options_impl.h"
#include "wait_handle_impl.h"

/* See DnsStatistics. */
enum resolver_count {
	RESOLVER_BEGUN,
	RESOLVER_COMPLETED,
	RESOLVER_SYNCHRONOUS,
	RESOLVER_SUCCEEDED,
	RESOLVER_TIMED_OUT,
	RESOLVER_CANCELLED,
	RESOLVER_CLOSED,
	RESOLVER_ENDED,
	RESOLVER_COUNTS
};

/* Something under way on the loop. Told that the resolver closes, it leaves the list. */
struct resolver_work {
	struct list link;
	void (*on_close)(struct resolver_work *work);
};

struct resolver {
	DnsResolver *token;
	struct DnsResolverOptions options;
	struct counters *counts;	/* by resolver_count */
	struct channel_counts channel_counts;
	struct loop *loop;
	struct readers *readers; /* of hosts and of the configuration's policy */
	struct hosts_file *hosts;
	struct address_sorter *sorter;
	struct address_config addresses; /* not looked at unless the options say so */
	struct answer_cache *cache;	/* NULL: none */
	struct configuration configuration;
	bool is_configured;		/* it has been made */

	atomic_bool is_closing;
	bool closed_on_loop;	/* nobody joins its thread */
	struct resolver *next_put_off;
	struct letter close_letter;
	struct DnsWaitHandle closed; /* signalled when all is over */

	struct dispatcher dispatcher; /* nothing is added unless the options say so */

	struct list work;	/* the loop's */
};

static inline void
resolver_count(struct resolver *resolver, enum resolver_count which)
{
	counters_add(resolver->counts, which, 1);
}

/* The resolver with one more reference; NULL stands for the default one. NULL with errno
 * ESHUTDOWN if it is closed, ECHILD if it is a parent process's, or why the default one
 * could not be made. */
struct resolver *resolver_pin(DnsResolver *token);
void resolver_unpin(struct resolver *resolver);

/* Of the addresses of a lookup. */
enum address_order resolver_get_order(const struct resolver *resolver,
				      const struct DnsLookupOptions *options);

/* What runs the callbacks of its operations; NULL: whoever completes them. */
struct dispatcher *resolver_get_dispatcher(struct resolver *resolver);

#endif
