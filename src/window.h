/* SPDX-License-Identifier: MIT */
/* window: how many questions may be on their way at a time. It adapts: up with the answers,
 * half for a loss. */
#ifndef ASYNCDNS_WINDOW_H
#define ASYNCDNS_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

/* What fits into the receive buffer that a server has by default (208 KiB, 277 small
 * datagrams) with room for other clients. Measured: nsd, knot, unbound and dnsmasq lose none
 * of a burst at 192, knot and dnsmasq hundreds at 256. */
#define WINDOW_FIRST 128
#define WINDOW_MINIMUM 16
#define WINDOW_MAXIMUM 192
/* For so long a question counts; milliseconds. With 10, as long as nothing was lost, unbound
 * lost what it was sent whenever it had to wait for a processor. */
#define WINDOW_FRESH 50

struct window_place {
	struct list link;
	int64_t fresh_until;
};

struct window {
	struct list fresh;		/* places that count, oldest first */
	unsigned int count;
	unsigned int size;
	bool has_lost;			/* from then on it grows slowly */
	unsigned int answers_since_growth;
	int64_t may_shrink;		/* not before; one loss shows in many questions */
	int rest;			/* milliseconds, from shrinking to shrinking */
};

void window_init(struct window *window, int rest);

/* For how many more, at most, there is room now. */
unsigned int window_room(struct window *window);
/* The moment when time makes room, if no answer does. */
int64_t window_room_due(const struct window *window);

void window_place_init(struct window_place *place);
void window_enter(struct window *window, struct window_place *place);
/* Harmless if it does not count any more. */
void window_leave(struct window *window, struct window_place *place);

/* An answer came; is there a need for more? */
void window_grow(struct window *window, bool is_needed);
/* Something was lost. */
void window_shrink(struct window *window);

#endif
