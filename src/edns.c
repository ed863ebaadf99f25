/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "edns.h"

#define HEADER 12
#define RCODE 3 /* the octet that has it, in its lower half */
#define ADDITIONAL 10
#define OPT_RECORD 11

#define FORMERR 1
#define NOTIMP 4
#define DISGUISED 11 /* DSOTYPENI (RFC 8490), which is of no use with a question */

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

static void
replace_rcode(uint8_t *response, size_t length, unsigned int before, unsigned int after)
{
	if (get_rcode(response, length) == before)
		response[RCODE] = (uint8_t)((response[RCODE] & 0xf0) | after);
}

bool
edns_is_refused(const uint8_t *response, size_t length)
{
	unsigned int rcode = get_rcode(response, length);

	return rcode == FORMERR || rcode == DISGUISED || rcode == NOTIMP;
}

void
edns_disguise(uint8_t *response, size_t length)
{
	replace_rcode(response, length, FORMERR, DISGUISED);
}

void
edns_uncover(uint8_t *response, size_t length)
{
	replace_rcode(response, length, DISGUISED, FORMERR);
}
