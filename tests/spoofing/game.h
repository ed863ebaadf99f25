/* SPDX-License-Identifier: MIT */
/* A resolver that asks a server, which is this program: real sockets on loopback. All that
 * is asked is the IPv4 address of a name that is asked for once. */
#ifndef TESTS_SPOOFING_GAME_H
#define TESTS_SPOOFING_GAME_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <asyncdns.h>

#define GAME_HEADER 12
#define GAME_GOOD   "\300\0\2\1"	/* 192.0.2.1 */
#define GAME_BAD    "\306\63\144\102"	/* 198.51.100.66 */
/* www.example.com, and digits. */
#define GAME_LETTERS 13

/* Without it there is nothing to be measured. */
#define require(condition)                                                       \
	do {                                                                     \
		if (!(condition)) {                                              \
			printf("Bail out! %s:%d: %s\n", __FILE__, __LINE__, #condition); \
			exit(99);                                                \
		}                                                                \
	} while (0)

struct game {
	int server;
	struct sockaddr_in address;
	DnsResolver *resolver;
	DnsLookupOptions *options;
	unsigned long begun;
	atomic_ulong good;	/* lookups that ended with the right address */
	atomic_ulong wrong;	/* with anything else */
};

struct game_question {
	struct sockaddr_in from;
	size_t length;
	uint8_t octets[512];
};

struct game_answer {
	size_t length;
	uint8_t octets[512];
};

/* What fails ends the program. */
void game_open(struct game *game);
void game_close(struct game *game);

void game_begin(struct game *game);
/* The questions that have come, at most so many; waits for one, ten seconds at most. */
size_t game_take(struct game *game, struct game_question *questions, size_t count);

unsigned int game_id(const struct game_question *question);
/* Which letters are capitals, a bit each. */
unsigned int game_letters(const struct game_question *question);

/* An answer with that address, to be changed perhaps. */
void game_make_answer(const struct game_question *question, const char *address,
		      struct game_answer *answer);
void game_send(int from, const struct game_answer *answer, const struct sockaddr_in *to);

/* Waits until the resolver's thread has read what was sent before. */
void game_await_reading(struct game *game);
/* Waits until so many lookups have ended, ten seconds at most. */
void game_await(struct game *game, unsigned long count);

#endif
