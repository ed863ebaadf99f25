/* SPDX-License-Identifier: MIT */
/* datagrams: several of one connected socket in one system call, for c-ares, which takes
 * and gives them one by one: an inbox of those that have come, an outbox of those that may
 * wait a moment for others. */
#ifndef ASYNCDNS_DATAGRAMS_H
#define ASYNCDNS_DATAGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "server_socket.h"

#define INBOX_MAXIMUM 16

struct inbox {
	int descriptor;
	unsigned int count, next;
	bool is_last;		/* there were no more than these */
	struct datagram datagrams[INBOX_MAXIMUM];
};

#define OUTBOX_MAXIMUM SERVER_SOCKET_SEVERAL
#define OUTBOX_SIZE 4096

struct outbox {
	bool is_held;
	bool has_sent;		/* since it is */
	unsigned int count;
	size_t used;		/* octets */
	size_t lengths[OUTBOX_MAXIMUM];
	uint8_t octets[OUTBOX_SIZE];
};

struct datagrams {
	int descriptor;		/* that is sent to; -1: none */
	struct inbox *inbox;	/* NULL: none is being read */
	struct outbox outbox;
};

/* Of no socket yet. */
void datagrams_init(struct datagrams *datagrams);
/* Of this one from now on, which does not wait; before it is closed. Any other descriptor
 * is left alone. */
void datagrams_open(struct datagrams *datagrams, int descriptor);
void datagrams_close(struct datagrams *datagrams, int descriptor);

/* Around the reading of a descriptor that is readable; the inbox must stay until then. */
void datagrams_begin_to_read(struct datagrams *datagrams, int descriptor,
			     struct inbox *inbox);
void datagrams_end_reading(struct datagrams *datagrams);
/* How many are there to be taken without a look at the socket. */
unsigned int datagrams_left(const struct datagrams *datagrams);
/* As recvfrom, while the descriptor is read; passes over what is no response. What comes
 * after a look at the socket that found less than there was room for is left there until
 * it is read again. */
ssize_t datagrams_receive(struct datagrams *datagrams, int descriptor, void *buffer,
			  size_t size, struct sockaddr *from, socklen_t *from_length);

/* While they are held, all but the first that are sent may wait until they are not. */
void datagrams_hold(struct datagrams *datagrams, bool is_held);
/* As server_socket_send, to any descriptor. One that has waited and then can't be sent is
 * lost. */
ssize_t datagrams_send(struct datagrams *datagrams, int descriptor,
		       const struct iovec *vector, int count);

#endif
