/* SPDX-License-Identifier: MIT */
/* channel: c-ares on a loop; the only room that includes <ares.h>. c-ares sends, receives,
 * retries, fails over and goes to TCP; everything else is ours.
 *
 * What makes both c-ares, 1.18.1 and 1.34, safe to use is that it is never entered from
 * within itself: its callback only puts the answer on a list. Questions are sent and
 * answers delivered in a task of the loop, when no function of c-ares is on the stack.
 * One question can't be cancelled there: an abandoned one goes on without its asker.
 *
 * Only so many questions that somebody waits for are under way as the servers have shown to
 * bear: a window that grows with the answers, and halves when questions have to be sent
 * again, as TCP's does (RFC 5681). The others wait here. On the loop's thread, all of it. */
#ifndef ASYNCDNS_CHANNEL_H
#define ASYNCDNS_CHANNEL_H

#include <asyncdns/status.h>

#include <stdatomic.h>
#include <stdint.h>

#include "list.h"
#include "server_list.h"

struct loop;

/* The window begins with what fits into the receive buffer that a server has by default
 * (208 KiB, 277 small datagrams), with room for other clients. */
#define CHANNEL_WINDOW_FIRST 128
#define CHANNEL_WINDOW_MINIMUM 16
#define CHANNEL_WINDOW_MAXIMUM 1024

/* For statistics; read from any thread. */
struct channel_counts {
	atomic_ullong questions;
	atomic_ullong answers;
	atomic_ullong waiting;
	atomic_ullong in_flight;
};

struct channel_query {
	/* To be set by the asker. The name must stay until the answer. */
	const char *name;
	int type;
	/* Called once, unless abandoned. With DNS_STATUS_OK come the octets of a response,
	 * to be freed by the asker; otherwise none. */
	void (*on_answer)(struct channel_query *query, DnsStatus status, uint8_t *data,
			  size_t length);

	/* The channel's. */
	struct list link;
	struct flight *flight;
};

struct channel_options {
	const struct server_list *servers;
	int timeout;	/* milliseconds */
	int tries;
	struct channel_counts *counts;
};

/* NULL: no memory. */
struct channel *channel_open(struct loop *loop, const struct channel_options *options);
/* Every query has been answered or abandoned. */
void channel_close(struct channel *channel);

void channel_ask(struct channel *channel, struct channel_query *query);
/* A query that was asked and not yet answered: it will not be. */
void channel_abandon(struct channel *channel, struct channel_query *query);

#endif
