/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "query_ids.h"

bool
query_ids_draw(struct query_ids *ids, struct random_octets *random, uint16_t *id)
{
	do {
		if (!random_octets_draw(random, id, sizeof *id))
			return false;
	} while ((ids->in_flight[*id / 8] & 1u << *id % 8) != 0);
	ids->in_flight[*id / 8] |= (uint8_t)(1u << *id % 8);
	return true;
}

void
query_ids_give_back(struct query_ids *ids, uint16_t id)
{
	ids->in_flight[id / 8] &= (uint8_t)~(1u << id % 8);
}
