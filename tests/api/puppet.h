/* SPDX-License-Identifier: MIT */
/* A server by hand, for what the scripted one does not do: the test itself takes each
 * question and sends what it likes, over UDP and TCP of one port of 127.0.0.1. Nothing
 * waits for longer than ten seconds; what has not come by then fails the test. */
#ifndef TESTS_API_PUPPET_H
#define TESTS_API_PUPPET_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PUPPET_HEADER 12

struct puppet {
	int datagrams, listener; /* -1: closed by the test */
	char address[32];	 /* as DnsResolverOptionsSetServers takes it */
};

struct puppet_question {
	size_t length; /* without EDNS it ends with the question section */
	uint8_t octets[512];
	struct sockaddr_in from; /* of a datagram */
};

/* Large enough for everything, and for what is too large. */
struct puppet_reply {
	size_t length;
	uint8_t octets[65535];
};

void puppet_open(struct puppet *puppet);
void puppet_close(struct puppet *puppet);
/* From now on TCP is refused. */
void puppet_close_listener(struct puppet *puppet);

/* The next question, by a datagram. */
void puppet_take(const struct puppet *puppet, struct puppet_question *question);
/* What has come is never taken. */
void puppet_drain(const struct puppet *puppet);
void puppet_send(const struct puppet *puppet, const struct puppet_question *question,
		 const void *octets, size_t length);
void puppet_answer(const struct puppet *puppet, const struct puppet_question *question,
		   const struct puppet_reply *reply);

/* Takes a question, whose answer is that there is more over TCP, and the connection. */
int puppet_take_to_stream(const struct puppet *puppet);
/* The next connection. */
int puppet_accept(const struct puppet *puppet);
/* The next question of a connection. */
void puppet_read(int connection, struct puppet_question *question);
/* To the other end, whatever it does. */
void puppet_write(int connection, const void *octets, size_t length);
/* With its length before it. */
void puppet_write_reply(int connection, const struct puppet_reply *reply);
/* Ends a connection with RST. */
void puppet_reset(int connection);

/* A response to that question, without records yet. */
void puppet_reply_begin(struct puppet_reply *reply,
			const struct puppet_question *question);
/* One more record of the name in question, TTL 300. */
void puppet_reply_add(struct puppet_reply *reply, unsigned int type, const void *data,
		      size_t length);
/* Both, with an A record. */
void puppet_reply_with(struct puppet_reply *reply, const struct puppet_question *question,
		       const char *address);

/* Two octets of a message, for what is to be wrong in it. */
void puppet_put_16(uint8_t *octets, unsigned int value);
unsigned int puppet_get_16(const uint8_t *octets);

#endif
