/* SPDX-License-Identifier: MIT */
/* memory: that of the library and of c-ares, which can be made to run out. malloc and its
 * kin are the simulation's own; not where a sanitizer has them. */
#ifndef TESTS_SIM_MEMORY_H
#define TESTS_SIM_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From now on pieces are counted, and the one of that number (0: none) cannot be had, nor,
 * if it stays so, those after it. */
void memory_watch(uint64_t fails_at, bool stays_so);
/* What c-ares asks for is always to be had, and not counted. */
void memory_spare_cares(void);
/* Ends that; how many pieces are held that were not held at the beginning. */
int64_t memory_leave(void);

/* How many were asked for. */
uint64_t memory_count(void);
/* Could one not be had? */
bool memory_was_short(void);
/* Is there anything to watch? */
bool memory_can_be_watched(void);

/* For the simulation itself: not counted, and always to be had. */
void *memory_of_world(size_t size);
void *memory_of_world_again(void *memory, size_t size);
void memory_of_world_free(void *memory);

#endif
