/* SPDX-License-Identifier: MIT */
/* answer_lifetime: whether an answer may be kept, and for how long (RFC 2181, RFC 2308). */
#ifndef ASYNCDNS_ANSWER_LIFETIME_H
#define ASYNCDNS_ANSWER_LIFETIME_H

#include <stdint.h>

#include "answer.h"

/* Seconds. For what is there, a day: RFC 8767 4 allows seven, but then a single wrong
 * answer stays for so long. For what is not, RFC 2308 5 has found one to three hours good.
 */
#define ANSWER_LIFETIME_POSITIVE_MAXIMUM 86400
#define ANSWER_LIFETIME_NEGATIVE_MAXIMUM 10800

enum answer_kind {
	ANSWER_UNFIT,		/* nothing to be kept, and nothing is known better now */
	ANSWER_POSITIVE,	/* there are records of the type */
	ANSWER_NEGATIVE,	/* NXDOMAIN or NODATA, and who says so is known */
	ANSWER_FAILURE		/* servers failed */
};

/* What an answer to the question for a name in normal form and a type is. Seconds: how
 * long it is good, from when it was received on; 0: only for who asked. */
enum answer_kind answer_lifetime_read(const struct answer *answer, const char *name,
				      int type, uint32_t *seconds);

#endif
