/* SPDX-License-Identifier: MIT */
/* What the user says by signals. SIGINT, SIGTERM and SIGHUP, unless they were ignored from
 * the beginning, ask the run to stop, once: after the first of them each does what it does
 * by default, and so does the first itself when the run has not stopped within a second,
 * as when nobody reads what it writes. SIGUSR1, and SIGINFO where there is one, ask how far
 * it is. SIGPIPE is left as it is. One run at a time. */
#ifndef TOOLS_RESOLVE_SIGNALS_H
#define TOOLS_RESOLVE_SIGNALS_H

#include <stdbool.h>

#include "resolve_bell.h"

/* From now on signals are heeded, and each wakes whoever waits at the bell. */
void signals_heed(struct bell *);
/* The bell is no longer there; the signals are heeded all the same. */
void signals_leave_bell(void);

/* The signal that asked to stop; 0: none did. */
int signals_get_stop(void);
/* Has anybody asked how far it is, since this was called last? */
bool signals_take_inquiry(void);

/* Ends the program as the signal that asked to stop would have, if one did. */
void signals_obey(void);

#endif
