/* SPDX-License-Identifier: MIT */
/* What the clients of the benchmark share: what is to be done, the measurements, and the
 * check of every answer. */
#ifndef TESTS_BENCH_RUN_H
#define TESTS_BENCH_RUN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#define NAME_SIZE 32

struct run {
	const char *server;	/* "ADDRESS:PORT" */
	int family;		/* AF_INET: A alone; AF_UNSPEC: A and AAAA */
	long count;		/* lookups in all */
	long outstanding;	/* so many at a time */
	int threads;		/* that submit them */
	char (*names)[NAME_SIZE]; /* by number; made before anything is measured */
	/* The time each was begun, then how long it took; nanoseconds. */
	int64_t *times;
	long good;		/* answered as they should be; atomic */
	/* Of the measured part; while it lasts, of its start. */
	double seconds;
	double cpu_seconds;
};

/* Ends the process, and says why. */
_Noreturn void run_fail(const char *what);

bool run_prepare(struct run *run, bool is_slow);
void run_release(struct run *run);

/* The measured part: not what a client does once, before and after all lookups. */
void run_start(struct run *run);
void run_stop(struct run *run);

/* A lookup begins; it is over (from any thread). */
void run_begin(struct run *run, long number);
void run_end(struct run *run, long number, bool is_good);

/* Has it the addresses of the families wanted? NULL: none. */
bool run_is_answer(const struct run *run, long number, const void *ipv4, const void *ipv6);

/* Lookups a second, CPU microseconds a lookup, latencies, what went wrong. */
void run_report(struct run *run);
/* One measurement: a line "NAME VALUE". */
void run_say(const char *name, double value);

int64_t run_now(void);		/* nanoseconds */
double run_cpu_seconds(void);	/* of the process */
double run_thread_seconds(void); /* of processor time of this thread */

#endif
