/* SPDX-License-Identifier: MIT */
/* What tests share that do one thing very often: how often, with which random numbers,
 * and what must be as before afterwards. */
#ifndef TESTS_API_ROUNDS_H
#define TESTS_API_ROUNDS_H

#include <stdint.h>

/* So many percent of count as the environment variable ASYNCDNS_TEST_ROUNDS says, at
 * least 1. Unset it is 25, in a program with a sanitizer 20, under valgrind 2; make
 * check-long has it 100. */
unsigned int rounds(unsigned int count);

/* That count, or what the environment variable ASYNCDNS_TEST_MANY says, if that is less and at
 * least 2: for tests of many that all go the same way. */
int many(int count);

/* Random numbers that can be had again: the seed is printed, and taken from
 * ASYNCDNS_TEST_SEED if that is set. */
struct dice {
	uint64_t state;
};

void dice_init(struct dice *dice);
uint64_t dice_throw(struct dice *dice);
/* 0 to sides - 1. */
unsigned int dice_roll(struct dice *dice, unsigned int sides);

/* Of this process. */
int count_threads(void);
/* Looks until there are no more than that, yielding in between. For what nobody can be
 * told of: the end of a thread that nobody joins. (A joined one can be seen for a while,
 * too.) */
void await_count(int (*count)(void), int wanted);

#endif
