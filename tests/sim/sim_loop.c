/* SPDX-License-Identifier: MIT */
#include "sim_loop.h"

#include <errno.h>
#include <stdlib.h>

#include "clock.h"
#include "depot.h"
#include "loop.h"
#include "network.h"
#include "thread_role.h"
#include "world.h"

struct loop {
	struct list link;
	void *reader;
	void (*on_end)(void *reader);
	bool stopped, has_ended;
	struct mailbox mailbox;
	struct timer_heap timers;
	struct list tasks;
	struct list watches;
	int64_t looked;
};

struct loop_watch {
	struct list link;
	int descriptor;
	bool wants_readable, wants_writable;
	bool is_active; /* was ready when the loop looked */
	loop_ready *on_ready;
	void *data;
};

static struct list loops = { &loops, &loops };
static const struct loop *current;
static uint32_t failures;

void
sim_loop_set_failures(uint32_t of_a_million)
{
	failures = of_a_million;
}

unsigned int
sim_loop_count(void)
{
	const struct list *link;
	unsigned int count = 0;

	for (link = loops.next; link != &loops; link = link->next)
		count++;
	return count;
}

/* ---- Turns ---- */

static struct loop *
loop_of(struct list *link)
{
	return container_of(link, struct loop, link);
}

static bool
is_ready(const struct loop_watch *watch)
{
	return (watch->wants_readable && network_is_readable(watch->descriptor)) ||
	       (watch->wants_writable && network_is_writable(watch->descriptor));
}

static bool
has_ready_watch(const struct loop *loop)
{
	struct list *link;

	for (link = loop->watches.next; link != &loop->watches; link = link->next)
		if (is_ready(container_of(link, struct loop_watch, link)))
			return true;
	return false;
}

static bool
can_do_something(struct loop *loop)
{
	const struct timer *first = loop->timers.first;

	return !mailbox_is_empty(&loop->mailbox) || !list_is_empty(&loop->tasks) ||
	       (first != NULL && first->due <= clock_now()) || has_ready_watch(loop);
}

static void
deliver(struct loop *loop, struct letter *letter)
{
	struct letter *next;

	for (; letter != NULL; letter = next) {
		next = letter->next;
		letter->deliver(letter, loop->reader);
	}
}

static void
fire_timers(struct loop *loop)
{
	struct timer *timer;

	while ((timer = loop->timers.first) != NULL && timer->due <= loop->looked) {
		timer_heap_clear(&loop->timers, timer);
		timer->fire(timer);
	}
}

static void
run_tasks(struct loop *loop)
{
	struct loop_task *task;
	struct list due, *link;

	list_init(&due);
	list_move_all(&due, &loop->tasks);
	while ((link = list_pop(&due)) != NULL) {
		task = container_of(link, struct loop_task, link);
		task->run(task);
	}
}

/* One of those that were ready when the loop looked, and were not closed since. */
static struct loop_watch *
take_active(struct loop *loop)
{
	struct loop_watch *watch;
	struct list *link;

	for (link = loop->watches.next; link != &loop->watches; link = link->next) {
		watch = container_of(link, struct loop_watch, link);
		if (watch->is_active) {
			watch->is_active = false;
			return watch;
		}
	}
	return NULL;
}

static void
tell_watchers(struct loop *loop)
{
	struct loop_watch *watch;
	struct list *link;

	for (link = loop->watches.next; link != &loop->watches; link = link->next) {
		watch = container_of(link, struct loop_watch, link);
		watch->is_active = is_ready(watch);
	}
	while ((watch = take_active(loop)) != NULL)
		watch->on_ready(watch->data, watch->descriptor,
				watch->wants_readable &&
					network_is_readable(watch->descriptor),
				watch->wants_writable &&
					network_is_writable(watch->descriptor));
}

static void
end(struct loop *loop)
{
	list_remove(&loop->link);
	deliver(loop, mailbox_close(&loop->mailbox));
	loop->has_ended = true;
	depot_leave();
	loop->on_end(loop->reader); /* may free it */
}

