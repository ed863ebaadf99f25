/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "counters.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "cache_line.h"
#include "thread_role.h"

#define PLACES 16

struct place {
	_Alignas(CACHE_LINE) _Atomic uint64_t numbers[COUNTERS_MAXIMUM];
};

struct counters {
	struct place places[PLACES];
};

struct counters *
counters_create(void)
{
	struct counters *counters = aligned_alloc(CACHE_LINE, sizeof *counters);
	size_t i, k;

	if (counters == NULL)
		return NULL;
	for (i = 0; i < PLACES; i++)
		for (k = 0; k < COUNTERS_MAXIMUM; k++)
			atomic_init(&counters->places[i].numbers[k], 0);
	return counters;
}

void
counters_free(struct counters *counters)
{
	free(counters);
}

/* A number below zero wraps around here, and back when all are added. */
void
counters_add(struct counters *counters, unsigned int which, int number)
{
	struct place *place = &counters->places[thread_role_number() % PLACES];

	atomic_fetch_add_explicit(&place->numbers[which], (uint64_t)(int64_t)number,
				  memory_order_relaxed);
}

uint64_t
counters_read(const struct counters *counters, unsigned int which)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < PLACES; i++)
		sum += atomic_load_explicit(&counters->places[i].numbers[which],
					    memory_order_relaxed);
	return sum;
}
