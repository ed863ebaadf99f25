/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share: each is a file with one entry, for libFuzzer (make fuzz)
 * or for replay.c (make check). The input lies in memory of just its size. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process, which makes the input a finding. */
#define require(condition)                                                               \
	((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))

static inline void
fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
	abort();
}

#endif
