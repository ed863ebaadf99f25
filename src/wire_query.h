/* SPDX-License-Identifier: MIT */
/* wire_query: a question as it goes out in a datagram, its name in letters whose case is
 * drawn by lot (draft-vixie-dnsext-dns0x20), and whether what comes in answers it
 * (RFC 5452 9.1). Octets only. */
#ifndef ASYNCDNS_WIRE_QUERY_H
#define ASYNCDNS_WIRE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "random_octets.h"
#include "wire_name.h"

#define WIRE_QUERY_HEADER 12
/* A name, a type, a class. */
#define WIRE_QUERY_QUESTION_MAXIMUM (WIRE_NAME_MAXIMUM + 4)

struct wire_query {
	const uint8_t *question; /* somebody else's octets, the case as it was given */
	size_t length;		 /* of it */
	uint8_t lots[WIRE_NAME_MAXIMUM / 8 + 1]; /* a bit for each octet: change its case? */
};

enum wire_match {
	WIRE_MATCH_NOTHING,	/* it has nothing to do with the question */
	WIRE_MATCH_OTHER_CASE,	/* it has, but not with the letters as they were sent */
	WIRE_MATCH_MALFORMED,	/* it has, but can't be read to its end */
	WIRE_MATCH_RESPONSE
};

/* Of a good message, whose first question it is; nothing changes its case at first. */
void wire_query_init(struct wire_query *query, const uint8_t *octets, size_t length);
/* False: no randomness; then nothing has been drawn. */
bool wire_query_draw_case(struct wire_query *query, struct random_octets *random);
void wire_query_keep_case(struct wire_query *query);

/* Gives the name in these octets the case that it is sent with, or, given that, its own. */
void wire_query_change_case(const struct wire_query *query, uint8_t *name);

/* Its id apart. */
enum wire_match wire_query_match(const struct wire_query *query, const uint8_t *response,
				 size_t length);
/* Of what is a response. */
bool wire_query_is_truncated(const uint8_t *response);
/* Gives the names of a response that are spelled as they were sent their own case. */
void wire_query_restore_case(const struct wire_query *query, uint8_t *response,
			     size_t length);

/* A response of nothing but the header and the question of this one, that says that all is
 * well; its length. 0: it does not repeat one question. */
size_t wire_query_abridge(const uint8_t *response, size_t length, uint8_t *octets,
			  size_t size);

#endif
