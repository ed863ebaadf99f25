/* SPDX-License-Identifier: MIT */
/* thread_role: what the calling thread is doing for the library. A loop thread must not
 * wait for what only loop threads can bring about, and in a callback nothing completes
 * synchronously. */
#ifndef ASYNCDNS_THREAD_ROLE_H
#define ASYNCDNS_THREAD_ROLE_H

#include <stdbool.h>
#include <stddef.h>

/* This thread runs a loop from now on, or no more; its copy in a child process runs
 * none. */
void thread_role_set_loop(bool runs);
bool thread_role_is_loop(void);

/* A small number that few other threads have, for what is kept apart by threads. */
unsigned int thread_role_number(void);

/* A callback of the user: the handle it was given and the object behind it; NULL for
 * none. */
struct role_callback {
	const void *token;
	void *object;
};

/* Around a callback; what enter returns is for leave. */
struct role_callback thread_role_enter_callback(const void *token, void *object);
void thread_role_leave_callback(struct role_callback outer);
bool thread_role_is_in_callback(void);

/* The object, if this thread runs the callback of that handle; else NULL. */
void *thread_role_callback_object(const void *token);

#endif
