/* SPDX-License-Identifier: MIT */
/* answer: what came of one question: a response, or why there is none. Immutable and
 * counted, so that all who asked the same, the cache, and any thread may share one. */
#ifndef ASYNCDNS_ANSWER_H
#define ASYNCDNS_ANSWER_H

#include <asyncdns/status.h>

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "server_list.h"

struct answer {
	atomic_uint references;

	/* OK: the octets are a response that says NOERROR or NXDOMAIN. Otherwise there are
	 * none. */
	DnsStatus status;

	struct server server;	/* that answered, or failed last; family 0: none was asked */
	int64_t received;	/* by clock_now */
	unsigned int tries;	/* how many times a server was sent the question */
	unsigned int discarded;	/* responses that were not good enough */
	unsigned int unanswered; /* servers that were silent, however often they were asked */
	unsigned int rcode;	/* of the last response of all, if there was one */

	size_t length;
	uint8_t octets[];
};

/* One with a reference, and these octets copied; all else is zero, for whoever creates it
 * to fill in before anybody else sees it. NULL: no memory. */
struct answer *answer_create(DnsStatus status, const uint8_t *octets, size_t length);
struct answer *answer_retain(struct answer *answer);
void answer_release(struct answer *answer); /* NULL: nothing happens */

#endif
