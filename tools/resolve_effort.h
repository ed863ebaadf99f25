/* SPDX-License-Identifier: MIT */
/* How many queries the servers are sent for an item. */
#ifndef TOOLS_RESOLVE_EFFORT_H
#define TOOLS_RESOLVE_EFFORT_H

#include <stdbool.h>

#include "resolve_item.h"
#include "resolve_result.h"

/* If each is answered, and there is no search list; of addr with that family only, unless
 * AF_UNSPEC. */
unsigned int effort_expect(const struct item *, int family);
/* Was there an answer, and a query before it that was lost? */
bool effort_was_repeated(const struct result *, int family);
/* Was there no answer to any query? */
bool effort_was_in_vain(const struct result *);

#endif
