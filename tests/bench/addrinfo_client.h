/* SPDX-License-Identifier: MIT */
/* What the clients of the C library's getaddrinfo share, also of those that call it in
 * threads of theirs. It asks the servers of /etc/resolv.conf: run.sh puts a file of its own
 * in its place. */
#ifndef TESTS_BENCH_ADDRINFO_CLIENT_H
#define TESTS_BENCH_ADDRINFO_CLIENT_H

#include <netdb.h>

#include "run.h"

/* For the run's family, and each address once. */
struct addrinfo addrinfo_hints(const struct run *run);

/* Is it what the run's lookup should have come to? NULL: nothing was found. */
bool addrinfo_is_good(const struct run *run, long number, const struct addrinfo *found);

#endif
