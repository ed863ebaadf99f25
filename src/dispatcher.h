/* SPDX-License-Identifier: MIT */
/* dispatcher: callbacks that wait for a thread of the application to run them. Any thread
 * adds them, and any thread runs them: each once, the oldest first, with no lock held.
 * The descriptor is readable exactly while some are due.
 *
 * They are embedded in the objects they are about, so that adding never allocates and
 * never fails. */
#ifndef ASYNCDNS_DISPATCHER_H
#define ASYNCDNS_DISPATCHER_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "list.h"
#include "notifier.h"

struct due_callback {
	struct list link;
	/* What it lies in may be gone when it returns. */
	void (*run)(struct due_callback *callback);
};

struct dispatcher {
	unsigned int process; /* that made it; in a child nothing in it is touched */

	/* Called once, without the lock, when nothing can be added any more and all has
	 * run; by whoever brought it about, as the last thing done with the dispatcher. */
	void (*on_idle)(struct dispatcher *dispatcher);

	pthread_mutex_t lock; /* a leaf; guards what follows */
	pthread_cond_t changed;
	struct list due;
	size_t due_count;
	size_t running;		/* taken out of the list, and not over yet */
	bool is_complete;	/* nothing will be added */
	struct notifier notifier;
};

void dispatcher_init(struct dispatcher *dispatcher,
		     void (*on_idle)(struct dispatcher *dispatcher));
/* Gives it a descriptor, without which nothing may be added: 0, or -1 with errno. */
int dispatcher_open(struct dispatcher *dispatcher);
void dispatcher_destroy(struct dispatcher *dispatcher);

void dispatcher_add(struct dispatcher *dispatcher, struct due_callback *callback);
size_t dispatcher_count_due(struct dispatcher *dispatcher);
/* Runs the oldest; false: none is due, or this is a child that it has forked. */
bool dispatcher_run_one(struct dispatcher *dispatcher);

/* Nothing will be added any more. */
void dispatcher_complete(struct dispatcher *dispatcher);
/* Runs what is due, and waits until it is complete and all has run; not in a callback
 * that a dispatcher runs, which would wait for itself. Returns also in a child that one has
 * forked. */
void dispatcher_drain(struct dispatcher *dispatcher);

/* Is this thread inside a callback that a dispatcher runs? */
bool dispatcher_is_running_here(void);

#endif
