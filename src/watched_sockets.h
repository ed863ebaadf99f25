/* SPDX-License-Identifier: MIT */
/* watched_sockets: those of c-ares, which says by their numbers what it waits for. On the
 * loop's thread. */
#ifndef ASYNCDNS_WATCHED_SOCKETS_H
#define ASYNCDNS_WATCHED_SOCKETS_H

#include <stdbool.h>

#include "list.h"
#include "loop.h"

struct watched_sockets {
	struct loop *loop;
	loop_ready *on_ready;
	void *data;

	struct list sockets;
};

/* All else is set. */
void watched_sockets_init(struct watched_sockets *watched);
void watched_sockets_close(struct watched_sockets *watched);

/* What it waits for from now on; for nothing, before it is closed. One that can't be watched
 * for lack of memory leaves its questions to their deadlines. */
void watched_sockets_set(struct watched_sockets *watched, int descriptor, bool readable,
			 bool writable);

#endif
