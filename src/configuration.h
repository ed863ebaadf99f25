/* SPDX-License-Identifier: MIT */
/* configuration: what is in force: the options of a resolver, and for all that they leave
 * open what resolv.conf says, looked at again when it changed. It hands out generations,
 * on the loop's thread, and its search list, on any. */
#ifndef ASYNCDNS_CONFIGURATION_H
#define ASYNCDNS_CONFIGURATION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "file_watch.h"
#include "generation.h"
#include "readers.h"
#include "resolver_options_impl.h"

struct resolv_conf;

/* How a name is looked for. Immutable. */
struct search_policy {
	struct replaced replaced;
	struct search_list *list;	/* a reference */
	bool asks_no_aaaa;
};

struct configuration {
	const struct DnsResolverOptions *options;
	struct channel_counts *counts;
	struct answer_cache *cache;
	struct file_watch watch;

	/* The loop's. */
	struct loop *loop;
	struct list generations;
	struct generation *current;	/* NULL: none yet */

	struct readers *readers;
	_Atomic(struct search_policy *) policy; /* NULL: none yet */
};

/* Reads nothing yet; what is given must stay. False: no memory. */
bool configuration_init(struct configuration *configuration,
			const struct DnsResolverOptions *options,
			struct channel_counts *counts, struct answer_cache *cache,
			struct readers *readers);
/* After configuration_close, if it was ever used on a loop. */
void configuration_clear(struct configuration *configuration);

/* On the loop, looks at the file if it is time. The generation for a new lookup, with a
 * reference; NULL: no memory. */
struct generation *configuration_get(struct configuration *configuration, struct loop *loop,
				     int64_t now);
/* What a generation is to be like by the options and the file, which must stay: the servers
 * are theirs, the search list is a reference for the caller. False: no memory. */
bool configuration_choose(const struct DnsResolverOptions *options,
			  const struct resolv_conf *conf,
			  struct generation_settings *settings);
/* Where the file is. */
const char *configuration_get_path(const struct DnsResolverOptions *options);
/* On the loop: nobody asks any more. */
void configuration_close(struct configuration *configuration);

/* On any thread, between readers_enter and readers_leave. NULL: it is not known, or it is
 * time for another look at the file, which others cannot take. */
const struct search_policy *configuration_get_search(struct configuration *configuration,
						     int64_t now);

#endif
