/* SPDX-License-Identifier: MIT */
/* readers: threads that read what one thread replaces, and take no lock for it: what was
 * replaced is freed when nobody can be reading it any more (read-copy-update). Each says when
 * it begins and when it has done, in a place that few others use: so threads that look
 * something up do not wait for each other's caches.
 *
 * What is replaced hangs on an atomic pointer, which is read between readers_enter and
 * readers_leave, and exchanged before readers_retire, both in the one order that all agree on
 * (memory_order_seq_cst). */
#ifndef ASYNCDNS_READERS_H
#define ASYNCDNS_READERS_H

#include <stdatomic.h>

#include "list.h"

struct readers;

/* Lies in what is replaced. */
struct replaced {
	struct list link;
	void (*free)(struct replaced *replaced);
};

/* NULL: no memory. */
struct readers *readers_create(void);
/* Nobody reads or replaces any more: frees what is left. NULL: nothing happens. */
void readers_destroy(struct readers *readers);

/* On any thread: what it reads from here on stays until it gives back the place. For a short
 * time; may be nested. */
atomic_uint *readers_enter(struct readers *readers);
static inline void
readers_leave(atomic_uint *place)
{
	atomic_fetch_sub_explicit(place, 1, memory_order_release);
}

/* On one thread at a time: something that others cannot come upon any more. It is freed at
 * once if nobody reads, or else by one of the next calls. */
void readers_retire(struct readers *readers, struct replaced *replaced);
/* On that thread: frees what nobody can be reading. Costs next to nothing if there is nothing. */
void readers_collect(struct readers *readers);

#endif
