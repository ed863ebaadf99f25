/* SPDX-License-Identifier: MIT */
/* Reads questions and builds answers out of the zone. */
#ifndef TESTS_SUPPORT_DNS_MESSAGE_H
#define TESTS_SUPPORT_DNS_MESSAGE_H

#include "dns_server.h"
#include "dns_zone.h"

#define DNS_HEADER_SIZE 12
#define DNS_UDP_SIZE 512	/* without EDNS */

struct dns_question {
	const uint8_t *message;		/* borrowed */
	size_t end;			/* of the question section */
	struct dns_name name;		/* folded */
	uint16_t type;
	uint16_t class;
	bool has_edns;
	size_t udp_size;		/* what the asker takes over UDP */
};

enum dns_question_kind {
	QUESTION_GOOD,
	QUESTION_BAD,		/* deserves no more than a header with an rcode */
	QUESTION_GARBAGE	/* deserves nothing */
};

/* On QUESTION_BAD the rcode to answer with is in *ret_rcode. */
enum dns_question_kind dns_question_read(struct dns_question *, const uint8_t *message,
					 size_t length, enum dns_rcode *ret_rcode);

/* A header that answers a message of at least DNS_HEADER_SIZE bytes. Returns its size. */
size_t dns_answer_refuse(const uint8_t *message, enum dns_rcode, uint8_t *answer);
/* The answer as the zone and the name's rules want it, with that misbehaviour in its bytes;
 * at most limit bytes. Where it does not fit it is truncated. Returns its size. */
size_t dns_answer_build(const struct dns_zone *, const struct dns_question *, bool is_tcp,
			int misbehaviour, uint8_t *answer, size_t limit);

#endif
