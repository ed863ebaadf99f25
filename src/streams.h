/* SPDX-License-Identifier: MIT */
/* streams: connections to one server, which c-ares opens, writes and closes; it says by their
 * numbers what it waits for. Read they are by us. On the loop's thread. */
#ifndef ASYNCDNS_STREAMS_H
#define ASYNCDNS_STREAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "list.h"
#include "loop.h"
#include "message_stream.h"

struct stream {
	struct list link;
	int descriptor;
	struct loop_watch *watch;	/* NULL: it waits for nothing */
	struct message_stream received;
	struct message_stream sent; /* for who asks what was */
	bool is_held, is_closed;
};

struct streams {
	struct loop *loop;
	loop_ready *on_ready;
	void *data;

	struct list open;
};

/* All else is set. */
void streams_init(struct streams *streams);

/* A descriptor, or -1 with errno. */
int streams_open(struct streams *streams, int family, int protocol);
/* NULL: none of them. */
struct stream *streams_find(const struct streams *streams, int descriptor);
/* What it waits for from now on. One that can't be watched for lack of memory leaves its
 * questions to their deadlines. */
void streams_watch(struct streams *streams, int descriptor, bool readable, bool writable);
/* As close. While a stream is held, it and its messages stay even so. */
int streams_close(struct streams *streams, int descriptor);

void stream_hold(struct stream *stream);
void stream_let_go(struct stream *stream);

/* As recv; what has come are messages to be taken, all of them before the next time. */
ssize_t stream_receive(struct stream *stream);

#endif
