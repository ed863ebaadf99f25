/* SPDX-License-Identifier: MIT */
/* A plain asker for the tests of the scripted server: it sends what it is told and shows
 * answers as text. It shares no code with the server, so that they cannot err together.
 * What fails fails the test. */
#ifndef TESTS_SUPPORT_DNS_CLIENT_H
#define TESTS_SUPPORT_DNS_CLIENT_H

#include "dns_server.h"

#include <sys/types.h>

#define FLAG_ANSWER    0x8000
#define FLAG_AUTHORITY 0x0400
#define FLAG_TRUNCATED 0x0200
#define FLAG_RECURSION 0x0100
#define FLAG_AVAILABLE 0x0080

struct reply {
	size_t length;		/* 0: an empty datagram, or the end of the connection */
	unsigned int id;
	unsigned int flags;
	unsigned int rcode;
	bool is_malformed;
	char question[300];	/* "NAME TYPE" */
	char answers[2048];	/* "NAME TTL TYPE DATA\n" each; what fits */
	char authorities[1024];
	char additionals[1024];
	uint8_t bytes[65535];
};

/* Connected to the server; what does not come within 20 s fails the test. */
int client_open(struct dns_server *, int socket_type);

/* The question's bytes; udp_size 0: without OPT. Returns how many. */
size_t client_make_question(uint8_t bytes[300], unsigned int id, const char *name,
			    int type, unsigned int udp_size);
void client_send(int fd, const uint8_t *bytes, size_t length);
/* Makes and sends one, over either kind of socket. */
void client_ask(int fd, unsigned int id, const char *name, int type);
void client_ask_with_edns(int fd, unsigned int id, const char *name, int type,
			  unsigned int udp_size);
/* The next answer. */
void client_receive(int fd, struct reply *);
/* Whether an answer lies ready. */
bool client_has_reply(int fd);

/* Fills the reply from its bytes; client_receive() has done it. */
void client_read_reply(struct reply *);

/* Asks over a UDP socket of its own with id 1, and takes the answer. */
void client_get(struct dns_server *, const char *name, int type, struct reply *);
/* The same over TCP. */
void client_get_by_tcp(struct dns_server *, const char *name, int type, struct reply *);

/* dns_server_load_zone() with a file of that text. */
int client_load_zone(struct dns_server *, const char *text);

#endif
