/* SPDX-License-Identifier: MIT */
#include "ares_loop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"

#define EVENTS 64
#define RECEIVE_BUFFER (64 * 1024 * 1024)

static ares_channel channel;
static int set;

static int
on_socket_made(ares_socket_t descriptor, int type, void *data)
{
	int size = RECEIVE_BUFFER;

	(void)type;
	(void)data;
	if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
		setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	return 0;
}

static void
on_socket_state(void *data, ares_socket_t descriptor, int readable, int writable)
{
	struct epoll_event event = { .events = (readable ? EPOLLIN : 0u) |
					       (writable ? EPOLLOUT : 0u),
				     .data.fd = descriptor };

	(void)data;
	if (event.events == 0)
		epoll_ctl(set, EPOLL_CTL_DEL, descriptor, &event);
	else if (epoll_ctl(set, EPOLL_CTL_MOD, descriptor, &event) < 0 && errno == ENOENT)
		epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

ares_channel
ares_loop_open(const struct run *run, int flags)
{
	struct ares_options options = { .sock_state_cb = on_socket_state, .flags = flags };

	set = epoll_create1(EPOLL_CLOEXEC);
	ares_library_init(ARES_LIB_INIT_ALL);
	if (ares_init_options(&channel, &options,
			      ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB) != ARES_SUCCESS ||
	    ares_set_servers_ports_csv(channel, run->server) != ARES_SUCCESS)
		run_fail("c-ares");
	ares_set_socket_configure_callback(channel, on_socket_made, NULL);
	return channel;
}

void
ares_loop_turn(void)
{
	struct epoll_event events[EVENTS];
	struct timeval buffer, *wait = ares_timeout(channel, NULL, &buffer);
	int count, i, descriptor, milliseconds = -1;

	if (wait != NULL)
		milliseconds = (int)(wait->tv_sec * 1000 + (wait->tv_usec + 999) / 1000);
	count = epoll_wait(set, events, EVENTS, milliseconds);
	if (count <= 0)
		ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	for (i = 0; i < count; i++) {
		descriptor = events[i].data.fd;
		ares_process_fd(channel,
				(events[i].events & ~(uint32_t)EPOLLOUT) != 0 ?
					descriptor : ARES_SOCKET_BAD,
				(events[i].events & EPOLLOUT) != 0 ?
					descriptor : ARES_SOCKET_BAD);
	}
}

void
ares_loop_close(void)
{
	ares_destroy(channel);
	close(set);
}
