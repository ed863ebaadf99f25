/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "dispatcher.h"

#include "process.h"
#include "schedule_point.h"
#include "uncancelled.h"

/* The process in which this thread runs a callback; 0 for none. */
static _Thread_local unsigned int running_in;

void
dispatcher_init(struct dispatcher *dispatcher,
		void (*on_idle)(struct dispatcher *dispatcher))
{
	const struct notifier no_notifier = NOTIFIER_CLOSED;

	dispatcher->process = process_stamp();
	dispatcher->on_idle = on_idle;
	pthread_mutex_init(&dispatcher->lock, NULL);
	pthread_cond_init(&dispatcher->changed, NULL);
	list_init(&dispatcher->due);
	dispatcher->due_count = 0;
	dispatcher->running = 0;
	dispatcher->is_complete = false;
	dispatcher->notifier = no_notifier;
}

int
dispatcher_open(struct dispatcher *dispatcher)
{
	return notifier_open(&dispatcher->notifier);
}

void
dispatcher_destroy(struct dispatcher *dispatcher)
{
	notifier_close(&dispatcher->notifier);
	pthread_cond_destroy(&dispatcher->changed);
	pthread_mutex_destroy(&dispatcher->lock);
}

/* The descriptor changes under the lock, so that it always says what the list says. */
void
dispatcher_add(struct dispatcher *dispatcher, struct due_callback *callback)
{
	pthread_mutex_lock(&dispatcher->lock);
	list_append(&dispatcher->due, &callback->link);
	SCHEDULE_POINT();
	if (dispatcher->due_count++ == 0)
		notifier_raise(&dispatcher->notifier);
	pthread_cond_broadcast(&dispatcher->changed);
	pthread_mutex_unlock(&dispatcher->lock);
}

size_t
dispatcher_count_due(struct dispatcher *dispatcher)
{
	size_t count;

	pthread_mutex_lock(&dispatcher->lock);
	count = dispatcher->due_count;
	pthread_mutex_unlock(&dispatcher->lock);
	return count;
}

/* With the lock: takes out the oldest. */
static struct due_callback *
take(struct dispatcher *dispatcher)
{
	struct list *link = list_pop(&dispatcher->due);

	if (link == NULL)
		return NULL;
	SCHEDULE_POINT();
	if (--dispatcher->due_count == 0)
		notifier_lower(&dispatcher->notifier);
	dispatcher->running++;
	return container_of(link, struct due_callback, link);
}

/* With the lock. Once this is so, it stays so. */
static bool
is_idle(const struct dispatcher *dispatcher)
{
	return dispatcher->is_complete && dispatcher->due_count == 0 &&
	       dispatcher->running == 0;
}

/* Gives the lock back after a change that may have been the last. */
static void
unlock_changed(struct dispatcher *dispatcher)
{
	bool is_over = is_idle(dispatcher);

	pthread_cond_broadcast(&dispatcher->changed);
	pthread_mutex_unlock(&dispatcher->lock);
	SCHEDULE_POINT();
	if (is_over)
		dispatcher->on_idle(dispatcher);
}

static bool
is_inherited(const struct dispatcher *dispatcher)
{
	return dispatcher->process != process_stamp();
}

bool
dispatcher_run_one(struct dispatcher *dispatcher)
{
	struct due_callback *callback;

	pthread_mutex_lock(&dispatcher->lock);
	callback = take(dispatcher);
	pthread_mutex_unlock(&dispatcher->lock);
	if (callback == NULL)
		return false;
	SCHEDULE_POINT();
	running_in = process_stamp();
	callback->run(callback);
	running_in = 0;
	if (is_inherited(dispatcher))
		return false;
	SCHEDULE_POINT();
	pthread_mutex_lock(&dispatcher->lock);
	dispatcher->running--;
	unlock_changed(dispatcher);
	return true;
}

void
dispatcher_complete(struct dispatcher *dispatcher)
{
	pthread_mutex_lock(&dispatcher->lock);
	dispatcher->is_complete = true;
	unlock_changed(dispatcher);
}

/* Waits for something to run; false: all is over. */
static bool
await_due(struct dispatcher *dispatcher)
{
	int cancelled = uncancelled_begin();
	bool is_due;

	pthread_mutex_lock(&dispatcher->lock);
	while (dispatcher->due_count == 0 && !is_idle(dispatcher))
		pthread_cond_wait(&dispatcher->changed, &dispatcher->lock);
	is_due = dispatcher->due_count > 0;
	pthread_mutex_unlock(&dispatcher->lock);
	uncancelled_end(cancelled);
	return is_due;
}

void
dispatcher_drain(struct dispatcher *dispatcher)
{
	while (!is_inherited(dispatcher) && await_due(dispatcher))
		dispatcher_run_one(dispatcher);
}

bool
dispatcher_is_running_here(void)
{
	return running_in == process_stamp();
}
