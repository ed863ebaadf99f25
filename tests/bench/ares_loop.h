/* SPDX-License-Identifier: MIT */
/* Raw c-ares on a loop written by hand, as its documentation shows it, with what a careful
 * program sets: sockets that stay open, a receive buffer that loses nothing. */
#ifndef TESTS_BENCH_ARES_LOOP_H
#define TESTS_BENCH_ARES_LOOP_H

#define CARES_NO_DEPRECATED
#include <sys/types.h>
#include <sys/select.h>
#include <ares.h>

#include "run.h"

ares_channel ares_loop_open(const struct run *run, int flags);
/* Waits for something to come, or time out, and tells c-ares. */
void ares_loop_turn(void);
void ares_loop_close(void);

#endif
