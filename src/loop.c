/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "loop.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "depot.h"
#include "notifier.h"
#include "schedule_point.h"
#include "thread_role.h"
#include "uncancelled.h"

struct loop {
	void *reader;
	void (*on_end)(void *reader);
	pthread_t thread;
	bool stopped;

	struct mailbox mailbox;
	atomic_bool is_asleep;		/* or about to be: a letter must wake it */
	struct notifier notifier;

	struct event_base *base;
	struct event *on_notified;
	struct event *alarm;
	int64_t alarm_due;		/* what alarm is set for, if it is */

	struct timer_heap timers;
	struct list tasks;
	int64_t looked;			/* when it last knew what has come */
	unsigned int turns_since;
};

struct loop_watch {
	struct event *event;
	loop_ready *on_ready;
	void *data;
	short wanted;
};

static _Thread_local const struct loop *current;
static _Thread_local jmp_buf *way_out;

const char *
loop_get_version(void)
{
	return event_get_version();
}

bool
loop_is_current(const struct loop *loop)
{
	return current == loop;
}

static void
deliver(struct loop *loop, struct letter *letter)
{
	struct letter *next;

	for (; letter != NULL; letter = next) {
		next = letter->next; /* delivered, it may be gone or posted again */
		letter->deliver(letter, loop->reader);
	}
}

/* Both have done their work by ending the wait. */
static void
on_notified(evutil_socket_t descriptor, short what, void *arg)
{
	struct loop *loop = arg;

	(void)descriptor;
	(void)what;
	notifier_lower(&loop->notifier);
}

static void
on_alarm(evutil_socket_t descriptor, short what, void *arg)
{
	(void)descriptor;
	(void)what;
	(void)arg;
}

static void
set_alarm(struct loop *loop)
{
	const struct timer *first = loop->timers.first;
	struct timeval wait = { 0, 0 };
	int64_t left;

	if (first == NULL || (event_pending(loop->alarm, EV_TIMEOUT, NULL) != 0 &&
			      loop->alarm_due <= first->due))
		return; /* too early an alarm costs a turn, but moving it costs more */
	left = first->due - clock_now();
	if (left > 0) {
		wait.tv_sec = (time_t)(left / 1000);
		wait.tv_usec = (suseconds_t)(left % 1000 * 1000);
	}
	loop->alarm_due = first->due;
	event_add(loop->alarm, &wait);
}

/* Only those that were due when the loop looked: what has come by then came in time, however
 * long the loop was held up before it could look. */
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

static void
look(struct loop *loop, int flags)
{
	event_base_loop(loop->base, EVLOOP_ONCE | flags);
	atomic_store(&loop->is_asleep, false);
	loop->turns_since = 0;
	if (loop->timers.first != NULL)
		loop->looked = clock_now();
}

/* Sleeps only if nothing is to be done. Whoever posts a letter after the mailbox was found
 * empty sees that the loop is asleep, and wakes it. */
static void
wait_for_events(struct loop *loop)
{
	int flags;

	if (!list_is_empty(&loop->tasks) || !mailbox_is_empty(&loop->mailbox)) {
		if (++loop->turns_since >= LOOP_TURNS_TO_LOOK)
			look(loop, EVLOOP_NONBLOCK);
		return;
	}
	set_alarm(loop);
	SCHEDULE_POINT();
	atomic_store(&loop->is_asleep, true);
	SCHEDULE_POINT();
	flags = mailbox_is_empty(&loop->mailbox) ? 0 : EVLOOP_NONBLOCK;
	SCHEDULE_POINT();
	look(loop, flags);
}

static void
turn(struct loop *loop)
{
	deliver(loop, mailbox_take_all(&loop->mailbox));
	run_tasks(loop);
	fire_timers(loop);
	if (!loop->stopped)
		wait_for_events(loop);
}

static void *
run(void *arg)
{
	struct loop *loop = arg;
	jmp_buf end_of_thread;

	thread_role_set_loop(true);
	current = loop;
	way_out = &end_of_thread;
	if (setjmp(end_of_thread) != 0)
		return NULL;
#ifdef HAVE_PTHREAD_SETNAME_NP
	pthread_setname_np(pthread_self(), "asyncdns");
#endif
	while (!loop->stopped)
		turn(loop);
	SCHEDULE_POINT();
	deliver(loop, mailbox_close(&loop->mailbox));
	depot_leave();
	loop->on_end(loop->reader);
	return NULL;
}

static int
open_pipe(int ends[2])
{
#ifdef HAVE_PIPE2
	return pipe2(ends, O_CLOEXEC);
#else
	return pipe(ends);
#endif
}

/* libevent ends the process when it gets no pipe for its signals (which are not used here,
 * but made in any case): that and a descriptor for epoll must be there before it is asked,
 * for this process and in the system. */
static bool
can_have_descriptors(const struct loop *loop)
{
	int ends[2], copy, error;

	if (open_pipe(ends) < 0)
		return false;
	copy = fcntl(loop->notifier.descriptor, F_DUPFD_CLOEXEC, 0);
	error = errno;
	close(ends[0]);
	close(ends[1]);
	if (copy >= 0)
		close(copy);
	errno = error;
	return copy >= 0;
}

/* A base without locks: only this thread touches it, so that the library need not call
 * evthread_use_pthreads, which would change libevent for the whole process. */
