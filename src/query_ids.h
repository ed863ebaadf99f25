/* SPDX-License-Identifier: MIT */
/* query_ids: ids for questions, from the system's randomness and unique in flight: those of
 * c-ares 1.18.1 can be foretold, and are neither. */
#ifndef ASYNCDNS_QUERY_IDS_H
#define ASYNCDNS_QUERY_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "random_octets.h"

struct query_ids { /* all zero at first */
	uint8_t in_flight[65536 / 8];
};

/* There must be one that is not drawn. False: no randomness. */
bool query_ids_draw(struct query_ids *ids, struct random_octets *random, uint16_t *id);
void query_ids_give_back(struct query_ids *ids, uint16_t id);

#endif
