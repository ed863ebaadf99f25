/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_window.h"

#include <stdlib.h>

/* How many items may wait, for each that is under way, until those before are printed. */
#define FACTOR 16
/* But no more than that, for their memory, if more are not under way. */
#define LIMIT 65536

static uint64_t
size_for(uint64_t jobs)
{
	if (jobs * FACTOR <= LIMIT)
		return jobs * FACTOR;
	return jobs > LIMIT ? jobs : LIMIT;
}

bool
window_open(struct window *window, uint64_t jobs, bool is_ordered)
{
	uint64_t i, size = is_ordered ? size_for(jobs) : jobs;

	*window = (struct window){.size = size, .is_ordered = is_ordered};
	window->slots = calloc(size, sizeof(*window->slots));
	if (window->slots == NULL)
		return false;
	for (i = 0; !is_ordered && i < size; i++) {
		window->slots[i].next = window->free;
		window->free = &window->slots[i];
	}
	return true;
}

void
window_close(struct window *window)
{
	free(window->slots);
}

struct slot *
window_get_free(struct window *window)
{
	if (!window->is_ordered)
		return window->free;
	if (window->last - window->first == window->size)
		return NULL;
	return &window->slots[window->last % window->size];
}

void
window_use(struct window *window, struct slot *slot)
{
	window->used++;
	if (window->is_ordered)
		window->last++;
	else
		window->free = slot->next;
}

void
window_note_done(struct window *window, struct slot *slot)
{
	struct slot *head;

	if (window->is_ordered)
		return;
	head = atomic_load_explicit(&window->just_done, memory_order_relaxed);
	do {
		slot->next = head;
	} while (!atomic_compare_exchange_weak_explicit(&window->just_done, &head, slot,
							memory_order_release,
							memory_order_relaxed));
}

/* Turns what has been done meanwhile round, so that the first is first. */
static void
window_collect(struct window *window)
{
	struct slot *slot = atomic_exchange_explicit(&window->just_done, NULL,
						     memory_order_acquire);
	struct slot *next;

	for (; slot != NULL; slot = next) {
		next = slot->next;
		slot->next = window->done;
		window->done = slot;
	}
}

static struct slot *
get_done_ordered(struct window *window)
{
	struct slot *slot = &window->slots[window->first % window->size];

	if (window->first == window->last)
		return NULL;
	if (slot->is_begun && (slot->is_waiting || !lookup_is_complete(&slot->lookup)))
		return NULL;
	return slot;
}

struct slot *
window_get_done(struct window *window)
{
	struct slot *slot;

	if (window->is_ordered)
		return get_done_ordered(window);
	if (window->done == NULL)
		window_collect(window);
	slot = window->done;
	if (slot != NULL)
		window->done = slot->next;
	return slot;
}

void
window_give_back(struct window *window, struct slot *slot)
{
	window->used--;
	slot->is_begun = false;
	if (window->is_ordered) {
		window->first++;
		return;
	}
	slot->next = window->free;
	window->free = slot;
}

bool
window_is_empty(const struct window *window)
{
	return window->used == 0;
}

void
window_visit(struct window *window, void (*visit)(struct slot *, void *), void *context)
{
	uint64_t i;

	for (i = 0; i < window->size; i++) {
		if (window->slots[i].is_begun)
			visit(&window->slots[i], context);
	}
}
