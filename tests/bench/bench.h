/* SPDX-License-Identifier: MIT */
/* What the clients of the benchmark share: the run's parameters, its measurements, and
 * the check of every answer. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <netinet/in.h>
#include <stdbool.h>

struct run {
	const char *server;	/* "ADDRESS:PORT" */
	long count;		/* lookups in all */
	long outstanding;	/* so many at a time */
	/* The time each was begun, then how long it took; nanoseconds. */
	int64_t *times;
	long good;		/* answered with both addresses of the name; atomic */
	/* Of the measured part; while it lasts, of its start. */
	double seconds;
	double cpu_seconds;
};

#define NAME_SIZE 32

/* The measured part: not what a client does once, before and after all lookups. */
void run_start(struct run *run);
void run_stop(struct run *run);

/* Notes that a lookup begins, and gives its name. */
void run_begin(struct run *run, long number, char name[NAME_SIZE]);
/* It is over; from any thread. */
void run_end(struct run *run, long number, bool good);

bool is_answer(long number, const struct in_addr *ipv4, const struct in6_addr *ipv6);

/* Each looks up all names, keeping so many outstanding: the next begins as soon as one is
 * over, not when a batch of answers has been read, so that latencies can be compared. */
void client_asyncdns(struct run *run);
void client_ares(struct run *run);
void client_getaddrinfo(struct run *run);

const char *client_ares_version(void);

#endif
