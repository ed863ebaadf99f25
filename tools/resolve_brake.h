/* SPDX-License-Identifier: MIT */
/* Slows the queries down where answers get lost.
 *
 * Lookups are judged by the second they were begun in: late are those that were not done in
 * the second after it either, or had their answers only when a query was sent again. If more
 * than one of 64 was late, only seven tenths of what is answered in a good second are let
 * out from now on, and, when that has shown itself to be good, an eighth more each second
 * that makes use of it, then a fourth, then half: soon as much again as the servers bear, and
 * never so much more that most of it is lost. Where three such steps one after another do not halve the late ones, the names are
 * slow or dead, not the way to the servers: there is no limit then, and so many are normal.
 *
 * Times are nanoseconds of a clock that never goes back. */
#ifndef TOOLS_RESOLVE_BRAKE_H
#define TOOLS_RESOLVE_BRAKE_H

#include <stdbool.h>
#include <stdint.h>

#define BRAKE_COHORTS 4

struct brake {
	unsigned int limit;	/* queries a second; 0: none */
	uint32_t second;	/* this one's number */
	uint32_t heeded_from;	/* those begun before do not count any more */
	int64_t began;		/* this second */
	unsigned int tolerance;	/* how many of 256 may be late */
	unsigned int last_share; /* late of 256, before the last step down */
	unsigned int vain;	/* steps down one after another */
	unsigned int ups;	/* steps up one after another */
	uint64_t answered;	/* queries in this second */
	uint64_t best;		/* in one second, lately */
	struct {
		uint64_t begun, late;
	} cohorts[BRAKE_COHORTS];
};

void brake_start(struct brake *, int64_t now);

/* A lookup begins. Returns its second. */
uint32_t brake_begin(struct brake *);
/* A lookup is late. To be said once of each. */
void brake_note_late(struct brake *, uint32_t second);
/* Have so many of that second been late that answers get lost? Before it is over that is
 * a suspicion. */
bool brake_suspects(const struct brake *, uint32_t second);
/* Has it been judged? */
bool brake_has_judged(const struct brake *, uint32_t second);
/* So many queries have their answers. */
void brake_note_answers(struct brake *, uint64_t queries);

/* Milliseconds until the second is over. */
int brake_get_wait(const struct brake *, int64_t now);
/* When the second is over: what began in this one or before, and is not done, is late. */
uint32_t brake_get_overdue(const struct brake *);
/* The second is over, and what is late has been noted. True: the limit is another. */
bool brake_judge(struct brake *, int64_t now);

#endif
