/* SPDX-License-Identifier: MIT */
/* cares_channel: c-ares for one server, by datagrams or over TCP, and with cares_library the
 * only room that includes <ares.h>. It sends a question again when no answer comes, and sees
 * to the connections; what it sends and receives goes through our hands. On the loop's thread.
 *
 * What goes out in datagrams it does not know: it has a stand-in for each question, and so no
 * long names to read. Of a response it is told that there is one, by a message of nothing but
 * header and question: 1.34 closes the socket over what it can't read, and 1.18.1 ends EDNS
 * for all that are in flight at the first FORMERR.
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
struct stand_in;

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
	bool is_over_tcp;
	void *data;
	/* A question is to go out in a datagram. False with errno: it can't be sent. */
	bool (*on_datagram)(void *data, const struct stand_in *stand_in);
	/* The next question that has been answered in a datagram; false: none. */
	bool (*take_response)(void *data, struct stand_in *stand_in);
	/* It is done with a question, sent again so many times: DNS_STATUS_OK, there is an
	 * answer, that take_response spoke of, or that has come over TCP. TIMED_OUT, the
	 * server was silent; TRY_AGAIN, it is not there. */
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
	int lent;			/* of the ports; -1: none */
	bool has_ended;			/* the stream that c-ares is to be told of */
	int error;			/* that c-ares is to be told; 0: none */
};

/* False: no memory; then it is not open. */
bool cares_channel_open(struct cares_channel *channel);
bool cares_channel_is_open(const struct cares_channel *channel);
/* If it is open. on_answer is called for all. */
void cares_channel_close(struct cares_channel *channel);

/* A message that asks for records of class IN; with EDNS if edns_size, of datagrams, isn't
 * 0. OK, or why there is none. */
DnsStatus cares_question_make(struct cares_question *question, const char *name, int type,
			      uint16_t id, int edns_size);
/* Made or not. */
void cares_question_clear(struct cares_question *question);

/* Its octets begin with its id. It must stay until on_answer. */
void cares_channel_send(struct cares_channel *channel, struct cares_question *question);
/* c-ares looks at the time, and at what has come; it may take one response only. If it is
 * open. */
void cares_channel_process(struct cares_channel *channel);
/* The same, and it is told of this error of the ports if there are no responses. */
void cares_channel_fail(struct cares_channel *channel, int error);

#endif
