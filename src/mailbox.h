/* SPDX-License-Identifier: MIT */
/* mailbox: the only way into a loop's thread. Any thread posts, one thread takes. Letters
 * are embedded in the objects they are about, so that posting never allocates and never
 * fails but for a mailbox that was closed. Lock-free.
 *
 * Posting and mailbox_is_empty are sequentially consistent: a taker who says that it goes
 * to sleep, and then finds the mailbox empty, is seen to sleep by whoever posts next. */
#ifndef ASYNCDNS_MAILBOX_H
#define ASYNCDNS_MAILBOX_H

#include <stdatomic.h>
#include <stdbool.h>

struct letter {
	struct letter *next;
	/* Runs on the taking thread; the letter may be posted again from then on. */
	void (*deliver)(struct letter *letter, void *reader);
};

struct mailbox {
	_Atomic(struct letter *) newest;
};

enum mailbox_posted {
	MAILBOX_CLOSED,		/* not taken: the letter is still the caller's */
	MAILBOX_WAS_EMPTY,	/* the taking thread has to be woken */
	MAILBOX_HAD_LETTERS
};

void mailbox_init(struct mailbox *mailbox);
bool mailbox_is_empty(struct mailbox *mailbox);
enum mailbox_posted mailbox_post(struct mailbox *mailbox, struct letter *letter);

/* All letters in the order they were posted, linked by next; NULL if there are none. */
struct letter *mailbox_take_all(struct mailbox *mailbox);

/* The same, and from then on nothing can be posted. */
struct letter *mailbox_close(struct mailbox *mailbox);

#endif
