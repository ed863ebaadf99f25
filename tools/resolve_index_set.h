/* SPDX-License-Identifier: MIT */
/* A set of indexes of items: a bit for each, in pages; a page without any, or with all,
 * takes no memory. A hundred million take 12 megabytes at most, and a few kilobytes where
 * none is left out. */
#ifndef TOOLS_RESOLVE_INDEX_SET_H
#define TOOLS_RESOLVE_INDEX_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No index is as large. */
#define INDEX_LIMIT (UINT64_C(1) << 36)

struct index_page;

/* All zeroes: empty. */
struct index_set {
	struct index_page **pages;
	size_t page_count;
	uint64_t count;		/* of the indexes in it */
};

void index_set_clear(struct index_set *);
bool index_set_has(const struct index_set *, uint64_t index);
/* False: no memory, and the set is as it was. */
bool index_set_add(struct index_set *, uint64_t index);
bool index_set_remove(struct index_set *, uint64_t index);

#endif
