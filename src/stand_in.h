/* SPDX-License-Identifier: MIT */
/* stand_in: the message that c-ares is given in place of a question which goes out in a
 * datagram: its name is the question's id in letters. Octets only. */
#ifndef ASYNCDNS_STAND_IN_H
#define ASYNCDNS_STAND_IN_H

#include <stdbool.h>
#include <stdint.h>

/* A header, a name of four letters, type and class. */
#define STAND_IN_SIZE 22

/* The message of c-ares that has this id stands in for the question of that one. */
struct stand_in {
	uint16_t cares_id;
	uint16_t id;
};

void stand_in_write(const struct stand_in *stand_in, bool is_response,
		    uint8_t octets[STAND_IN_SIZE]);
struct stand_in stand_in_read(const uint8_t octets[STAND_IN_SIZE]);

#endif
