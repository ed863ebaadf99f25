/* SPDX-License-Identifier: MIT */
/* The clients. Those that look up keep so many lookups outstanding: the next begins as soon
 * as one is over, not when a batch of answers has been read, so that latencies can be
 * compared. */
#ifndef TESTS_BENCH_CLIENT_H
#define TESTS_BENCH_CLIENT_H

#include "run.h"

/* asyncdns: ended and begun anew in the callback. */
void client_callback(struct run *run);
/* The same, with the addresses in the order of RFC 6724, and not as they came. */
void client_sorted(struct run *run);
/* The same, in callbacks that this thread runs when the resolver's descriptor is readable. */
void client_dispatch(struct run *run);
/* Each thread begins its share and ends them in order. One at a time, it is Begin and End. */
void client_end(struct run *run);
/* Whichever of the wait handles is signalled is ended and begun anew. */
void client_wait_any(struct run *run);
/* The same with their descriptors in an epoll set. */
void client_descriptor(struct run *run);

/* asyncdns, where no datagram is measured. */
void client_begin_busy(struct run *run);
void client_begin_woken(struct run *run);
void client_cache(struct run *run);
void client_hosts(struct run *run);
void client_memory(struct run *run);

/* Raw c-ares. */
void client_ares(struct run *run);
void client_ares_gethostbyname(struct run *run);
void client_ares_memory(struct run *run);

/* The C library; a thread for each that is outstanding. */
void client_getaddrinfo(struct run *run);
/* Those that call it in threads, as many as they have unless told otherwise; each is built
 * where it is there. */
void client_getaddrinfo_a(struct run *run);
void client_libuv(struct run *run);
void client_glib(struct run *run);

/* Ready-made datagrams, A alone: send and recv; sendmmsg and recvmmsg; the same with another
 * port for every 32 of them. */
void client_floor(struct run *run);
void client_floor_batch(struct run *run);
void client_floor_ports(struct run *run);

#endif
