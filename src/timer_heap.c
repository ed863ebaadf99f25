/* SPDX-License-Identifier: MIT */
#include "timer_heap.h"

static void
hang(struct timer *timer, struct timer **hook)
{
	*hook = timer;
	if (timer != NULL)
		timer->hook = hook;
}

/* One heap of two: the later root becomes the first child of the earlier one. */
static struct timer *
meld(struct timer *a, struct timer *b)
{
	struct timer *early, *late;

	if (a == NULL || b == NULL)
		return a != NULL ? a : b;
	early = b->due < a->due ? b : a;
	late = early == a ? b : a;
	hang(early->child, &late->sibling);
	hang(late, &early->child);
	return early;
}

/* One heap of the children that a root leaves behind: melds them two by two, then the
 * pairs, the last one first; this is what keeps the heap shallow. */
static struct timer *
meld_siblings(struct timer *first)
{
	struct timer *pairs = NULL, *all = NULL, *a, *b, *rest;

	while (first != NULL) {
		a = first;
		b = a->sibling;
		rest = b != NULL ? b->sibling : NULL;
		a->sibling = NULL;
		if (b != NULL)
			b->sibling = NULL;
		a = meld(a, b);
		a->sibling = pairs;
		pairs = a;
		first = rest;
	}
	while (pairs != NULL) {
		rest = pairs->sibling;
		pairs->sibling = NULL;
		all = meld(all, pairs);
		pairs = rest;
	}
	return all;
}

void
timer_heap_set(struct timer_heap *heap, struct timer *timer, int64_t due)
{
	timer_heap_clear(heap, timer);
	timer->due = due;
	timer->child = NULL;
	timer->sibling = NULL;
	hang(meld(heap->first, timer), &heap->first);
}

void
timer_heap_clear(struct timer_heap *heap, struct timer *timer)
{
	if (timer->hook == NULL)
		return;
	hang(timer->sibling, timer->hook);
	timer->hook = NULL;
	hang(meld(heap->first, meld_siblings(timer->child)), &heap->first);
}
