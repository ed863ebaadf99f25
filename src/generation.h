/* SPDX-License-Identifier: MIT */
/* generation: one state of the configuration: its servers, and what is being asked of
 * them; its search list. When the configuration changes, new lookups get a new generation,
 * and those under way finish with theirs, which is gone with the last of them. On the
 * loop's thread. */
#ifndef ASYNCDNS_GENERATION_H
#define ASYNCDNS_GENERATION_H

#include <stdbool.h>

#include "channel.h"
#include "loop.h"
#include "search_list.h"

struct answer_cache;

/* What it is to be like; the search list gets one more reference, the rest is copied. */
struct generation_settings {
	struct channel_options channel;
	struct search_list *search;	/* NULL: none */
	bool asks_no_aaaa;
	struct answer_cache *cache;	/* NULL: none */
	bool may_be_stale;
};

struct generation {
	struct list link;		/* for its owner */
	struct generation_settings settings;

	/* Its own. */
	unsigned int references;
	struct loop *loop;
	struct loop_task closing;
	struct server_list servers;
	struct inquiry_desk *desk;	/* each opened when it is needed */
	struct inquiry_desk *tcp_desk;
};

/* One with a reference; NULL: no memory. */
struct generation *generation_create(struct loop *loop,
				     const struct generation_settings *settings);
struct generation *generation_retain(struct generation *generation);
/* It goes with the last reference, later, since its channel may be on the stack. */
void generation_release(struct generation *generation);
/* The servers are no longer asked by new lookups; what they say is not kept. */
void generation_retire(struct generation *generation);
/* At once, whoever has references: nobody asks any more. */
void generation_destroy(struct generation *generation);

/* Where to ask, over TCP only or not; NULL: no memory. */
struct inquiry_desk *generation_need_desk(struct generation *generation, bool tcp_only);

#endif
