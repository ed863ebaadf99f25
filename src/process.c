/* SPDX-License-Identifier: MIT */
#include "process.h"

#include <pthread.h>
#include <stdatomic.h>

#include "cache_line.h"

/* One must not slow down who takes another. */
struct lock {
	_Alignas(CACHE_LINE) pthread_mutex_t mutex;
};

#define LOCK_INITIALIZER { PTHREAD_MUTEX_INITIALIZER }

static struct lock locks[] = {
	[PROCESS_LOCK_DEFAULT_RESOLVER] = LOCK_INITIALIZER,
	[PROCESS_LOCK_HANDLE_TABLE] = LOCK_INITIALIZER,
	[PROCESS_LOCK_HANDLE_TABLE + 1] = LOCK_INITIALIZER,
	[PROCESS_LOCK_HANDLE_TABLE + 2] = LOCK_INITIALIZER,
	[PROCESS_LOCK_HANDLE_TABLE + 3] = LOCK_INITIALIZER,
	[PROCESS_LOCK_LIBRARY] = LOCK_INITIALIZER
};

_Static_assert(PROCESS_LOCKS_HANDLE_TABLE == 4, "each lock is made above");
_Static_assert(sizeof locks == PROCESS_LOCKS * sizeof *locks, "all are");

/* How many forks lie between this process and the one that loaded the library. It changes
 * while a child has a single thread. */
static atomic_uint stamp = 1;

static bool is_watching;

unsigned int
process_stamp(void)
{
	return atomic_load_explicit(&stamp, memory_order_relaxed);
}

void
process_lock(enum process_lock which)
{
	pthread_mutex_lock(&locks[which].mutex);
}

void
process_unlock(enum process_lock which)
{
	pthread_mutex_unlock(&locks[which].mutex);
}

static void
before_fork(void)
{
	int i;

	for (i = 0; i < PROCESS_LOCKS; i++)
		process_lock((enum process_lock)i);
}

static void
after_fork(void)
{
	int i;

	for (i = PROCESS_LOCKS; i-- > 0;)
		process_unlock((enum process_lock)i);
}

static void
in_child(void)
{
	atomic_store_explicit(&stamp, process_stamp() + 1, memory_order_relaxed);
	after_fork();
}

static void
start_watching(void)
{
	is_watching = pthread_atfork(before_fork, after_fork, in_child) == 0;
}

bool
process_watch_forks(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, start_watching);
	return is_watching;
}

/* Before the program registers anything of its own: its handlers may then use the library,
 * since those before a fork run in the reverse order, ours last, and those in the child in
 * this one, ours first. */
__attribute__((constructor)) static void
watch_early(void)
{
	process_watch_forks();
}
