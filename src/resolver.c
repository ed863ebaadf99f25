/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolver_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "gai_conf.h"
#include "handle_table.h"
#include "process.h"
#include "schedule_point.h"
#include "thread_role.h"

/* The errno for a token that cannot be pinned. */
static int
why_refused(const DnsResolver *token)
{
	if (handle_table_pin_inherited(HANDLE_RESOLVER, token) == NULL)
		return ESHUTDOWN;
	handle_table_unpin(token);
	return ECHILD;
}

struct resolver *
resolver_pin(DnsResolver *token)
{
	struct resolver *resolver;

	if (token == NULL)
		token = DnsResolverGetDefault();
	if (token == NULL)
		return NULL;
	resolver = handle_table_pin(HANDLE_RESOLVER, token);
	if (resolver == NULL)
		errno = why_refused(token);
	return resolver;
}

static void
destroy(struct resolver *resolver)
{
	if (resolver->is_configured)
		configuration_clear(&resolver->configuration);
	resolver_options_clear(&resolver->options);
	answer_cache_free(resolver->cache);
	if (resolver->hosts != NULL)
		hosts_file_close(resolver->hosts);
	address_sorter_free(resolver->sorter);
	readers_destroy(resolver->readers);
	counters_free(resolver->counts);
	dispatcher_destroy(&resolver->dispatcher);
	wait_handle_destroy(&resolver->closed);
	if (resolver->loop != NULL)
		loop_free(resolver->loop);
	free(resolver);
}

void
resolver_unpin(struct resolver *resolver)
{
	if (handle_table_unpin(resolver->token))
		destroy(resolver);
}

struct dispatcher *
resolver_get_dispatcher(struct resolver *resolver)
{
	unsigned int flags = resolver->options.flags;

	return (flags & DNS_RESOLVER_DISPATCH_CALLBACKS) != 0 ? &resolver->dispatcher : NULL;
}

enum address_order
resolver_get_order(const struct resolver *resolver, const struct DnsLookupOptions *options)
{
	switch (options->has_order ? options->order : resolver->options.order) {
	case DNS_ADDRESS_ORDER_RFC6724:
		return ADDRESS_ORDER_RFC6724;
	case DNS_ADDRESS_ORDER_IPV4_FIRST:
		return ADDRESS_ORDER_IPV4_FIRST;
	case DNS_ADDRESS_ORDER_IPV6_FIRST:
		return ADDRESS_ORDER_IPV6_FIRST;
	case DNS_ADDRESS_ORDER_INTERLEAVED:
		return ADDRESS_ORDER_INTERLEAVED;
	default:
		return ADDRESS_ORDER_AS_RECEIVED;
	}
}

/* The last thing that is done with a resolver that was closed. */
static void
finish_closing(struct resolver *resolver)
{
	handle_table_retire(resolver->token);
	SCHEDULE_POINT();
	wait_handle_signal(&resolver->closed);
	resolver_unpin(resolver);
}

/* The loop has ended, and no callback is due or running. */
static void
on_dispatcher_idle(struct dispatcher *dispatcher)
{
	struct resolver *resolver = container_of(dispatcher, struct resolver, dispatcher);

	if (resolver->closed_on_loop)
		finish_closing(resolver); /* else by whoever joins the thread */
}

/* The loop's thread ends. Without anybody to join it, what has to be done after that is
 * done here, or where the last callback is dispatched. */
static void
on_loop_end(void *reader)
{
	struct resolver *resolver = reader;

	if (resolver->closed_on_loop)
		loop_detach();
	handle_table_retain(resolver->token);
	dispatcher_complete(&resolver->dispatcher);
	resolver_unpin(resolver);
}

static void
on_close(struct letter *letter, void *reader)
{
	struct resolver *resolver = reader;
	struct resolver_work *work;

	(void)letter;
	while (!list_is_empty(&resolver->work)) {
		work = container_of(resolver->work.next, struct resolver_work, link);
		work->on_close(work);
	}
	configuration_close(&resolver->configuration);
	loop_stop(resolver->loop);
}

