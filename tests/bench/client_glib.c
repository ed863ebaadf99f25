/* SPDX-License-Identifier: MIT */
#include <gio/gio.h>

#include "client.h"

static struct run *run;
static GResolver *resolver;
static long next, done;

static void on_addresses(GObject *source, GAsyncResult *result, void *state);

static void
begin_next(void)
{
	GResolverNameLookupFlags flags = run->family == AF_INET ?
						 G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY :
						 G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT;

	if (next == run->count)
		return;
	run_begin(run, next);
	g_resolver_lookup_by_name_with_flags_async(resolver, run->names[next], flags, NULL,
						   on_addresses, &run->times[next]);
	next++;
}

static bool
is_good(long number, GList *found)
{
	const void *ipv4 = NULL, *ipv6 = NULL;

	for (; found != NULL; found = found->next) {
		if (g_inet_address_get_family(found->data) == G_SOCKET_FAMILY_IPV4)
			ipv4 = g_inet_address_to_bytes(found->data);
		else
			ipv6 = g_inet_address_to_bytes(found->data);
	}
	return run_is_answer(run, number, ipv4, ipv6);
}

static void
on_addresses(GObject *source, GAsyncResult *result, void *state)
{
	long number = (int64_t *)state - run->times;
	GList *found = g_resolver_lookup_by_name_with_flags_finish(resolver, result, NULL);

	(void)source;
	run_end(run, number, is_good(number, found));
	g_resolver_free_addresses(found);
	done++;
	begin_next();
}

void
client_glib(struct run *the_run)
{
	long i;

	run = the_run;
	resolver = g_resolver_get_default();
	run_start(run);
	for (i = 0; i < run->outstanding; i++)
		begin_next();
	while (done < run->count)
		g_main_context_iteration(NULL, TRUE);
	run_stop(run);
	g_object_unref(resolver);
}
