/* SPDX-License-Identifier: MIT */
#include "thread_role.h"

#include <stdatomic.h>

#include "process.h"

static _Thread_local struct {
	unsigned int loop_of; /* the process; 0 if it runs none */
	unsigned int number; /* 0: none yet */
	struct role_callback callback;
} role;

void
thread_role_set_loop(bool runs)
{
	role.loop_of = runs ? process_stamp() : 0;
}

bool
thread_role_is_loop(void)
{
	return role.loop_of == process_stamp();
}

unsigned int
thread_role_number(void)
{
	static atomic_uint last;

	if (role.number == 0)
		role.number = atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
	return role.number;
}

/* What is begun in a callback completes on a loop, so that callbacks nest in one case
 * only: the one inside Begin closes a resolver whose callbacks are dispatched. */
struct role_callback
thread_role_enter_callback(const void *token, void *object)
{
	struct role_callback outer = role.callback;

	role.callback.token = token;
	role.callback.object = object;
	return outer;
}

void
thread_role_leave_callback(struct role_callback outer)
{
	role.callback = outer;
}

bool
thread_role_is_in_callback(void)
{
	return role.callback.token != NULL;
}

void *
thread_role_callback_object(const void *token)
{
	if (token == NULL || token != role.callback.token)
		return NULL;
	return role.callback.object;
}
