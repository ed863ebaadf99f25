/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "configuration.h"

#include <stdlib.h>

#include "answer_cache.h"
#include "resolv_conf.h"

/* When neither the options nor resolv.conf say anything. */
#define TIMEOUT_DEFAULT 2000
#define TRIES_DEFAULT 3

/* NULL: nothing happens. */
static void
search_policy_free(struct search_policy *policy)
{
	if (policy == NULL)
		return;
	search_list_release(policy->list);
	free(policy);
}

static void
free_replaced(struct replaced *replaced)
{
	search_policy_free(container_of(replaced, struct search_policy, replaced));
}

/* Takes over the reference to the list; NULL: no memory. */
static struct search_policy *
search_policy_create(const struct generation_settings *settings)
{
	struct search_policy *policy = malloc(sizeof *policy);

	if (policy == NULL) {
		search_list_release(settings->search);
		return NULL;
	}
	policy->replaced.free = free_replaced;
	policy->list = settings->search;
	policy->asks_no_aaaa = settings->asks_no_aaaa;
	return policy;
}

const char *
configuration_get_path(const struct DnsResolverOptions *options)
{
	return options->resolv_conf_path != NULL ? options->resolv_conf_path :
						   RESOLV_CONF_PATH;
}

bool
configuration_init(struct configuration *configuration,
		   const struct DnsResolverOptions *options, struct channel_counts *counts,
		   struct answer_cache *cache, struct readers *readers)
{
	configuration->options = options;
	configuration->counts = counts;
	configuration->cache = cache;
	list_init(&configuration->generations);
	configuration->readers = readers;
	atomic_init(&configuration->policy, NULL);
	return file_watch_init(&configuration->watch, configuration_get_path(options),
			       RESOLV_CONF_TEXT_MAXIMUM);
}

void
configuration_clear(struct configuration *configuration)
{
	search_policy_free(atomic_load(&configuration->policy));
	file_watch_clear(&configuration->watch);
}

/* ---- On the loop ---- */

/* The suffixes of the options or of the file, and ndots likewise; NULL: no memory. */
static struct search_list *
make_search(const struct DnsResolverOptions *options, const struct resolv_conf *conf)
{
	const struct search_list *given = options->search != NULL ? options->search :
								    conf->search;
	struct search_list *search = search_list_copy(
		given, options->ndots >= 0 ? options->ndots : conf->ndots);

	if (search != NULL)
		search->may_ask_top_level = conf->search->may_ask_top_level;
	return search;
}

static void
set_policy(struct configuration *configuration, struct search_policy *policy)
{
	struct search_policy *before = atomic_exchange(&configuration->policy, policy);

	if (before != NULL)
		readers_retire(configuration->readers, &before->replaced);
}

static void
replace_current(struct configuration *configuration, struct generation *generation)
{
	struct generation *before = configuration->current;

	list_append(&configuration->generations, &generation->link);
	configuration->current = generation;
	if (before == NULL)
		return;
	generation_retire(before);
	generation_release(before);
	/* What other servers said, perhaps in another network, is nothing to go by. */
	if (configuration->cache != NULL)
		answer_cache_flush(configuration->cache);
}

bool
configuration_choose(const struct DnsResolverOptions *options,
		     const struct resolv_conf *conf, struct generation_settings *settings)
{
	*settings = (struct generation_settings){ .asks_no_aaaa = conf->no_aaaa };
	settings->channel.servers = options->servers.count > 0 ? &options->servers :
								 &conf->servers;
	settings->channel.timeout = options->timeout > 0 ? options->timeout :
				    conf->timeout > 0	 ? conf->timeout * 1000 :
							   TIMEOUT_DEFAULT;
	settings->channel.tries = options->tries > 0  ? options->tries :
				  conf->attempts > 0 ? conf->attempts :
						       TRIES_DEFAULT;
	settings->channel.use_tcp = conf->use_vc;
	settings->channel.rotate = conf->rotate;
	settings->channel.edns = conf->edns0;
	settings->channel.packets = options->packets;
	settings->channel.keep_case = (options->flags & DNS_RESOLVER_KEEP_CASE) != 0;
	settings->search = make_search(options, conf);
	return settings->search != NULL;
}

static bool
apply(struct configuration *configuration, const struct resolv_conf *conf)
{
	const struct DnsResolverOptions *options = configuration->options;
	struct generation_settings settings;
	struct generation *generation;
	struct search_policy *policy;

	if (!configuration_choose(options, conf, &settings))
		return false;
	settings.channel.counts = configuration->counts;
	settings.cache = configuration->cache;
	settings.may_be_stale = (options->flags & DNS_RESOLVER_NO_STALE) == 0;
	policy = search_policy_create(&settings);
	if (policy == NULL)
		return false;
	generation = generation_create(configuration->loop, &settings);
	if (generation == NULL) {
		search_policy_free(policy);
		return false;
	}
	set_policy(configuration, policy);
	replace_current(configuration, generation);
	return true;
}

/* Whoever writes a file in place empties it first, and some take it away: that is not
 * believed of servers that there were until the next look has seen it too. */
static bool
is_doubtful(const struct configuration *configuration, const struct resolv_conf *conf)
{
	return configuration->options->servers.count == 0 && conf->servers.count == 0 &&
	       configuration->current != NULL &&
	       configuration->current->servers.count > 0 &&
	       !configuration->watch.is_refused;
}

static bool
take_text(void *context, const char *text, size_t length)
{
	struct configuration *configuration = context;
	struct resolv_conf conf;
	bool is_taken;

	if (!resolv_conf_parse(&conf, text, length) || !resolv_conf_apply_environment(&conf))
		return false;
	is_taken = !is_doubtful(configuration, &conf) && apply(configuration, &conf);
	resolv_conf_clear(&conf);
	return is_taken;
}

struct generation *
configuration_get(struct configuration *configuration, struct loop *loop, int64_t now)
{
	configuration->loop = loop;
	readers_collect(configuration->readers);
	file_watch_look(&configuration->watch, now, take_text, configuration);
	if (configuration->current == NULL)
		take_text(configuration, "", 0);
	if (configuration->current == NULL)
		return NULL;
	return generation_retain(configuration->current);
}

void
configuration_close(struct configuration *configuration)
{
	struct list *generations = &configuration->generations;

	while (!list_is_empty(generations))
		generation_destroy(container_of(generations->next, struct generation, link));
	configuration->current = NULL;
}

/* ---- On any thread ---- */

const struct search_policy *
configuration_get_search(struct configuration *configuration, int64_t now)
{
	return file_watch_is_due(&configuration->watch, now) ?
		       NULL :
		       atomic_load(&configuration->policy);
}
