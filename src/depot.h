/* SPDX-License-Identifier: MIT */
/* depot: memory for what a loop makes and others free. malloc would have them all wait for the
 * lock of the loop's arena, each time; here they put it on a stack without a lock, from which
 * the loop takes it again. Shared by all loops. */
#ifndef ASYNCDNS_DEPOT_H
#define ASYNCDNS_DEPOT_H

#include <stddef.h>

/* What is larger comes from malloc. */
#define DEPOT_SIZE_MAXIMUM 512

/* On any thread: aligned as by malloc, with any content; NULL: no memory. */
void *depot_allocate(size_t size);
void depot_free(void *memory);

/* On a loop's thread, as the last thing: it frees what is kept. */
void depot_leave(void);

#endif
