/* SPDX-License-Identifier: MIT */
/* Preloaded into a test program: something that the library, or a library that it uses, asks
 * the system for cannot be had. Only in the tests that Check forks, which are run again and
 * again: with nothing short, which counts the pieces that the test asks for, and for each
 * piece without that one, and without that and all that come after it. They are counted from
 * when a test's first resolver has been made; tests and servers get all they ask for. What is
 * bad and what was done is said on standard error. Environment:
 *
 * STARVE_OF        what: a name in starve.c; nothing is done if it is not set
 * STARVE_EARLY     is set: pieces are counted from before the first resolver is made
 * STARVE_DENSE     all pieces up to that one, and further ones at growing distances, each half
 *                  as far again as the one before; all, if it is not set
 * STARVE_SHARES    of these only the share with the number
 * STARVE_SHARE     which is less, if it is set
 * STARVE_TEST      only the test with that number
 * STARVE_AT        only without that piece, or without that and all after it, if
 * STARVE_STAYS     is set
 * STARVE_DEBUGGER  what to run, with the process's number after it, when one does not end
 */
#ifndef TESTS_EXHAUSTION_STARVE_H
#define TESTS_EXHAUSTION_STARVE_H

#include <stdatomic.h>
#include <stdbool.h>

/* What the runs of a test tell the process that forks them. */
struct starve_tally {
	unsigned long pieces;	 /* that it asks for when nothing is short */
	unsigned long shortages; /* runs for which something was */
	unsigned long faults;	 /* that were said */
};

/* What this process does. */
struct starve {
	bool is_on, is_early;
	unsigned int of;
	unsigned int test; /* its number */
	bool is_test;	   /* it is a run of it, without */
	unsigned long at;  /* this piece (0: none), */
	bool stays;	   /* and all after it */
	struct starve_tally *tally; /* shared with its other runs */
	atomic_bool is_counting, was_short;
	atomic_ulong count;
};

extern struct starve starve;

/* Of what is short. */
const char *starve_name(void);
/* A line on standard error, by write(2), since what is broken may be anything. */
__attribute__((format(printf, 1, 2))) void starve_say(const char *format, ...);

void repeat_prepare(void);

/* How a run ends */
enum {
	STARVE_GAVE_UP = 77, /* since it waits for what was never begun */
	STARVE_DEFECT = 78   /* that has crashed in c-ares, where that is known to */
};

/* For where c-ares is known to: memory is short, and it does not stand that. */
void defect_prepare(void);

/* At the end of a test: the files that it has made and not taken away. */
void litter_remove(void);

#endif
