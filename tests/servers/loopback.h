/* SPDX-License-Identifier: MIT */
/* Sockets and ports of 127.0.0.1. */
#ifndef TESTS_SERVERS_LOOPBACK_H
#define TESTS_SERVERS_LOOPBACK_H

#include <stdbool.h>
#include <stdint.h>

/* A socket of that type (SOCK_DGRAM, SOCK_STREAM) bound to that port, 0 being a free one.
 * retPort gets its port. -1 with errno if there is none. */
int loopback_bind(int type, uint16_t port, uint16_t *retPort);

/* The same for a port that nobody answers on as long as the socket is open: a datagram to
 * it is refused, if so wanted, or just not read. */
int loopback_bind_dead(bool refuses, uint16_t *retPort);

/* A port that is free for UDP and TCP now, or 0 if there is none. */
uint16_t loopback_find_free_port(void);

/* Without the interface up, binding succeeds, but not sending. */
bool loopback_works(void);

/* Does the server on that port, asked once over UDP, know an address of that name? */
bool loopback_ask(uint16_t port, const char *name);

#endif
