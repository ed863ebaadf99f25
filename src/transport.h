/* SPDX-License-Identifier: MIT */
/* transport: one server: a question goes in, octets come out. c-ares sends it again when no
 * answer comes; which port a datagram leaves by, whether one that comes is the answer, and
 * what is asked once more over TCP, is ours to say. What the server does not know, EDNS
 * or names in letters of either case, it is asked again without.
 *
 * What makes c-ares 1.18.1 and 1.34 both safe to use is that it is never entered from within
 * itself: its callback only puts the flight on a list, and a task of the loop hands it out
 * when no function of c-ares is on the stack. A question can't be cancelled there: an
 * abandoned flight goes on without its owner. On the loop's thread, all of it. */
#ifndef ASYNCDNS_TRANSPORT_H
#define ASYNCDNS_TRANSPORT_H

#include <asyncdns/status.h>

#include <stdbool.h>
#include "packet_impl.h"
#include "server_list.h"

struct answer;
struct loop;

/* A question that c-ares has. */
struct flight;

/* Called once for each flight that was not abandoned, later than transport_send. With
 * DNS_STATUS_OK comes a response, whatever it says, and a reference to it; otherwise none:
 * DNS_STATUS_TIMED_OUT, the server was silent; DNS_STATUS_TRY_AGAIN, it is not there.
 * So many times the question had to be sent again for want of an answer. */
typedef void transport_landed(void *owner, struct flight *flight, DnsStatus status,
			      struct answer *answer, unsigned int repeats);

struct transport_options {
	const struct server *server;
	int timeout;	/* milliseconds until a question is sent again, at first */
	int tries;
	bool use_tcp;	/* and nothing else */
	bool edns;	/* EDNS0, unless the server refuses it, or over TCP */
	bool keep_case;	/* of names, also in datagrams */
	struct packet_watcher packets;
	transport_landed *on_landed;
	/* A flight is over, abandoned or not; called before on_landed. */
	void (*on_over)(void *context, bool was_answered);
	void *context;
};

/* NULL: no memory. */
struct transport *transport_open(struct loop *loop, const struct transport_options *options);
/* No flight has an owner any more. on_over is called for each. */
void transport_close(struct transport *transport);

/* Sends a question; the name is copied. OK and a flight, or why it could not be sent. */
DnsStatus transport_send(struct transport *transport, const char *name, int type,
			 void *owner, struct flight **flight);
void transport_abandon(struct flight *flight);

/* While it is held, what is sent may wait until it is not, to take fewer system calls. */
void transport_hold(struct transport *transport, bool is_held);

/* How many times the question was sent once more, without what the server does not know:
 * EDNS, or letters whose case means nothing. Until on_landed returns. */
unsigned int transport_count_refusals(const struct flight *flight);

#endif
