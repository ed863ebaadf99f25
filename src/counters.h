/* SPDX-License-Identifier: MIT */
/* counters: numbers that many threads raise all the time, and few read: each thread has a
 * place that few others write to, and who reads adds up. */
#ifndef ASYNCDNS_COUNTERS_H
#define ASYNCDNS_COUNTERS_H

#include <stdint.h>

/* What fits into a line of the processor's cache. */
#define COUNTERS_MAXIMUM 8

struct counters;

/* All 0; NULL: no memory. */
struct counters *counters_create(void);
void counters_free(struct counters *counters); /* NULL: nothing happens */

/* On any thread. Who has been told, in whatever way, that it was raised reads it raised. */
void counters_add(struct counters *counters, unsigned int which, int number);
uint64_t counters_read(const struct counters *counters, unsigned int which);

#endif
