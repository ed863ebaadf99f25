/* SPDX-License-Identifier: MIT */
#include "thread_role.h"

#include "process.h"

static _Thread_local struct {
	unsigned int loop_of; /* the process; 0 if it runs none */
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
