/* SPDX-License-Identifier: MIT */
/* cares_channel: c-ares for one server, and with cares_library the only room that includes
 * <ares.h>. It sends a question again when no answer comes, and over TCP when the answer was
 * truncated; what it sends and receives goes through our hands. On the loop's thread.
 *
 * Of a response it is told that there is one, by a message of nothing but header and question:
 * 1.34 closes the socket over what it can't read, and 1.18.1 ends EDNS for all that are in
 * flight at the first FORMERR.
 *
 * It calls back from inside any of its functions, and is never to be entered from there. */
#ifndef ASYNCDNS_CARES_CHANNEL_H
#define ASYNCDNS_CARES_CHANNEL_H

#include <asyncdns/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "server_list.h"
#include "streams.h"

struct ares_channeldata;
struct cares_message;
struct ports;

struct cares_question { /* all zero at first */
	struct cares_channel *channel;
	uint8_t *octets;
	size_t length;
};

struct cares_channel {
	/* To be set by who opens it; all else is zero. */
	struct loop *loop;
	const struct server *server;
	struct ports *ports;
	int timeout;	/* milliseconds until a question is sent again, at first */
	int tries;
	bool use_tcp;	/* and nothing else */
	void *data;
	/* A question is to go out in a datagram. As send. */
	ssize_t (*on_datagram)(void *data, uint8_t *octets, size_t length);
	/* What to tell of the next response that has come in a datagram; its length, 0 if
	 * there is none. */
	size_t (*take_response)(void *data, uint8_t *octets, size_t size);
	/* It is done with a question, sent again so many times: DNS_STATUS_OK, there is an
	 * answer, with what has come over TCP, or what take_response said. TIMED_OUT, the
	 * server was silent; TRY_AGAIN, it is not there. At a stream that has ended 1.18.1
	 * says so of all questions to the server. */
	void (*on_answer)(struct cares_question *question, DnsStatus status,
			  unsigned int repeats, const uint8_t *octets, size_t length);
	/* If somebody wants to know: a message that was sent over TCP, or that came, and was
	 * an answer or not. */
	void (*on_stream_message)(void *data, bool is_sent, bool is_accepted,
				  const uint8_t *octets, size_t length);

	/* Its own. */
	struct ares_channeldata *ares;
	struct streams streams;
	struct cares_message *told;	/* of a stream; NULL: nothing */
	union server_address address;	/* that c-ares knows the server by */
	socklen_t address_length;
	bool is_at_stream;		/* it is told of one */
	int lent;			/* of the ports; -1: none */
	bool has_ended;			/* the stream that c-ares is to be told of */
	int error;			/* that c-ares is to be told; 0: none */
};

/* False: no memory; there is nothing to be closed. */
bool cares_channel_open(struct cares_channel *channel);
/* on_answer is called for all. */
void cares_channel_close(struct cares_channel *channel);

/* A message that asks for records of class IN; with EDNS if edns_size, of datagrams, isn't
 * 0. OK, or why there is none. */
DnsStatus cares_question_make(struct cares_question *question, const char *name, int type,
			      uint16_t id, int edns_size);
/* Made or not. */
void cares_question_clear(struct cares_question *question);

/* It must stay until on_answer. */
void cares_channel_send(struct cares_channel *channel, struct cares_question *question);
/* c-ares looks at the time, and at what has come; it may take one response only. */
void cares_channel_process(struct cares_channel *channel);
/* The same, and it is told of this error of the ports if there are no responses. */
void cares_channel_fail(struct cares_channel *channel, int error);

#endif
