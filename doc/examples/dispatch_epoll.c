/* SPDX-License-Identifier: MIT */
/* Callbacks in a loop of one's own, with epoll: the resolver has one descriptor for all
 * of its operations, and when that is readable, callbacks are due. They run on the thread
 * that dispatches them. This program has no other, and so needs no lock.
 *
 *     dispatch_epoll SERVER HOST... */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "example.h"

static int left; /* lookups whose callback has not run yet */

static void
on_host(DnsAsyncResult *result)
{
	const char *host_name = DnsAsyncResultGetState(result);
	DnsHostEntry *entry;
	DnsStatus status = EndGetHostByName(result, &entry);

	example_print_line(host_name, status, entry);
	DnsHostEntryRelease(entry);
	left--;
}

static void
begin(DnsResolver *resolver, char *host_name)
{
	/* Counted before Begin, inside which an address calls back. */
	left++;
	if (BeginGetHostByName(resolver, host_name, on_host, host_name) != NULL)
		return;
	printf("%s: %s\n", host_name, strerror(errno));
	left--;
}

static int
watch(DnsResolver *resolver)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = resolver };
	int descriptor = DnsResolverGetDescriptor(resolver);
	int loop = epoll_create1(EPOLL_CLOEXEC);

	if (epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event) != 0) {
		perror("epoll_ctl");
		exit(2);
	}
	return loop;
}

int
main(int argc, char *argv[])
{
	struct epoll_event event;
	DnsResolver *resolver;
	int loop, i;

	if (argc < 3) {
		puts("You must specify a server and the names of hosts.");
		return 2;
	}
	resolver = example_make_resolver(argv[1], DNS_RESOLVER_DISPATCH_CALLBACKS);
	loop = watch(resolver);
	for (i = 2; i < argc; i++)
		begin(resolver, argv[i]);

	/* Whatever else the program watches is served here, too. */
	while (left > 0)
		if (epoll_wait(loop, &event, 1, -1) == 1 && event.data.ptr == resolver)
			DnsResolverDispatch(resolver);

	/* The loop before the resolver, to which the descriptor belongs. */
	close(loop);
	DnsResolverClose(resolver);
	return 0;
}
