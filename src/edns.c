/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "edns.h"

#define HEADER 12
#define RCODE 3 /* the octet that has it, in its lower half */
#define ADDITIONAL 10
#define OPT_RECORD 11

#define FORMERR 1
#define NOTIMP 4

size_t
edns_take_off(uint8_t *question, size_t length)
{
	question[ADDITIONAL] = question[ADDITIONAL + 1] = 0;
	return length - OPT_RECORD;
}

static unsigned int
get_rcode(const uint8_t *response, size_t length)
{
	return length < HEADER ? 0 : response[RCODE] & 0xf;
}

bool
edns_is_refused(const uint8_t *response, size_t length)
{
	unsigned int rcode = get_rcode(response, length);

	return rcode == FORMERR || rcode == NOTIMP;
}
