/* SPDX-License-Identifier: MIT */
/* channel: a question goes in, one answer comes out, whichever of the servers gives it.
 * They are asked in their order: the next one when one fails, or has not answered in its
 * time; the earlier ones may still answer then, and the first good answer counts.
 *
 * So many questions at a time are on their way as the servers have shown to bear: a window
 * that grows with the answers, and halves when questions have to be sent again, as TCP's
 * does (RFC 5681). What has been out for a while is not on its way any more, but being
 * worked on, or lost, and does not count: slow names do not keep out the others. The rest
 * waits here. On the loop's thread, all of it. */
#ifndef ASYNCDNS_CHANNEL_H
#define ASYNCDNS_CHANNEL_H

#include <asyncdns/status.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "list.h"
#include "packet_impl.h"
#include "server_list.h"
#include "timer_heap.h"
#include "window.h"

struct answer;
struct flight;
struct loop;

/* Never more than that in all are remembered by c-ares, abandoned ones included. */
#define CHANNEL_FLIGHTS_MAXIMUM 8192

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
	/* Called once, later, unless abandoned, with a reference to the answer; NULL: no
	 * memory. */
	void (*on_answer)(struct channel_query *query, struct answer *answer);

	/* The channel's. */
	struct channel *channel;
	struct list link;		/* while it is waiting */
	bool is_waiting;
	struct window_place place;
	struct timer next_server;
	size_t servers_asked;
	DnsStatus failure;		/* of those that have answered */
	uint8_t first_server;
	uint8_t server;			/* that answered last */
	uint16_t rcode;			/* of its response */
	uint16_t repeats;
	uint16_t discarded;		/* responses */
	uint16_t unanswered;		/* servers that were silent to the end */
	struct flight *flights[SERVER_LIST_MAXIMUM];
};

/* Who has questions, but would have to wait for room: then they need not be made before. */
struct channel_turn {
	struct list link;
	unsigned int questions;		/* about so many */
	/* Called once, unless the turn is given up: the time has come to ask. */
	void (*on_turn)(struct channel_turn *turn);
};

struct channel_options {
	const struct server_list *servers;
	int timeout;	/* milliseconds */
	int tries;
	bool use_tcp;	/* and nothing else */
	bool rotate;	/* each question begins with another server */
	bool edns;	/* EDNS0, with servers that know it */
	bool keep_case;	/* of names, also where an answer would be harder to forge */
	struct channel_counts *counts;
	struct packet_watcher packets;
};

/* NULL: no memory. */
struct channel *channel_open(struct loop *loop, const struct channel_options *options);
/* Every query has been answered or abandoned. */
void channel_close(struct channel *channel);

void channel_ask(struct channel *channel, struct channel_query *query);
/* Would a question have to wait? Then its asker may take its place behind all who do, and
 * give it up again; who asks all the same goes before these. */
bool channel_is_busy(struct channel *channel);
void channel_await_turn(struct channel *channel, struct channel_turn *turn);
void channel_give_up_turn(struct channel *channel, struct channel_turn *turn);
/* A query that was asked and not yet answered: it will not be. */
void channel_abandon(struct channel *channel, struct channel_query *query);

/* Of a query that has not been answered: how many times at least a server was sent it, and
 * which one last, if any. */
unsigned int channel_count_tries(const struct channel_query *query, struct server *server);

#endif
