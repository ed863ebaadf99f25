/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "readers.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "cache_line.h"
#include "schedule_point.h"
#include "thread_role.h"

#define PLACES 16 /* bits of a mask */
#define LOOKS  64 /* at a place, before it is left for the next time */

struct place {
	_Alignas(CACHE_LINE) atomic_uint inside;
};

struct readers {
	struct place places[PLACES];

	/* Of the thread that replaces. */
	struct list replaced;
	uint32_t unseen; /* places that were not seen empty since the last one came */
};

struct readers *
readers_create(void)
{
	struct readers *readers = aligned_alloc(CACHE_LINE, sizeof *readers);
	size_t i;

	if (readers == NULL)
		return NULL;
	for (i = 0; i < PLACES; i++)
		atomic_init(&readers->places[i].inside, 0);
	list_init(&readers->replaced);
	readers->unseen = 0;
	return readers;
}

static void
free_replaced(struct readers *readers)
{
	struct replaced *replaced;
	struct list *link;

	while ((link = list_pop(&readers->replaced)) != NULL) {
		replaced = container_of(link, struct replaced, link);
		replaced->free(replaced);
	}
}

void
readers_destroy(struct readers *readers)
{
	if (readers == NULL)
		return;
	free_replaced(readers);
	free(readers);
}

atomic_uint *
readers_enter(struct readers *readers)
{
	atomic_uint *inside = &readers->places[thread_role_number() % PLACES].inside;

	atomic_fetch_add(inside, 1);
	SCHEDULE_POINT();
	return inside;
}

/* Threads that share a place may relieve each other in it, but not for long. */
static bool
is_seen_empty(const struct place *place)
{
	int i;

	for (i = 0; i < LOOKS; i++)
		if (atomic_load(&place->inside) == 0)
			return true;
	return false;
}

void
readers_collect(struct readers *readers)
{
	unsigned int i;

	if (list_is_empty(&readers->replaced))
		return;
	for (i = 0; i < PLACES; i++)
		if ((readers->unseen & 1u << i) != 0 && is_seen_empty(&readers->places[i]))
			readers->unseen &= ~(1u << i);
	if (readers->unseen == 0)
		free_replaced(readers);
}

void
readers_retire(struct readers *readers, struct replaced *replaced)
{
	SCHEDULE_POINT();
	list_append(&readers->replaced, &replaced->link);
	readers->unseen = (1u << PLACES) - 1;
	readers_collect(readers);
}
