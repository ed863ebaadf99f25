/* SPDX-License-Identifier: MIT */
/* address_config: which families this system has addresses of (AI_ADDRCONFIG of RFC 3493).
 * Loopback addresses do not count, link-local ones do, as in glibc. */
#ifndef ASYNCDNS_ADDRESS_CONFIG_H
#define ASYNCDNS_ADDRESS_CONFIG_H

#include <stdatomic.h>
#include <stdint.h>

struct address_config {
	int64_t next_look;	/* of whoever looks */
	atomic_int only;	/* the one family there is; AF_UNSPEC: both, or neither */
};

/* Nothing is known yet: as if there were both. */
void address_config_init(struct address_config *config);

/* On one thread at a time. Asks the system at most once a second, by clock_now as given;
 * if it cannot say, what it said last holds. */
void address_config_refresh(struct address_config *config, int64_t now);

/* On any thread: the family to ask for instead of AF_UNSPEC. One that is asked for by name
 * stays: whoever names it wants it. */
int address_config_restrict(const struct address_config *config, int family);

#endif
