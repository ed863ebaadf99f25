/* SPDX-License-Identifier: MIT */
/* A loop for the rooms that live on one, and a way to do something on its thread. */
#ifndef TESTS_UNIT_LOOP_THREAD_H
#define TESTS_UNIT_LOOP_THREAD_H

#include "loop.h"

struct loop *loop_thread_start(void);
/* Runs a function on the loop's thread and waits until it has returned. */
void loop_thread_run(struct loop *loop, void (*run)(void *data), void *data);
void loop_thread_stop(struct loop *loop);

#endif
