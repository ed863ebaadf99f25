/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolver_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "handle_table.h"
#include "resolv_conf.h"
#include "thread_role.h"

/* When neither the options nor resolv.conf say anything. */
#define TIMEOUT_DEFAULT 2000
#define TRIES_DEFAULT 3

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
		errno = ESHUTDOWN;
	return resolver;
}

static void
destroy(struct resolver *resolver)
{
	resolver_options_clear(&resolver->options);
	if (resolver->hosts != NULL)
		hosts_file_close(resolver->hosts);
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

/* Opens the channel at the first question for a server; the file is read here, on the
 * loop, since Begin must not. Without servers every question fails. */
struct channel *
resolver_need_channel(struct resolver *resolver)
{
	const struct DnsResolverOptions *options = &resolver->options;
	const char *path = options->resolv_conf_path;
	struct channel_options settings;
	struct resolv_conf conf;

	if (resolver->channel != NULL)
		return resolver->channel;
	resolv_conf_read(&conf, path != NULL ? path : RESOLV_CONF_PATH);
	settings.servers = options->servers.count > 0 ? &options->servers : &conf.servers;
	settings.timeout = options->timeout > 0 ? options->timeout :
			   conf.timeout > 0	? conf.timeout * 1000 :
						  TIMEOUT_DEFAULT;
	settings.tries = options->tries > 0 ? options->tries :
			 conf.attempts > 0  ? conf.attempts :
					      TRIES_DEFAULT;
	settings.counts = &resolver->counts.channel;
	resolver->channel = channel_open(resolver->loop, &settings);
	return resolver->channel;
}

/* The last thing that is done with a resolver that was closed. */
static void
finish_closing(struct resolver *resolver)
{
	handle_table_retire(resolver->token);
	wait_handle_signal(&resolver->closed);
	resolver_unpin(resolver);
}

/* The loop's thread ends. */
static void
on_loop_end(void *reader)
{
	struct resolver *resolver = reader;

	if (!resolver->closed_on_loop)
		return; /* whoever closed it joins this thread */
	loop_detach();
	finish_closing(resolver);
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
	if (resolver->channel != NULL)
		channel_close(resolver->channel);
	resolver->channel = NULL;
	loop_stop(resolver->loop);
}

static struct hosts_file *
open_hosts(const char *path)
{
	return hosts_file_open(path != NULL ? path : HOSTS_FILE_PATH);
}

DnsResolver *
DnsResolverCreate(const DnsResolverOptions *options)
{
	struct resolver *resolver = calloc(1, sizeof *resolver);
	int error = ENOMEM;

	if (resolver == NULL)
		return NULL;
	list_init(&resolver->work);
	resolver->close_letter.deliver = on_close;
	wait_handle_init(&resolver->closed, NULL);
	if (resolver_options_copy(&resolver->options, options))
		resolver->hosts = open_hosts(resolver->options.hosts_path);
	if (resolver->hosts != NULL)
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
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static _Atomic(DnsResolver *) shared;
	DnsResolver *token = atomic_load(&shared);

	if (is_open(token))
		return token;
	pthread_mutex_lock(&lock);
	if (atomic_load(&shared) == token)
		atomic_store(&shared, DnsResolverCreate(NULL));
	token = atomic_load(&shared);
	pthread_mutex_unlock(&lock);
	return token;
}

void
DnsResolverClose(DnsResolver *token)
{
	struct resolver *resolver = handle_table_pin(HANDLE_RESOLVER, token);

	if (resolver == NULL)
		return;
	if (!atomic_exchange(&resolver->is_closing, true)) {
		/* On a loop, be it this or that of another resolver, nothing is waited for. */
		resolver->closed_on_loop = thread_role_is_loop();
		loop_post(resolver->loop, &resolver->close_letter);
		if (!thread_role_is_loop()) {
			loop_join(resolver->loop);
			finish_closing(resolver);
		}
	} else if (!thread_role_is_loop()) {
		wait_handle_await(&resolver->closed);
	}
	resolver_unpin(resolver);
}

void
DnsResolverGetStatistics(DnsResolver *token, DnsStatistics *retStatistics)
{
	struct resolver *resolver;
	struct resolver_counts *counts;

	if (retStatistics == NULL)
		return;
	memset(retStatistics, 0, sizeof *retStatistics);
	resolver = resolver_pin(token);
	if (resolver == NULL)
		return;
	counts = &resolver->counts;
	retStatistics->begun = atomic_load(&counts->begun);
	retStatistics->completed = atomic_load(&counts->completed);
	retStatistics->completedSynchronously = atomic_load(&counts->synchronous);
	retStatistics->succeeded = atomic_load(&counts->succeeded);
	retStatistics->timedOut = atomic_load(&counts->timed_out);
	retStatistics->cancelled = atomic_load(&counts->cancelled);
	retStatistics->closed = atomic_load(&counts->closed);
	retStatistics->ended = atomic_load(&counts->ended);
	retStatistics->questions = atomic_load(&counts->channel.questions);
	retStatistics->answers = atomic_load(&counts->channel.answers);
	retStatistics->waiting = atomic_load(&counts->channel.waiting);
	retStatistics->inFlight = atomic_load(&counts->channel.in_flight);
	resolver_unpin(resolver);
}
