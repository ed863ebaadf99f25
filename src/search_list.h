/* SPDX-License-Identifier: MIT */
/* search_list: which names a name may stand for, and in which order they are asked, with
 * glibc's meaning of search and ndots (resolv.conf(5)). Immutable and counted, so that
 * lookups go on with the one they began with, on any thread. */
#ifndef ASYNCDNS_SEARCH_LIST_H
#define ASYNCDNS_SEARCH_LIST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "host_name.h"

/* glibc has no limit since 2.26; Kubernetes writes up to 32. */
#define SEARCH_LIST_MAXIMUM	  32
#define SEARCH_LIST_NDOTS_DEFAULT 1
#define SEARCH_LIST_NDOTS_MAXIMUM 15
#define SEARCH_LIST_NAME_SIZE	  256

struct search_list {
	atomic_uint references;
	int ndots;
	bool may_ask_top_level; /* for a name without a dot, as it is, after the others */
	size_t count;
	/* In normal form; "" adds nothing. Their text follows. */
	const char *suffixes[SEARCH_LIST_MAXIMUM];
	size_t text_used;
	char text[];
};

/* Can a host have that suffix, or is it "." or "", which add nothing? */
bool search_list_is_suffix(const char *text, size_t length);

/* One with a reference. Of the suffixes the first 32 different ones count that are some.
 * ndots is brought into 0..15. It may ask for top-level names, unless its creator sets
 * the field before anybody else sees it. NULL: no memory. */
struct search_list *search_list_create(const char *const *suffixes, size_t count,
				       int ndots);
/* The same from a text, in which one or more of these separate them. */
struct search_list *search_list_parse(const char *text, size_t length,
				      const char *separators, int ndots);
/* The same suffixes, and another ndots. */
struct search_list *search_list_copy(const struct search_list *list, int ndots);
struct search_list *search_list_retain(struct search_list *list);
void search_list_release(struct search_list *list); /* NULL: nothing happens */

/* The name to be asked for in that step, from 0 on, for a name in normal form; false:
 * there are no more. For a name of up to 253 octets there is at least one. What would get
 * longer is left out, and nothing is asked twice. An absolute name gives only itself, and
 * so does one at home.arpa (RFC 8375). A list of NULL has no suffixes, and ndots of 1. */
bool search_list_step(const struct search_list *list, const char *name, bool is_absolute,
		      unsigned int step, char candidate[SEARCH_LIST_NAME_SIZE]);

#endif
