/* SPDX-License-Identifier: MIT */
/* A server that never answers, and what of the heap is in use. */
#ifndef TESTS_BENCH_SILENCE_H
#define TESTS_BENCH_SILENCE_H

#include <stddef.h>

const char *silence_open(void);	/* "ADDRESS:PORT" */
size_t silence_heap(void);	/* bytes */

#endif
