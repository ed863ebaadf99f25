/* SPDX-License-Identifier: MIT */
/* A system that fails, or whose clocks jump, for the library and what it is built on. The
 * program has functions of its own in the place of the C library's, which do what those
 * do until they are told otherwise; and what they are told is for the thread that tells
 * them and for loops' threads only: servers of the test's see nothing of it. */
#ifndef TESTS_API_BROKEN_SYSTEM_H
#define TESTS_API_BROKEN_SYSTEM_H

#include <stdbool.h>

/* The calls that can fail, with what they fail with. */
struct broken_call {
	const char *name;
	int error;
};

extern const struct broken_call broken_calls[];
extern const unsigned int broken_calls_count;

/* From now on calls of that kind are counted. The nth fails (0: none), and all after it
 * if that is to stay so. */
void broken_system_begin(unsigned int call, unsigned int nth, bool stays);
/* All is well again. How many there have been. */
unsigned int broken_system_end(void);

/* The clocks of these threads go ahead by so many milliseconds more, or less. */
void broken_system_jump(long long monotonic, long long real);

#endif
