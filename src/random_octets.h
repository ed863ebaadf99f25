/* SPDX-License-Identifier: MIT */
/* random_octets: from the system's generator, fetched several at a time. */
#ifndef ASYNCDNS_RANDOM_OCTETS_H
#define ASYNCDNS_RANDOM_OCTETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RANDOM_OCTETS_FETCHED 256

struct random_octets { /* all zero at first */
	uint8_t octets[RANDOM_OCTETS_FETCHED];
	size_t left;
};

/* At most RANDOM_OCTETS_FETCHED. False: there is no randomness to be had. */
bool random_octets_draw(struct random_octets *random, void *octets, size_t count);

#endif
