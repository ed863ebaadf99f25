/* SPDX-License-Identifier: MIT */
/* Three servers in a process of their own, with a loss that changes, which are slow or deaf
 * at times, and are stopped and started again. */
#ifndef TESTS_SOAK_TOWN_H
#define TESTS_SOAK_TOWN_H

#include <stdint.h>
#include <sys/types.h>

#define TOWN_SERVERS 3

/* "127.0.53.1:PORT" and so on. */
extern char town_addresses[TOWN_SERVERS][32];

/* Before there are threads. It ends with this process. */
pid_t town_found(const char *directory, uint64_t seed);

#endif
