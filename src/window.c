/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "window.h"

#include "clock.h"

void
window_init(struct window *window, int rest)
{
	*window = (struct window){ .size = WINDOW_FIRST, .rest = rest };
	list_init(&window->fresh);
}

/* What has not been answered for long does not keep out the others. */
static void
let_go_of_old(struct window *window)
{
	struct window_place *oldest;
	int64_t now = clock_now();

	while (!list_is_empty(&window->fresh)) {
		oldest = container_of(window->fresh.next, struct window_place, link);
		if (oldest->fresh_until > now)
			return;
		window_leave(window, oldest);
	}
}

unsigned int
window_room(struct window *window)
{
	if (window->count >= window->size)
		let_go_of_old(window);
	return window->count < window->size ? window->size - window->count : 0;
}

int64_t
window_room_due(const struct window *window)
{
	if (list_is_empty(&window->fresh))
		return clock_after(WINDOW_FRESH);
	return container_of(window->fresh.next, struct window_place, link)->fresh_until;
}

void
window_place_init(struct window_place *place)
{
	list_init(&place->link);
}

void
window_enter(struct window *window, struct window_place *place)
{
	place->fresh_until = clock_after(WINDOW_FRESH);
	list_append(&window->fresh, &place->link);
	window->count++;
}

void
window_leave(struct window *window, struct window_place *place)
{
	if (list_is_empty(&place->link))
		return;
	list_remove(&place->link);
	window->count--;
}

/* After a loss by one for each window of answers, before for each answer, as long as there
 * is a need for more. */
void
window_grow(struct window *window, bool is_needed)
{
	if (window->has_lost && ++window->answers_since_growth < window->size)
		return;
	window->answers_since_growth = 0;
	if (window->size < WINDOW_MAXIMUM && is_needed)
		window->size++;
}

void
window_shrink(struct window *window)
{
	int64_t now = clock_now();

	if (now < window->may_shrink)
		return;
	window->may_shrink = now + window->rest;
	window->has_lost = true;
	window->answers_since_growth = 0;
	window->size /= 2;
	if (window->size < WINDOW_MINIMUM)
		window->size = WINDOW_MINIMUM;
}
