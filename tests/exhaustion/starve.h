/* SPDX-License-Identifier: MIT */
/* Preloaded into a test program: something that the library, or a library that it uses, asks
 * the system for cannot be had. Only in the processes that Check forks for the tests, each of
 * which counts for itself, from when its first resolver has been made; tests and servers get
 * all they ask for. Environment:
 *
 * STARVE_OF        what: a name in starve.c; memory, if it is not set
 * STARVE_AT        the number of the piece (0: none); from that one on, if
 * STARVE_STAYS     is set
 * STARVE_EARLY     is set: pieces are counted from before the first resolver is made
 * STARVE_COUNTS    a file to which each process adds its test's number and how many it has
 *                  counted, if none is to be short; else tests that have counted fewer than
 *                  STARVE_AT are not run
 * STARVE_TALLY     a file to which those add themselves for which something was short
 * STARVE_DEBUGGER  what to run, with the process's number after it, when one does not end
 */
#ifndef TESTS_EXHAUSTION_STARVE_H
#define TESTS_EXHAUSTION_STARVE_H

#include <stdatomic.h>
#include <stdbool.h>

/* What the environment says, and what has come of it in this process. */
struct starve {
	unsigned int of;
	unsigned long at;
	bool stays, is_early;
	const char *counts, *tally;
	atomic_bool is_counting, was_short;
	atomic_ulong count;
};

extern struct starve starve;

void inquest_prepare(void);

/* At the end of a test: the files that it has made and not taken away. */
void litter_remove(void);

#endif
