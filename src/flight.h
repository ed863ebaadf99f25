/* SPDX-License-Identifier: MIT */
/* flight: a question that c-ares has, with all that we know of it; the table in which it is
 * found by the id that it has in datagrams, which is ours; and which of the datagrams that
 * come answers it. On the loop's thread. */
#ifndef ASYNCDNS_FLIGHT_H
#define ASYNCDNS_FLIGHT_H

#include <asyncdns/packet.h>
#include <asyncdns/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cares_channel.h"
#include "list.h"
#include "query_ids.h"
#include "random_octets.h"
#include "stock.h"
#include "wire_query.h"

struct answer;
struct port;
struct transport;

struct flight {
	struct list link;	/* in one of the transport's lists, if in any */
	struct flight *next;	/* in the table */
	struct transport *transport;
	void *owner;		/* NULL: abandoned */

	struct cares_question asked;
	size_t edns_length;	/* of its octets, if they have EDNS */
	uint16_t id;		/* there */
	uint16_t cares_id;	/* that c-ares has for it, in a datagram */
	bool is_over_tcp;
	struct wire_query query;
	struct port *port;	/* that it was sent from, if it was */

	struct answer *answer;	/* as far as there is one */
	int64_t doubtful_until;
	unsigned int repeats;
	DnsStatus status;
	bool is_accepted;	/* an answer has come in a datagram */
	bool is_truncated;	/* it has */
	bool is_in_other_case;	/* what has come */
	bool was_refused_edns, was_refused_case; /* so that it was sent once more, without */
};

/* A header, a question, and EDNS. */
#define FLIGHT_DATAGRAM_SIZE 512

#define FLIGHTS_BUCKETS 1024
/* When what has come can't be the answer that was meant, be it malformed or with the name in
 * other letters, one that can be has this long, in milliseconds, to come too. */
#define FLIGHTS_DOUBT 200

struct flights { /* all zero at first */
	struct random_octets random;
	struct query_ids ids;
	struct stock stock;
	unsigned int count;
	struct flight *buckets[FLIGHTS_BUCKETS];
	struct list doubtful;		/* oldest first */
	struct list accepted;		/* of which c-ares is to be told */
	struct list told;		/* of which it has been; they are to land */
};

void flights_init(struct flights *flights);
/* All are free. */
void flights_close(struct flights *flights);

/* NULL: no memory, or no randomness. It is yet to be made a question. */
struct flight *flights_create(struct flights *flights, struct transport *transport,
			      void *owner);
/* It is in no list; its port has been let go, and its question cleared. */
void flights_free(struct flights *flights, struct flight *flight);

void flight_drop_octets(struct flight *flight);
/* In place of what is kept. False: no memory. */
bool flight_keep_octets(struct flight *flight, const uint8_t *octets, size_t length);

/* What has come of it, to be released, with names in the case that they were given in; NULL:
 * nothing. */
struct answer *flight_take_answer(struct flight *flight);

/* Another id, if there is randomness; it is not in the table. */
void flights_renew_id(struct flights *flights, struct flight *flight);

/* From now on it may be answered, and found; until then it is not. */
void flights_enter(struct flights *flights, struct flight *flight);
void flights_leave(struct flights *flights, struct flight *flight);
/* NULL: none of that id. */
struct flight *flights_find(const struct flights *flights, uint16_t id);

/* The question as it is sent in a datagram; its length. */
size_t flight_make_datagram(const struct flight *flight, uint8_t octets[FLIGHT_DATAGRAM_SIZE]);

/* A datagram has come: was it meant for a flight? */
DnsPacketFate flights_receive(struct flights *flights, const struct port *port,
			      const uint8_t *octets, size_t length);
/* From time to time: what has been in doubt for long enough is accepted. */
void flights_end_doubts(struct flights *flights);
/* NULL: there is none. */
struct flight *flights_take_accepted(struct flights *flights);
/* From time to time: what c-ares has been told of and has not heeded, since it had no memory,
 * it is to be told of again. */
void flights_tell_again(struct flights *flights);

#endif
