/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "mailbox.h"

#include <stddef.h>

#include "schedule_point.h"

/* What newest points to once the mailbox is closed. */
static struct letter closed;

void
mailbox_init(struct mailbox *mailbox)
{
	atomic_init(&mailbox->newest, NULL);
}

bool
mailbox_is_empty(struct mailbox *mailbox)
{
	return atomic_load(&mailbox->newest) == NULL;
}

enum mailbox_posted
mailbox_post(struct mailbox *mailbox, struct letter *letter)
{
	struct letter *newest = atomic_load_explicit(&mailbox->newest, memory_order_relaxed);

	do {
		if (newest == &closed)
			return MAILBOX_CLOSED;
		letter->next = newest;
		SCHEDULE_POINT();
	} while (!atomic_compare_exchange_weak(&mailbox->newest, &newest, letter));
	return newest == NULL ? MAILBOX_WAS_EMPTY : MAILBOX_HAD_LETTERS;
}

static struct letter *
reverse(struct letter *newest)
{
	struct letter *oldest = NULL, *next;

	SCHEDULE_POINT();
	for (; newest != NULL; newest = next) {
		next = newest->next;
		newest->next = oldest;
		oldest = newest;
	}
	return oldest;
}

struct letter *
mailbox_take_all(struct mailbox *mailbox)
{
	return reverse(atomic_exchange_explicit(&mailbox->newest, NULL, memory_order_acquire));
}

struct letter *
mailbox_close(struct mailbox *mailbox)
{
	return reverse(
		atomic_exchange_explicit(&mailbox->newest, &closed, memory_order_acquire));
}
