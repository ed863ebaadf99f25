/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "query_ids.h"

#include <sys/random.h>
#include <sys/types.h>

bool
query_ids_draw(struct query_ids *ids, uint16_t *id)
{
	const ssize_t size = sizeof ids->random;

	do {
		if (ids->random_left == 0) {
			if (getrandom(ids->random, (size_t)size, 0) != size)
				return false;
			ids->random_left = sizeof ids->random / sizeof *ids->random;
		}
		*id = ids->random[--ids->random_left];
	} while ((ids->in_flight[*id / 8] & 1u << *id % 8) != 0);
	ids->in_flight[*id / 8] |= (uint8_t)(1u << *id % 8);
	return true;
}

void
query_ids_give_back(struct query_ids *ids, uint16_t id)
{
	ids->in_flight[id / 8] &= (uint8_t)~(1u << id % 8);
}
