/* SPDX-License-Identifier: MIT */
/* What the clients of asyncdns share. */
#ifndef TESTS_BENCH_ASYNCDNS_CLIENT_H
#define TESTS_BENCH_ASYNCDNS_CLIENT_H

#include <asyncdns.h>

#include "run.h"

/* Of a resolver that asks the run's server, keeps no answers, and leaves the order of
 * addresses as it is. */
DnsResolverOptions *asyncdns_options(const struct run *run);
/* Takes the options. */
DnsResolver *asyncdns_open(DnsResolverOptions *options);

/* GetHostAddresses of the run's family. */
DnsAsyncResult *asyncdns_begin(struct run *run, DnsResolver *resolver, long number,
			       DnsAsyncCallback *callback, void *state);
void asyncdns_end(struct run *run, long number, DnsAsyncResult *result);

/* Is it what the run's lookup should have come to? Takes the reference. */
bool asyncdns_is_good(const struct run *run, long number, DnsHostEntry *entry);

#endif
