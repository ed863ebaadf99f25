/* SPDX-License-Identifier: MIT */
#include "thread_role.h"

static _Thread_local struct {
	bool is_loop;
	const void *token;
	void *object;
} role;

void
thread_role_set_loop(void)
{
	role.is_loop = true;
}

bool
thread_role_is_loop(void)
{
	return role.is_loop;
}

void
thread_role_enter_callback(const void *token, void *object)
{
	role.token = token;
	role.object = object;
}

/* Callbacks never nest: what is begun in one completes on a loop, after it. */
void
thread_role_leave_callback(void)
{
	role.token = NULL;
	role.object = NULL;
}

bool
thread_role_is_in_callback(void)
{
	return role.token != NULL;
}

void *
thread_role_callback_object(const void *token)
{
	return token != NULL && token == role.token ? role.object : NULL;
}