static struct address_sorter *
create_sorter(const char *path)
{
	return address_sorter_create(path != NULL ? path : GAI_CONF_PATH);
}

_Static_assert(RESOLVER_COUNTS <= COUNTERS_MAXIMUM, "there is a counter for each");

/* What it consists of, but for its thread; false: no memory. */
static bool
make_parts(struct resolver *resolver, const struct DnsResolverOptions *given)
{
	struct DnsResolverOptions *options = &resolver->options;
	const char *hosts_path;

	resolver->counts = counters_create();
	resolver->readers = readers_create();
	if (!resolver_options_copy(options, given) || resolver->counts == NULL ||
	    resolver->readers == NULL)
		return false;
	hosts_path = options->hosts_path != NULL ? options->hosts_path : HOSTS_FILE_PATH;
	resolver->hosts = hosts_file_open(hosts_path, resolver->readers);
	if (options->cache_size > 0)
		resolver->cache = answer_cache_create(options->cache_size);
	resolver->sorter = create_sorter(options->gai_conf_path);
	if (resolver->hosts == NULL || resolver->sorter == NULL ||
	    (options->cache_size > 0 && resolver->cache == NULL))
		return false;
	resolver->is_configured = true;
	return configuration_init(&resolver->configuration, options, &resolver->channel_counts,
				  resolver->cache, resolver->readers);
}

/* False with an errno. */
static bool
open_dispatcher(struct resolver *resolver, int *error)
{
	struct dispatcher *dispatcher = resolver_get_dispatcher(resolver);

	if (dispatcher == NULL || dispatcher_open(dispatcher) == 0)
		return true;
	*error = errno;
	return false;
}

DnsResolver *
DnsResolverCreate(const DnsResolverOptions *options)
{
	struct resolver *resolver = calloc(1, sizeof *resolver);
	int error = ENOMEM;

	if (resolver == NULL)
		return NULL;
	list_init(&resolver->work);
	address_config_init(&resolver->addresses);
	resolver->close_letter.deliver = on_close;
	wait_handle_init(&resolver->closed, NULL);
	dispatcher_init(&resolver->dispatcher, on_dispatcher_idle);
	if (make_parts(resolver, options) && open_dispatcher(resolver, &error))
		resolver->token = handle_table_insert(HANDLE_RESOLVER, resolver, 1);
	if (resolver->token == NULL) {
		destroy(resolver);
	} else {
		resolver->loop = loop_start(resolver, on_loop_end);
		if (resolver->loop != NULL)
			return resolver->token;
		error = errno;
		resolver_unpin(resolver);
	}
	errno = error;
	return NULL;
}

static bool
is_open(const DnsResolver *token)
{
	struct resolver *resolver = handle_table_pin(HANDLE_RESOLVER, token);
	bool open = false;

	if (resolver != NULL) {
		open = !atomic_load(&resolver->is_closing);
		resolver_unpin(resolver);
	}
	return open;
}

DnsResolver *
DnsResolverGetDefault(void)
{
	static _Atomic(DnsResolver *) shared;
	DnsResolver *token = atomic_load(&shared);

	if (is_open(token))
		return token;
	process_lock(PROCESS_LOCK_DEFAULT_RESOLVER);
	if (atomic_load(&shared) == token)
		atomic_store(&shared, DnsResolverCreate(NULL));
	token = atomic_load(&shared);
	process_unlock(PROCESS_LOCK_DEFAULT_RESOLVER);
	return token;
}

/* The resolvers that this thread closes when the callback that it dispatches has
 * returned: what they have to wait for may be that callback, or one that waits for it. */
static _Thread_local struct resolver *put_off;

/* What the loop must not do itself: waits for it, and for all callbacks. */
static void
close_fully(struct resolver *resolver)
{
	if (wait_handle_is_inherited(&resolver->closed))
		return; /* put off in the parent */
	loop_join(resolver->loop);
	dispatcher_drain(&resolver->dispatcher);
	if (!wait_handle_is_inherited(&resolver->closed))
		finish_closing(resolver); /* no callback has forked, and this is not the child */
}

