/* SPDX-License-Identifier: MIT */
/* Callbacks in a GLib main loop, as in a program with GTK, where only the main thread may
 * touch the user interface.
 *
 *     dispatch_glib SERVER HOST... */
#include <errno.h>
#include <glib-unix.h>
#include <glib.h>
#include <string.h>

#include "example.h"

struct program {
	DnsResolver *resolver;
	GMainLoop *loop;
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

/* Removes its source, too, after the last. */
static gboolean
on_due(gint descriptor, GIOCondition condition, gpointer argument)
{
	struct program *program = argument;

	(void)descriptor;
	(void)condition;
	DnsResolverDispatch(program->resolver);
	if (left > 0)
		return G_SOURCE_CONTINUE;
	g_main_loop_quit(program->loop);
	return G_SOURCE_REMOVE;
}

int
main(int argc, char *argv[])
{
	struct program program;
	int i;

	if (argc < 3) {
		puts("You must specify a server and the names of hosts.");
		return 2;
	}
	program.resolver = example_make_resolver(argv[1], DNS_RESOLVER_DISPATCH_CALLBACKS);
	program.loop = g_main_loop_new(NULL, FALSE);
	for (i = 2; i < argc; i++)
		begin(program.resolver, argv[i]);
	if (left > 0) {
		g_unix_fd_add(DnsResolverGetDescriptor(program.resolver), G_IO_IN, on_due,
			      &program);
		g_main_loop_run(program.loop);
	}

	g_main_loop_unref(program.loop);
	DnsResolverClose(program.resolver);
	return 0;
}