static struct event_base *
open_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (config == NULL)
		return NULL;
	if (event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK |
						  EVENT_BASE_FLAG_IGNORE_ENV) == 0)
		base = event_base_new_with_config(config);
	event_config_free(config);
	return base;
}

/* The alarm rings once for nothing: libevent has a place for it from then on, and to set it
 * takes no memory. Without an alarm no deadline would end the wait. */
static bool
open_loop(struct loop *loop)
{
	const struct timeval at_once = { 0, 0 };

	if (notifier_open(&loop->notifier) < 0 || !can_have_descriptors(loop))
		return false;
	loop->base = open_base();
	if (loop->base == NULL)
		return false;
	loop->on_notified = event_new(loop->base, loop->notifier.descriptor,
				      EV_READ | EV_PERSIST, on_notified, loop);
	loop->alarm = event_new(loop->base, -1, 0, on_alarm, NULL);
	return loop->on_notified != NULL && loop->alarm != NULL &&
	       event_add(loop->on_notified, NULL) == 0 &&
	       event_add(loop->alarm, &at_once) == 0;
}

/* All but those that a thread causes itself: blocked, they would end the process without its
 * handler, or do anything else (POSIX, pthread_sigmask). */
static void
block_signals(sigset_t *before)
{
	static const int own[] = { SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP };
	sigset_t others;
	size_t i;

	sigfillset(&others);
	for (i = 0; i < sizeof own / sizeof *own; i++)
		sigdelset(&others, own[i]);
	pthread_sigmask(SIG_SETMASK, &others, before);
}

static int
start_thread(struct loop *loop)
{
	sigset_t before;
	int error;

	block_signals(&before);
	error = pthread_create(&loop->thread, NULL, run, loop);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

static struct loop *
make_loop(void *reader, void (*on_end)(void *reader))
{
	struct loop *loop = calloc(1, sizeof *loop);
	int error;

	if (loop == NULL)
		return NULL;
	loop->reader = reader;
	loop->on_end = on_end;
	loop->notifier.descriptor = loop->notifier.write_end = -1;
	mailbox_init(&loop->mailbox);
	list_init(&loop->tasks);
	errno = 0;
	if (open_loop(loop))
		error = start_thread(loop);
	else
		error = errno != 0 ? errno : ENOMEM;
	if (error == 0)
		return loop;
	loop_free(loop);
	errno = error;
	return NULL;
}

struct loop *
loop_start(void *reader, void (*on_end)(void *reader))
{
	int cancelled = uncancelled_begin();
	struct loop *started = make_loop(reader, on_end);

	uncancelled_end(cancelled);
	return started;
}

void
loop_stop(struct loop *loop)
{
	loop->stopped = true;
}

void
loop_join(struct loop *loop)
{
	int cancelled = uncancelled_begin();

	pthread_join(loop->thread, NULL);
	uncancelled_end(cancelled);
}

void
loop_detach(void)
{
	pthread_detach(pthread_self());
}

/* pthread_exit would have to load a library for that, and ends the process if it cannot. */
void
loop_leave(void)
{
	longjmp(*way_out, 1);
}

void
loop_free(struct loop *loop)
{
	int cancelled = uncancelled_begin();

	if (loop->on_notified != NULL)
		event_free(loop->on_notified);
	if (loop->alarm != NULL)
		event_free(loop->alarm);
	if (loop->base != NULL)
		event_base_free(loop->base);
	notifier_close(&loop->notifier);
	free(loop);
	uncancelled_end(cancelled);
}

bool
loop_post(struct loop *loop, struct letter *letter)
{
	enum mailbox_posted posted = mailbox_post(&loop->mailbox, letter);

	SCHEDULE_POINT();
	if (posted == MAILBOX_WAS_EMPTY && atomic_load(&loop->is_asleep))
		notifier_raise(&loop->notifier);
	return posted != MAILBOX_CLOSED;
}

void
loop_task_init(struct loop_task *task, void (*run_task)(struct loop_task *task))
{
	list_init(&task->link);
	task->run = run_task;
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

static void
on_watched(evutil_socket_t descriptor, short what, void *arg)
{
	struct loop_watch *watch = arg;

	watch->on_ready(watch->data, descriptor, (what & EV_READ) != 0,
			(what & EV_WRITE) != 0);
}

struct loop_watch *
loop_watch_open(struct loop *loop, int descriptor, loop_ready *on_ready, void *data)
{
	struct loop_watch *watch = malloc(sizeof *watch);

	if (watch == NULL)
		return NULL;
	watch->event = event_new(loop->base, descriptor, EV_PERSIST, on_watched, watch);
	watch->on_ready = on_ready;
	watch->data = data;
	watch->wanted = 0;
	if (watch->event == NULL) {
		free(watch);
		return NULL;
	}
	return watch;
}

bool
loop_watch_set(struct loop_watch *watch, bool readable, bool writable)
{
	short wanted = (short)((readable ? EV_READ : 0) | (writable ? EV_WRITE : 0));

	if (wanted == watch->wanted)
		return true;
	event_del(watch->event);
	watch->wanted = 0;
	event_assign(watch->event, event_get_base(watch->event),
		     event_get_fd(watch->event), (short)(wanted | EV_PERSIST), on_watched,
		     watch);
	if (wanted != 0 && event_add(watch->event, NULL) != 0)
		return false;
	watch->wanted = wanted;
	return true;
}

void
loop_watch_close(struct loop_watch *watch)
{
	event_free(watch->event);
	free(watch);
}
