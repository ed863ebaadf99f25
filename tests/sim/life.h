/* SPDX-License-Identifier: MIT */
/* life: one world from its beginning to its end. Nothing may be lost, done twice, late,
 * untrue or left behind in it; else the program ends. */
#ifndef TESTS_SIM_LIFE_H
#define TESTS_SIM_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "dns_zone.h"

struct life {
	const struct dns_zone *zone;
	uint64_t seed;
	unsigned int lookups;
	bool is_first;		/* in this process, which keeps what it needs once */
	uint64_t memory_fails_at; /* as memory_watch */
	bool memory_stays_short;
};

/* The first of a process: with what FIRST, COUNT and LOOKUPS of a command line say, if they
 * are there. A FIRST without a COUNT is the only one. */
void life_prepare(struct life *life, int argc, char *argv[], uint64_t *first,
		  uint64_t *count);

/* Its number: the same life, the same number. */
uint64_t life_run(const struct life *life);

#endif
