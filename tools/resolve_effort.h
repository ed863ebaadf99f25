/* SPDX-License-Identifier: MIT */
/* How many queries the servers are sent for an item. */
#ifndef TOOLS_RESOLVE_EFFORT_H
#define TOOLS_RESOLVE_EFFORT_H

#include "resolve_item.h"

/* If each is answered, and there is no search list; of addr with that family only, unless
 * AF_UNSPEC. */
unsigned int effort_expect(const struct item *, int family);

#endif
