/* SPDX-License-Identifier: MIT */
/* ports: UDP sockets to one server, each of which sends a few questions only, so that who
 * wants to forge an answer must guess the port too (RFC 5452 9.2): Linux draws it by lot.
 *
 * The first is opened for c-ares, and lent to it; all of them close with that one, or when
 * one can't receive. The others come as they are needed, and go when what they sent is over.
 * The last is kept for a moment when nobody needs it, so that who asks again and again need
 * not open one each time. On the loop's thread, all of it. */
#ifndef ASYNCDNS_PORTS_H
#define ASYNCDNS_PORTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "list.h"
#include "outbox.h"
#include "random_octets.h"
#include "server_list.h"
#include "timer_heap.h"

struct loop;
struct loop_watch;

/* So many questions are sent from a port; more only if there are too many ports. */
#define PORTS_QUESTIONS 32
#define PORTS_MAXIMUM 24
/* One that nobody needs is kept for so long after it was opened, in milliseconds. Not longer:
 * then its address may not be this system's any more, and its port is as good as known. */
#define PORTS_SPARE 500

struct port {
	struct list link;
	struct ports *ports;
	int descriptor;		/* -1: closed, but somebody still holds it */
	struct loop_watch *watch;
	unsigned int holders;	/* questions that are out */
	unsigned int sent;
	bool is_lent;
	bool is_roomy;		/* for more answers than it has sent questions at first */
	bool is_over;		/* nothing is sent from it any more */
	int64_t spare_until;
};

struct ports {
	struct loop *loop;
	const struct server *server;
	struct random_octets *random;
	/* What a port has received; and why one can't: then nothing is sent from any of them
	 * any more, and those that are not lent have been closed. */
	void (*on_datagram)(void *data, const struct port *port, const uint8_t *octets,
			    size_t length);
	void (*on_error)(void *data, int error);
	void *data;

	struct list open;
	unsigned int count;
	struct port *current;	/* that is sent from; NULL: none */
	bool has_failed;	/* to send; since a port was opened */
	struct timer spare;	/* closes what is kept */
	struct outbox outbox;
};

/* All else is set. */
void ports_init(struct ports *ports);
/* None is lent any more. */
void ports_close(struct ports *ports);

/* A descriptor to lend; -1 with errno: can't be had. c-ares 1.34 takes another before it gives
 * one back, when it has waited in vain or that one has failed. */
int ports_lend(struct ports *ports);
/* It comes back, to be closed: when it was the last that was lent, with all others, unless it
 * is kept; otherwise when what it has sent is over. */
void ports_take_back(struct ports *ports, int descriptor);
bool ports_have(const struct ports *ports, int descriptor);

/* Sends from that port, or, if it is NULL or closed, from one that it becomes. As send. */
ssize_t ports_send(struct ports *ports, struct port **port, const uint8_t *octets,
		   size_t length);
/* The question is over; NULL: nothing happens. */
void ports_let_go(struct port *port);

/* While they are held, what is sent may wait until they are not. */
void ports_hold(struct ports *ports, bool is_held);

#endif
