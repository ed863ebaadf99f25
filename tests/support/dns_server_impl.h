/* SPDX-License-Identifier: MIT */
/* The inside of the scripted server, shared by its parts: dns_server.c is what tests
 * call, dns_server_loop.c the thread with its sockets, dns_server_stream.c its TCP
 * connections, dns_server_question.c what becomes of a question.
 *
 * One lock over everything that changes. The thread holds it whenever it is not in
 * poll(2), so a call that sets something is in effect when it returns. */
#ifndef TESTS_SUPPORT_DNS_SERVER_IMPL_H
#define TESTS_SUPPORT_DNS_SERVER_IMPL_H

#include "dns_server.h"
#include "dns_zone.h"
#include "question_count.h"

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>

#define DNS_MESSAGE_SIZE 65535

/* A TCP connection. Questions that wait hold references. */
struct dns_connection {
	struct dns_connection *next;
	int fd;				/* -1: closed */
	size_t poll_index;		/* 0: not polled this time */
	unsigned int references;
	bool has_ended;			/* the client sends no more */
	bool is_broken;			/* to be closed */
	size_t input_length;
	uint8_t *output;
	size_t output_size;
	size_t output_length;
	size_t output_sent;
	uint8_t input[2 + DNS_MESSAGE_SIZE];
};

/* Where a question came from and its answer goes. */
struct dns_origin {
	struct dns_connection *connection;	/* NULL: UDP */
	struct sockaddr_in address;
};

/* A question that waits for its time or its gate. */
struct dns_waiting {
	struct dns_waiting *next;
	int64_t due;			/* nanoseconds, monotonic */
	uint64_t sequence;		/* keeps those due together in their order */
	struct dns_origin origin;
	size_t length;
	uint8_t message[];
};

struct dns_gate {
	struct dns_gate *next;
	bool is_held;
	struct dns_waiting *first;
	struct dns_waiting **end;
};

/* A heap, the next due on top. */
struct dns_delayed {
	struct dns_waiting **items;
	size_t count;
	size_t size;
	uint64_t sequence;
};

/* Which of all 16-bit numbers have been seen. */
struct dns_number_set {
	uint8_t bits[65536 / 8];
	unsigned int count;
};

struct dns_server {
	pthread_t thread;
	uint16_t port;
	char address[32];
	int udp;
	int listener;
	int wake[2];			/* a pipe; a byte in it ends poll(2) */

	pthread_mutex_t lock;
	pthread_cond_t has_asked;	/* once a turn, not for each question */
	unsigned int waiter_count;
	bool has_news;			/* since the last signal */
	bool is_stopping;
	bool is_deaf;
	int delay_of_all;
	int limit;			/* questions a second, 0: none */
	unsigned int loss;		/* percent */
	uint64_t lot;			/* of the last that could be lost */
	int64_t limit_due;		/* those answered are due by then; nanoseconds */
	struct dns_zone zone;
	struct question_counts counts;
	struct dns_number_set source_ports;
	struct dns_number_set ids;
	struct dns_gate *gates;
	struct dns_delayed delayed;
	struct dns_connection *connections;
	struct pollfd *polled;
	size_t polled_size;
	uint8_t answer[2 + DNS_MESSAGE_SIZE];	/* the length before it is TCP's */
};

_Noreturn void dns_server_fail(const char *what);

/* dns_server_loop.c */
void dns_server_open_sockets(struct dns_server *, const char *address, uint16_t port);
void dns_server_close_sockets(struct dns_server *);
void *dns_server_run(void *server);
void dns_server_wake(struct dns_server *);

/* dns_server_stream.c; called with the lock held */
void dns_stream_accept(struct dns_server *);
/* What poll said about it: reads, answers, writes. */
void dns_stream_serve(struct dns_server *, struct dns_connection *, short events);
/* Which events to wait for. */
short dns_stream_events(const struct dns_server *, const struct dns_connection *);
void dns_stream_send(struct dns_connection *, const uint8_t *bytes, size_t length);
/* Closes with RST. */
void dns_stream_reset(struct dns_connection *);
/* Closes what is broken or done, frees what nobody refers to. */
void dns_stream_reap(struct dns_server *);
void dns_stream_close_all(struct dns_server *);

/* dns_server_question.c; called with the lock held */
void dns_server_take(struct dns_server *, const struct dns_origin *,
		     const uint8_t *message, size_t length);
/* Answers a question that waited, and frees it. */
void dns_server_answer_waiting(struct dns_server *, struct dns_waiting *);
void dns_server_answer_due(struct dns_server *);
/* Milliseconds until something is due, -1: nothing waits. */
int dns_server_next_due(const struct dns_server *);
void dns_server_forget_waiting(struct dns_server *);

#endif
