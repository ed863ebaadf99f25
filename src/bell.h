/* SPDX-License-Identifier: MIT */
/* bell: one thread sleeps until another rings, once. Who rings does not touch it after that,
 * so that it may be gone as soon as it has been heard. */
#ifndef ASYNCDNS_BELL_H
#define ASYNCDNS_BELL_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdint.h>

union bell {
	sem_t semaphore;
	struct {		/* where a semaphore knows only the clock that may be set */
		pthread_mutex_t lock;
		pthread_cond_t rung;
		bool is_rung;
	} condition;
};

void bell_init(union bell *bell);
/* It has been heard, or nobody else has ever known of it, or will ring. */
void bell_destroy(union bell *bell);

void bell_ring(union bell *bell);
/* Until it is rung, or by clock_now that time has come, -1 being none; false: it has. May
 * change errno, and be a cancellation point. */
bool bell_await(union bell *bell, int64_t due);

#endif
