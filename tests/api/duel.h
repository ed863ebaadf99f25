/* SPDX-License-Identifier: MIT */
/* Two threads that do something at the same moment, again and again. */
#ifndef TESTS_API_DUEL_H
#define TESTS_API_DUEL_H

#include "contract.h"
#include "rounds.h"

#define DUEL_STATUSES (DNS_STATUS_WOULD_DEADLOCK + 1)

/* Two threads, each with something to do to one operation or resolver. They start
 * together, and whoever was late the last time gets a start the next time, so that the
 * two stay close to each other. */
struct duel {
	void (*first)(struct duel *duel);
	void (*second)(struct duel *duel);
	pthread_t seconds_thread;
	atomic_uint turn, is_ready, is_done;
	atomic_bool is_over;
	struct dice dice;
	int lead;   /* how long the first waits for the second */
	int streak; /* how often the same has won in a row */
	bool has_first_won;
	int seconds_wait;

	DnsAsyncResult *handle;
	DnsResolver *resolver;
	DnsStatus status; /* of what one of the two ended */
	int milliseconds;
	struct witness witness;
	unsigned int round;
	unsigned int tally[DUEL_STATUSES];
};

void duel_init(struct duel *duel, void (*first)(struct duel *duel),
	       void (*second)(struct duel *duel));
/* What one of them may do: the server answers both questions of a HELD_NAME. */
void duel_answer(struct duel *duel);

/* Begins a lookup of HELD_NAME, with the duel's witness, whose questions have come to the
 * server when it returns. */
void duel_begin(struct duel *duel);
/* One round: when it returns both have done their part. */
void duel_fight(struct duel *duel);
/* Waits for the callback of this round's operation, which must be the only one. */
void duel_await_call(struct duel *duel);
/* How a round went. */
void duel_score(struct duel *duel, DnsStatus status, bool first_has_won);
/* Prints how the rounds went, and expects none but the two outcomes. */
void duel_end(struct duel *duel, const char *name, DnsStatus one, DnsStatus other);

void duel_spin(int times);

#endif
