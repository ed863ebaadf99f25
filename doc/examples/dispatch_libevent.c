/* SPDX-License-Identifier: MIT */
/* Callbacks in a libevent loop. That the library uses libevent too makes no difference:
 * it has a base of its own, and this one is the program's.
 *
 *     dispatch_libevent SERVER HOST... */
#include <errno.h>
#include <event2/event.h>
#include <string.h>

#include "example.h"

struct program {
	DnsResolver *resolver;
	struct event *is_due;
};

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

/* The loop ends when nothing is left for it to watch. */
static void
on_due(evutil_socket_t descriptor, short what, void *argument)
{
	struct program *program = argument;

	(void)descriptor;
	(void)what;
	DnsResolverDispatch(program->resolver);
	if (left == 0)
		event_del(program->is_due);
}

int
main(int argc, char *argv[])
{
	struct event_base *base;
	struct program program;
	int i;

	if (argc < 3) {
		puts("You must specify a server and the names of hosts.");
		return 2;
	}
	program.resolver = example_make_resolver(argv[1], DNS_RESOLVER_DISPATCH_CALLBACKS);
	base = event_base_new();
	program.is_due = event_new(base, DnsResolverGetDescriptor(program.resolver),
				   EV_READ | EV_PERSIST, on_due, &program);
	for (i = 2; i < argc; i++)
		begin(program.resolver, argv[i]);
	if (left > 0) {
		event_add(program.is_due, NULL);
		event_base_dispatch(base);
	}

	/* The event before the resolver, to which the descriptor belongs. */
	event_free(program.is_due);
	event_base_free(base);
	DnsResolverClose(program.resolver);
	return 0;
}
