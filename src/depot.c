/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "depot.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "cache_line.h"
#include "stock.h"
#include "thread_role.h"

enum { SMALL, LARGE, CLASSES, NO_CLASS = CLASSES };

static const size_t sizes[CLASSES] = { [SMALL] = 256, [LARGE] = DEPOT_SIZE_MAXIMUM };

/* Before the memory. */
struct block {
	_Alignas(max_align_t) struct block *next;
	unsigned int class;
};

/* What was given back. */
static struct {
	_Alignas(CACHE_LINE) _Atomic(struct block *) first;
	atomic_int count; /* about so many */
} returned[CLASSES];

/* What this loop has taken from there. */
static _Thread_local struct block *own[CLASSES];

static unsigned int
class_of(size_t size)
{
	unsigned int class = SMALL;

	while (class < CLASSES && size > sizes[class])
		class++;
	return class;
}

static struct block *
take(unsigned int class)
{
	struct block *block = own[class];

	if (block == NULL) {
		block = atomic_exchange_explicit(&returned[class].first, NULL,
						 memory_order_acquire);
		atomic_store_explicit(&returned[class].count, 0, memory_order_relaxed);
	}
	if (block != NULL)
		own[class] = block->next;
	return block;
}

void *
depot_allocate(size_t size)
{
	unsigned int class = thread_role_is_loop() ? class_of(size) : NO_CLASS;
	struct block *block = class != NO_CLASS ? take(class) : NULL;

	if (block == NULL)
		block = malloc(sizeof *block + (class != NO_CLASS ? sizes[class] : size));
	if (block == NULL)
		return NULL;
	block->class = class;
	return block + 1;
}

void
depot_free(void *memory)
{
	struct block *block = (struct block *)memory - 1, *first;
	unsigned int class = block->class;

	if (class == NO_CLASS ||
	    atomic_load_explicit(&returned[class].count, memory_order_relaxed) >=
		    STOCK_MAXIMUM) {
		free(block);
		return;
	}
	atomic_fetch_add_explicit(&returned[class].count, 1, memory_order_relaxed);
	first = atomic_load_explicit(&returned[class].first, memory_order_relaxed);
	do
		block->next = first;
	while (!atomic_compare_exchange_weak_explicit(&returned[class].first, &first, block,
						      memory_order_release,
						      memory_order_relaxed));
}

void
depot_leave(void)
{
	struct block *block;
	unsigned int class;

	for (class = 0; class < CLASSES; class++)
		while ((block = take(class)) != NULL)
			free(block);
}
