/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_effort.h"

static unsigned int
queries_of(int type, int family)
{
	return type == TYPE_ADDRESSES && family == AF_UNSPEC ? 2 : 1;
}

unsigned int
effort_expect(const struct item *item, int family)
{
	unsigned int queries = 0;
	uint8_t i;

	for (i = 0; i < item->types.count; i++)
		queries += queries_of(item->types.types[i], family);
	return queries;
}
