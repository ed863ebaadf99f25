/* SPDX-License-Identifier: MIT */
/* The heart-beat of a loop: one operation after another that needs no server, so that
 * there is a callback in every turn. The time that the loop's thread has used between two
 * of them is the longest turn: how long it was deaf, whatever else the machine does. */
#ifndef TESTS_API_HEART_BEAT_H
#define TESTS_API_HEART_BEAT_H

#include "contract.h"

/* Microseconds. No turn should take more than a fifth of it; the rest is for machines
 * whose processors are taken away from time to time. */
#define LONGEST_TURN 50000

struct heart_beat {
	DnsResolver *resolver;
	atomic_bool stops;
	sem_t has_stopped;
	long long last, longest; /* nanoseconds */
};

/* The resolver must have DNS_RESOLVER_NEVER_SYNCHRONOUS. */
void heart_beat_start(struct heart_beat *beat, DnsResolver *resolver);
/* The longest turn so far, in microseconds; prints it. */
long long heart_beat_stop(struct heart_beat *beat, const char *name);

/* Waits until the loop has had so many turns. */
void await_turns(DnsResolver *resolver, int count);

#endif
