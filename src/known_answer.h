/* SPDX-License-Identifier: MIT */
/* known_answer: what a resolver can answer without asking a server: addresses and special
 * names, the hosts file, the cache, in this order. */
#ifndef ASYNCDNS_KNOWN_ANSWER_H
#define ASYNCDNS_KNOWN_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "outcome.h"
#include "request.h"

struct resolver;

/* On any thread, reading no file: only what is known to be fresh counts. With the answer
 * comes its report; without, whether it is in no hosts file that is fresh. */
bool known_answer_at_once(struct resolver *resolver, const struct request *request,
			  int64_t begun, struct outcome *outcome, bool *is_in_no_hosts);

/* On the loop, where the hosts file is looked at if it is time. The address is that of a
 * lookup backwards, else NULL. */
bool known_answer_from_hosts(struct resolver *resolver, const char *name, int family,
			     const union host_address *address,
			     const struct DnsLookupOptions *options, int64_t begun,
			     struct outcome *outcome);

#endif
