/* SPDX-License-Identifier: MIT */
/* Raw c-ares on a loop written by hand, as its documentation shows it, with what a
 * careful program sets: sockets that stay open, a receive buffer that loses nothing. */
#define CARES_NO_DEPRECATED
#include <sys/types.h>
#include <sys/select.h>
#include <ares.h>

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "bench.h"

#define EVENTS 64
#define RECEIVE_BUFFER (64 * 1024 * 1024)

struct lookup {
	int missing;	/* answers */
	struct in_addr ipv4;
	struct in6_addr ipv6;
};

static struct run *run;
static ares_channel channel;
static int set;
static struct lookup *lookups;
static long next, done;
static bool beginning;

static void begin_next(void);

static void
finish_part(struct lookup *lookup)
{
	long number = lookup - lookups;

	if (--lookup->missing > 0)
		return;
	run_end(run, number, is_answer(number, &lookup->ipv4, &lookup->ipv6));
	done++;
	/* A query that fails at once must not begin the next inside itself. */
	if (!beginning && next < run->count)
		begin_next();
}

static void
on_ipv4(void *arg, int status, int timeouts, unsigned char *data, int length)
{
	struct lookup *lookup = arg;
	struct hostent *host = NULL;

	(void)timeouts;
	if (status == ARES_SUCCESS &&
	    ares_parse_a_reply(data, length, &host, NULL, NULL) == ARES_SUCCESS) {
		memcpy(&lookup->ipv4, host->h_addr_list[0], sizeof lookup->ipv4);
		ares_free_hostent(host);
	}
	finish_part(lookup);
}

static void
on_ipv6(void *arg, int status, int timeouts, unsigned char *data, int length)
{
	struct lookup *lookup = arg;
	struct hostent *host = NULL;

	(void)timeouts;
	if (status == ARES_SUCCESS &&
	    ares_parse_aaaa_reply(data, length, &host, NULL, NULL) == ARES_SUCCESS) {
		memcpy(&lookup->ipv6, host->h_addr_list[0], sizeof lookup->ipv6);
		ares_free_hostent(host);
	}
	finish_part(lookup);
}

static void
begin_next(void)
{
	long number = next++;
	struct lookup *lookup = &lookups[number];
	char name[NAME_SIZE];

	lookup->missing = 2;
	run_begin(run, number, name);
	beginning = true;
	ares_query(channel, name, 1, 1, on_ipv4, lookup);
	ares_query(channel, name, 1, 28, on_ipv6, lookup);
	beginning = false;
}

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

static void
turn(void)
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
client_ares(struct run *the_run)
{
	struct ares_options options = { .sock_state_cb = on_socket_state,
					.flags = ARES_FLAG_STAYOPEN };

	run = the_run;
	lookups = calloc((size_t)run->count, sizeof *lookups);
	set = epoll_create1(EPOLL_CLOEXEC);
	ares_library_init(ARES_LIB_INIT_ALL);
	if (lookups == NULL ||
	    ares_init_options(&channel, &options,
			      ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB) != ARES_SUCCESS ||
	    ares_set_servers_ports_csv(channel, run->server) != ARES_SUCCESS)
		exit(1);
	ares_set_socket_configure_callback(channel, on_socket_made, NULL);
	run_start(run);
	for (;;) {
		while (next < run->count && next - done < run->outstanding)
			begin_next();
		if (done == run->count)
			break;
		turn();
	}
	run_stop(run);
	ares_destroy(channel);
	close(set);
	free(lookups);
}

const char *
client_ares_version(void)
{
	return ares_version(NULL);
}
