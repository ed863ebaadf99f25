/* SPDX-License-Identifier: MIT */
/* wait_handle: a gate that opens once. It lies inside the object it stands for, so that
 * making one never fails; the descriptor comes into being when somebody asks for it. */
#ifndef ASYNCDNS_WAIT_HANDLE_IMPL_H
#define ASYNCDNS_WAIT_HANDLE_IMPL_H

#include <asyncdns/wait_handle.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "list.h"
#include "notifier.h"

struct DnsWaitHandle {
	unsigned int process;	/* that made it; in any other it counts as signalled */
	atomic_bool signaled;
	atomic_uint copies;	/* owed a DnsWaitHandleRelease */
	/* Called when the last copy is released. */
	void (*on_unused)(struct DnsWaitHandle *handle);

	pthread_mutex_t lock; /* guards what follows */
	struct list waiters;
	struct notifier notifier;
};

void wait_handle_init(struct DnsWaitHandle *handle,
		      void (*on_unused)(struct DnsWaitHandle *handle));
/* Nobody waits any more, and no copy is left. */
void wait_handle_destroy(struct DnsWaitHandle *handle);

/* It lies in a parent process's object: nothing in it may be touched, the lock least of
 * all. */
bool wait_handle_is_inherited(const struct DnsWaitHandle *handle);

/* Opens the gate. From any thread, once. */
void wait_handle_signal(struct DnsWaitHandle *handle);

/* One more copy; true if it is the only one. */
bool wait_handle_copy(struct DnsWaitHandle *handle);

/* Waits without a limit, on any thread and without memory. */
void wait_handle_await(struct DnsWaitHandle *handle);

#endif
