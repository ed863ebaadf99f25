/* SPDX-License-Identifier: MIT */
/* query_ids: ids for questions, from the system's randomness and unique in flight: those of
 * c-ares 1.18.1 can be foretold, and are neither. */
#ifndef ASYNCDNS_QUERY_IDS_H
#define ASYNCDNS_QUERY_IDS_H

#include <stdbool.h>
#include <stdint.h>

struct query_ids { /* all zero at first */
	uint16_t random[128];
	unsigned int random_left;
	uint8_t in_flight[65536 / 8];
};

/* There must be one that is not drawn. False: no randomness. */
bool query_ids_draw(struct query_ids *ids, uint16_t *id);
void query_ids_give_back(struct query_ids *ids, uint16_t id);

#endif
