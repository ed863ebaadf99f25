/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "asyncdns_client.h"
#include "client.h"

#define EVENTS 64

/* One of the lookups outstanding; another takes its place. */
struct seat {
	long number;
	DnsAsyncResult *result;
};

static struct run *run;
static DnsResolver *resolver;
static struct seat *seats;
static DnsWaitHandle **handles;	/* by seat; without gaps, the lookups under way */
static size_t seat_count;
static long next;

static void
open_seats(struct run *the_run)
{
	run = the_run;
	resolver = asyncdns_open(asyncdns_options(run));
	seats = calloc((size_t)run->outstanding, sizeof *seats);
	handles = calloc((size_t)run->outstanding, sizeof(DnsWaitHandle *));
	if (seats == NULL || handles == NULL)
		run_fail("calloc");
}

static void
close_seats(void)
{
	DnsResolverClose(resolver);
	free(seats);
	free(handles);
}

static void
take_seat(size_t i)
{
	seats[i].number = next++;
	seats[i].result = asyncdns_begin(run, resolver, seats[i].number, NULL, NULL);
	handles[i] = DnsAsyncResultCopyWaitHandle(seats[i].result);
}

static void
leave_seat(size_t i)
{
	DnsWaitHandleRelease(handles[i]);
	asyncdns_end(run, seats[i].number, seats[i].result);
}

void
client_wait_any(struct run *the_run)
{
	size_t i;

	open_seats(the_run);
	run_start(run);
	for (; next < run->outstanding && next < run->count; seat_count++)
		take_seat(seat_count);
	while (seat_count > 0) {
		DnsWaitHandleWaitAny(handles, seat_count, DNS_WAIT_FOREVER, &i);
		leave_seat(i);
		if (next < run->count) {
			take_seat(i);
			continue;
		}
		seats[i] = seats[--seat_count];
		handles[i] = handles[seat_count];
	}
	run_stop(run);
	close_seats();
}

static void
watch(int set, size_t i)
{
	struct epoll_event event = { .events = EPOLLIN, .data.u64 = i };

	take_seat(i);
	/* Closed with the handle, it leaves the set. */
	if (epoll_ctl(set, EPOLL_CTL_ADD, DnsWaitHandleGetDescriptor(handles[i]), &event) < 0)
		run_fail("epoll_ctl");
}

void
client_descriptor(struct run *the_run)
{
	int set = epoll_create1(EPOLL_CLOEXEC), count, i;
	struct epoll_event events[EVENTS];

	open_seats(the_run);
	run_start(run);
	for (; next < run->outstanding && next < run->count; seat_count++)
		watch(set, seat_count);
	while (seat_count > 0) {
		count = epoll_wait(set, events, EVENTS, -1);
		for (i = 0; i < count; i++) {
			leave_seat(events[i].data.u64);
			if (next < run->count)
				watch(set, events[i].data.u64);
			else
				seat_count--;
		}
	}
	run_stop(run);
	close(set);
	close_seats();
}
