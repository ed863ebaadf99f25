/* SPDX-License-Identifier: MIT */
/* A scripted server, a loop, and a channel between the two. */
#ifndef TESTS_UNIT_WIRE_H
#define TESTS_UNIT_WIRE_H

#include "channel.h"
#include "dns_server.h"
#include "loop_thread.h"

/* Types of questions. */
#define WIRE_A 1
#define WIRE_AAAA 28

struct answer_cache;
struct inquiry_desk;

struct wire {
	struct answer_cache *cache;	/* the desk's */
	struct dns_server *server;
	struct loop *loop;
	struct channel *channel;	/* these two to be used on the loop only */
	struct inquiry_desk *desk;	/* NULL: not opened */
	struct channel_counts counts;
	struct channel_options options;
	struct server_list servers;
};

/* One try of thirty seconds: the tests end before. */
void wire_open(struct wire *wire);
/* Without the server: nobody to ask. */
void wire_open_without_servers(struct wire *wire);
/* The channel only, from any thread but the loop's. */
void wire_close_channel(struct wire *wire);
void wire_close(struct wire *wire);

/* A desk of its own, closed with the channel; the cache may be NULL. */
void wire_open_desk(struct wire *wire, struct answer_cache *cache);

/* The same channel with other options. */
void wire_reopen(struct wire *wire, int timeout, int tries);

void wire_run(struct wire *wire, void (*run)(void *data), void *data);
/* Waits until a count is that, and until the turn in which it changed is over. */
void wire_await(struct wire *wire, const atomic_ullong *count, unsigned long long value);

#endif