/* The order is that of src/loop.c. */
static void
turn(struct loop *loop)
{
	thread_role_set_loop(true);
	current = loop;
	deliver(loop, mailbox_take_all(&loop->mailbox));
	run_tasks(loop);
	fire_timers(loop);
	if (loop->stopped) {
		end(loop);
	} else {
		tell_watchers(loop);
		loop->looked = clock_now();
	}
	current = NULL;
	thread_role_set_loop(false);
}

bool
sim_loop_turn(void)
{
	struct loop *chosen = NULL;
	struct list *link;
	uint32_t able = 0;

	for (link = loops.next; link != &loops; link = link->next)
		if (can_do_something(loop_of(link)) && world_roll(++able) == 0)
			chosen = loop_of(link);
	if (chosen == NULL)
		return false;
	turn(chosen);
	return true;
}

int64_t
sim_loop_next_due(void)
{
	int64_t due = INT64_MAX;
	const struct timer *first;
	struct list *link;

	for (link = loops.next; link != &loops; link = link->next) {
		first = loop_of(link)->timers.first;
		if (first != NULL && first->due * MILLISECOND < due)
			due = first->due * MILLISECOND;
	}
	return due;
}

/* ---- What loop.h says ---- */

const char *
loop_get_version(void)
{
	return "simulated";
}

bool
loop_is_current(const struct loop *loop)
{
	return current == loop;
}

struct loop *
loop_start(void *reader, void (*on_end)(void *reader))
{
	struct loop *loop;

	if (world_chance(failures)) {
		errno = EMFILE;
		return NULL;
	}
	loop = calloc(1, sizeof *loop);
	if (loop == NULL)
		return NULL;
	loop->reader = reader;
	loop->on_end = on_end;
	mailbox_init(&loop->mailbox);
	list_init(&loop->tasks);
	list_init(&loop->watches);
	list_append(&loops, &loop->link);
	return loop;
}

void
loop_stop(struct loop *loop)
{
	loop->stopped = true;
}

void
loop_join(struct loop *loop)
{
	while (!loop->has_ended)
		world_go_on();
}

void
loop_detach(void)
{
}

void
loop_leave(void)
{
	abort(); /* nobody forks here */
}

void
loop_free(struct loop *loop)
{
	if (!list_is_empty(&loop->watches))
		abort();
	list_remove(&loop->link);
	free(loop);
}

bool
loop_post(struct loop *loop, struct letter *letter)
{
	return mailbox_post(&loop->mailbox, letter) != MAILBOX_CLOSED;
}

void
loop_task_init(struct loop_task *task, void (*run)(struct loop_task *task))
{
	list_init(&task->link);
	task->run = run;
}

void
loop_defer(struct loop *loop, struct loop_task *task)
{
	if (list_is_empty(&task->link))
		list_append(&loop->tasks, &task->link);
}

void
loop_task_clear(struct loop_task *task)
{
	list_remove(&task->link);
}

void
loop_timer_set(struct loop *loop, struct timer *timer, int64_t due)
{
	timer_heap_set(&loop->timers, timer, due);
}

void
loop_timer_clear(struct loop *loop, struct timer *timer)
{
	timer_heap_clear(&loop->timers, timer);
}

struct loop_watch *
loop_watch_open(struct loop *loop, int descriptor, loop_ready *on_ready, void *data)
{
	struct loop_watch *watch = world_chance(failures) ? NULL : calloc(1, sizeof *watch);

	if (watch == NULL)
		return NULL;
	watch->descriptor = descriptor;
	watch->on_ready = on_ready;
	watch->data = data;
	list_append(&loop->watches, &watch->link);
	return watch;
}

bool
loop_watch_set(struct loop_watch *watch, bool readable, bool writable)
{
	watch->wants_readable = readable;
	watch->wants_writable = writable;
	return true;
}

void
loop_watch_close(struct loop_watch *watch)
{
	list_remove(&watch->link);
	free(watch);
}
