/* SPDX-License-Identifier: MIT */
/* loop: a thread and what can wake it: a letter, a descriptor, a timer. It knows nothing of
 * DNS, and is the only room that includes <event2/...> and starts threads.
 *
 * The loop goes round in turns: deliver letters, run what was deferred, fire the timers
 * that are due, wait and tell the watchers. loop_post may be called from any thread; all else
 * on the loop's own, or before there is anything to race with. All signals are blocked in
 * it: a server that closes a TCP connection must not kill the process by SIGPIPE, and
 * handlers of the application run on its own threads. */
#ifndef ASYNCDNS_LOOP_H
#define ASYNCDNS_LOOP_H

#include <stdbool.h>

#include "list.h"
#include "mailbox.h"
#include "timer_heap.h"

struct loop;

/* Starts the thread. Letters are delivered to the reader; on_end is the last thing that
 * the thread does. NULL with errno on failure. */
struct loop *loop_start(void *reader, void (*on_end)(void *reader));

/* On the thread itself: it ends with this turn; letters that have come by then are
 * delivered first, and none can be posted any more. */
void loop_stop(struct loop *loop);
/* From another thread: waits until it has ended. */
void loop_join(struct loop *loop);
/* On the thread itself: nobody will join it. */
void loop_detach(void);
/* On the thread's copy in a child process: it ends, here and now, and touches nothing of
 * the loop, which goes on in the parent. Does not return. */
void loop_leave(void);
/* When the thread has ended, or at the end of on_end. */
void loop_free(struct loop *loop);

bool loop_is_current(const struct loop *loop);

/* Of libevent, as it is loaded. */
const char *loop_get_version(void);

/* From any thread. False: the loop has stopped, the letter is still yours. */
bool loop_post(struct loop *loop, struct letter *letter);

/* While there is something else to do, it looks at the sockets every so many turns only: what
 * a datagram brings takes that many. */
#define LOOP_TURNS_TO_LOOK 3

/* Runs once, before the loop waits, or in its next turn when it is deferred later than
 * that; then the loop does not sleep. Clearing one that is not deferred is fine. */
struct loop_task {
	struct list link;
	void (*run)(struct loop_task *task);
};

void loop_task_init(struct loop_task *task, void (*run)(struct loop_task *task));
void loop_defer(struct loop *loop, struct loop_task *task);
void loop_task_clear(struct loop_task *task);

void loop_timer_set(struct loop *loop, struct timer *timer, int64_t due);
void loop_timer_clear(struct loop *loop, struct timer *timer);

/* Tells, with the reader's data, when a descriptor can be read or written. */
struct loop_watch;
typedef void loop_ready(void *data, int descriptor, bool readable, bool writable);

/* NULL: no memory. */
struct loop_watch *loop_watch_open(struct loop *loop, int descriptor, loop_ready *on_ready,
				   void *data);
/* What to watch it for from now on; false: could not be done. */
bool loop_watch_set(struct loop_watch *watch, bool readable, bool writable);
/* Before the descriptor is closed. */
void loop_watch_close(struct loop_watch *watch);

#endif
