/* SPDX-License-Identifier: MIT */
/* outbox: datagrams that may wait a moment for others, to be sent by one system call. */
#ifndef ASYNCDNS_OUTBOX_H
#define ASYNCDNS_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "server_socket.h"

#define OUTBOX_MAXIMUM SERVER_SOCKET_SEVERAL
#define OUTBOX_SIZE 4096

struct outbox { /* all zero at first */
	bool is_held;
	bool has_sent;		/* since it is */
	int descriptor;		/* of those that wait */
	unsigned int count;
	size_t used;		/* octets */
	size_t lengths[OUTBOX_MAXIMUM];
	uint8_t octets[OUTBOX_SIZE];
};

/* While it is held, all but the first that are sent may wait until it is not. */
void outbox_hold(struct outbox *outbox, bool is_held);
/* As server_socket_send. One that has waited and then can't be sent is lost. */
ssize_t outbox_send(struct outbox *outbox, int descriptor, const uint8_t *octets,
		    size_t length);
/* What waits goes now; before its descriptor is closed. */
void outbox_flush(struct outbox *outbox);

#endif