static void
close_what_was_put_off(void)
{
	struct resolver *resolver;

	while ((resolver = put_off) != NULL) {
		put_off = resolver->next_put_off;
		close_fully(resolver);
	}
}

static void
begin_closing(struct resolver *resolver)
{
	resolver->closed_on_loop = thread_role_is_loop();
	if (dispatcher_is_running_here()) {
		resolver->next_put_off = put_off;
		put_off = resolver;
	}
	loop_post(resolver->loop, &resolver->close_letter);
}

void
DnsResolverClose(DnsResolver *token)
{
	struct resolver *resolver = handle_table_pin(HANDLE_RESOLVER, token);
	/* On a loop, be it this or that of another resolver, nothing is waited for. */
	bool may_wait = !thread_role_is_loop() && !dispatcher_is_running_here();
	bool is_first;

	if (resolver == NULL)
		return;
	is_first = !atomic_exchange(&resolver->is_closing, true);
	SCHEDULE_POINT();
	if (is_first)
		begin_closing(resolver);
	if (may_wait && is_first) {
		close_fully(resolver);
	} else if (may_wait) {
		/* Nobody else might run what is due. */
		dispatcher_drain(&resolver->dispatcher);
		wait_handle_await(&resolver->closed);
	}
	resolver_unpin(resolver);
	if (may_wait)
		close_what_was_put_off();
}

int
DnsResolverGetDescriptor(DnsResolver *token)
{
	struct resolver *resolver = handle_table_pin(HANDLE_RESOLVER, token);
	int descriptor = -1, error = token != NULL ? why_refused(token) : EINVAL;

	if (resolver != NULL) {
		/* -1 if there is none */
		descriptor = resolver->dispatcher.notifier.descriptor;
		error = EINVAL;
		resolver_unpin(resolver);
	}
	if (descriptor < 0)
		errno = error;
	return descriptor;
}

size_t
DnsResolverDispatch(DnsResolver *token)
{
	struct resolver *resolver;
	size_t due, count = 0;

	/* Callbacks do not nest. */
	if (thread_role_is_in_callback())
		return 0;
	resolver = handle_table_pin(HANDLE_RESOLVER, token);
	if (resolver == NULL)
		return 0;
	due = dispatcher_count_due(&resolver->dispatcher);
	for (; count < due && dispatcher_run_one(&resolver->dispatcher); count++)
		close_what_was_put_off();
	resolver_unpin(resolver);
	return count;
}

void
DnsResolverFlushCache(DnsResolver *token)
{
	struct resolver *resolver = resolver_pin(token);

	if (resolver == NULL)
		return;
	if (resolver->cache != NULL)
		answer_cache_flush(resolver->cache);
	resolver_unpin(resolver);
}

void
DnsResolverGetStatistics(DnsResolver *token, DnsStatistics *retStatistics)
{
	struct resolver *resolver;
	struct channel_counts *channel;

	if (retStatistics == NULL)
		return;
	memset(retStatistics, 0, sizeof *retStatistics);
	resolver = resolver_pin(token);
	if (resolver == NULL)
		return;
	channel = &resolver->channel_counts;
	retStatistics->begun = counters_read(resolver->counts, RESOLVER_BEGUN);
	retStatistics->completed = counters_read(resolver->counts, RESOLVER_COMPLETED);
	retStatistics->completedSynchronously = counters_read(resolver->counts, RESOLVER_SYNCHRONOUS);
	retStatistics->succeeded = counters_read(resolver->counts, RESOLVER_SUCCEEDED);
	retStatistics->timedOut = counters_read(resolver->counts, RESOLVER_TIMED_OUT);
	retStatistics->cancelled = counters_read(resolver->counts, RESOLVER_CANCELLED);
	retStatistics->closed = counters_read(resolver->counts, RESOLVER_CLOSED);
	retStatistics->ended = counters_read(resolver->counts, RESOLVER_ENDED);
	retStatistics->questions = atomic_load(&channel->questions);
	retStatistics->answers = atomic_load(&channel->answers);
	retStatistics->waiting = atomic_load(&channel->waiting);
	retStatistics->inFlight = atomic_load(&channel->in_flight);
	resolver_unpin(resolver);
}
