/* SPDX-License-Identifier: MIT */
/* process: which process this is. A child that was forked has a copy of all that its
 * parent made, but neither the threads behind it nor a right to its descriptors; so what
 * has either is stamped with the process that made it.
 *
 * What all share, whoever made it, is guarded by the locks below: a fork takes them, so
 * that none is held for ever in the child, and what they guard is whole there. No other
 * lock is taken in a child that may have been held in its parent.
 *
 * Children made by vfork, posix_spawn or _Fork are not noticed: they may only exec. */
#ifndef ASYNCDNS_PROCESS_H
#define ASYNCDNS_PROCESS_H

#include <stdbool.h>

/* Forks are noticed from when the library is loaded, or if that comes too late for what
 * is constructed before, from here on. False: no memory. */
bool process_watch_forks(void);

/* This process, as a number that none of its ancestors has; never 0. Costs next to nothing. */
unsigned int process_stamp(void);

#define PROCESS_LOCKS_HANDLE_TABLE 4

/* In the order in which they are taken, if one is held while another is. */
enum process_lock {
	PROCESS_LOCK_DEFAULT_RESOLVER,
	PROCESS_LOCK_HANDLE_TABLE, /* the first of so many */
	/* The making ready of c-ares. */
	PROCESS_LOCK_LIBRARY = PROCESS_LOCK_HANDLE_TABLE + PROCESS_LOCKS_HANDLE_TABLE,
	PROCESS_LOCKS
};

void process_lock(enum process_lock which);
void process_unlock(enum process_lock which);

#endif
