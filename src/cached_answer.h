/* SPDX-License-Identifier: MIT */
/* cached_answer: a lookup whose answers are all in the cache, on any thread. It goes the
 * way that a lookup (lookup.h) would go, and gives up at the first question that a server
 * would have to be asked. */
#ifndef ASYNCDNS_CACHED_ANSWER_H
#define ASYNCDNS_CACHED_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "host_answer.h"
#include "outcome.h"
#include "rebinding.h"

struct answer_cache;
struct search_list;

struct cached_request {
	struct answer_cache *cache;
	int64_t now;			/* by clock_now */
	int64_t begun;			/* by clock_microseconds */
	const char *name;		/* as in a lookup_request, these three */
	bool is_absolute;
	struct search_list *search;
	const char *reverse_name;	/* NULL: forwards only */
	int family;
	struct rebinding_policy rebinding;
	host_answer_arrange *arrange;	/* may be NULL */
	void *context;
};

/* The same for the records of one type; whole as in a record_lookup_request. */
bool cached_answer_find_records(const struct cached_request *request, int type, bool is_whole,
				struct outcome *outcome);

/* False: not all is known. */
bool cached_answer_find(const struct cached_request *request, struct outcome *outcome);

#endif
