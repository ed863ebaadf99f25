/* SPDX-License-Identifier: MIT */
/* Lookups of all kinds, begun and ended all the time, some cancelled, some with another
 * deadline; and what came of each is looked at. */
#ifndef TESTS_SOAK_PLAYERS_H
#define TESTS_SOAK_PLAYERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <asyncdns.h>

#define PLAYS	 256
#define STATUSES 16

struct place {
	const char *name;
	bool has_many;		/* names below this one */
	const char *addresses;	/* that it may have; NULL: there is no such name */
	bool may_be_missing;
};

struct play {
	DnsAsyncResult *handle;	/* NULL: none is under way */
	DnsResolver *resolver;
	DnsWaitHandle *wait;
	const struct place *place;
	unsigned int kind;
	int64_t due;
	atomic_uint calls;
	_Atomic int64_t completed;	/* when */
};

struct players {
	uint64_t dice;
	struct play plays[PLAYS];
	DnsLookupOptions *options;
	unsigned long begun, ended, statuses[STATUSES];
	unsigned long late;	/* by more than 50 ms */
	int64_t latest;		/* milliseconds */
};

void players_open(struct players *players, uint64_t seed);
void players_close(struct players *players);

/* Begins one, unless all have something under way. */
void players_begin(struct players *players, DnsResolver *resolver);
/* Disturbs some, and ends those that are completed. */
void players_go_on(struct players *players);
/* Are any under way? */
bool players_are_busy(const struct players *players);

#endif
