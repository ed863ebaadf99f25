/* SPDX-License-Identifier: MIT */
/* Raw c-ares on a loop written by hand, as its documentation shows it. */
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

struct lookup {
	long number;
	int missing;
	struct in_addr ipv4;
	struct in6_addr ipv6;
};

static struct run *run;
static ares_channel channel;
static int set;
static long next, done;

static void
finish_part(struct lookup *lookup)
{
	if (--lookup->missing > 0)
		return;
	run_end(run, lookup->number,
		is_answer(lookup->number, &lookup->ipv4, &lookup->ipv6));
	done++;
	free(lookup);
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
	struct lookup *lookup = calloc(1, sizeof *lookup);
	char name[NAME_SIZE];

	lookup->number = next++;
	lookup->missing = 2;
	run_begin(run, lookup->number, name);
	ares_query(channel, name, 1, 1, on_ipv4, lookup);
	ares_query(channel, name, 1, 28, on_ipv6, lookup);
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
	int count, i, descriptor;

	count = epoll_wait(set, events, EVENTS,
			   wait == NULL ? -1 :
					  (int)(wait->tv_sec * 1000 + wait->tv_usec / 1000));
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
					.flags = ARES_FLAG_STAYOPEN,
					.socket_receive_buffer_size = 1024 * 1024 };

	run = the_run;
	set = epoll_create1(EPOLL_CLOEXEC);
	ares_library_init(ARES_LIB_INIT_ALL);
	if (ares_init_options(&channel, &options, ARES_OPT_FLAGS | ARES_OPT_SOCK_STATE_CB |
							  ARES_OPT_SOCK_RCVBUF) !=
		    ARES_SUCCESS ||
	    ares_set_servers_ports_csv(channel, run->server) != ARES_SUCCESS)
		exit(1);
	while (done < run->count) {
		while (next < run->count && next - done < run->outstanding)
			begin_next();
		turn();
	}
	ares_destroy(channel);
	close(set);
}
