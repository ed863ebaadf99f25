/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/configuration_text.h>

#include <errno.h>
#include <stdlib.h>

#include "configuration.h"
#include "hosts_file.h"
#include "resolv_conf.h"
#include "text_file.h"
#include "text_writer.h"

static void
put_text(struct text_writer *writer, const char *key, const char *value)
{
	text_writer_put_text(writer, key);
	text_writer_put(writer, ' ');
	text_writer_put_text(writer, value);
	text_writer_put(writer, '\n');
}

static void
put_number(struct text_writer *writer, const char *key, size_t number)
{
	text_writer_put_text(writer, key);
	text_writer_put(writer, ' ');
	text_writer_put_number(writer, (uint32_t)number);
	text_writer_put(writer, '\n');
}

static void
put_suffixes(struct text_writer *writer, const char *key, const struct search_list *list)
{
	size_t i;

	text_writer_put_text(writer, key);
	text_writer_put(writer, ' ');
	for (i = 0; i < list->count; i++) {
		if (i > 0)
			text_writer_put(writer, ',');
		text_writer_put_text(writer, list->suffixes[i]);
	}
	text_writer_put(writer, '\n');
}

/* Which names may have private addresses. */
static void
put_private(struct text_writer *writer, const struct DnsResolverOptions *options)
{
	if ((options->flags & DNS_RESOLVER_REFUSE_PRIVATE) == 0)
		put_text(writer, "private", "yes");
	else if (options->private_suffixes == NULL || options->private_suffixes->count == 0)
		put_text(writer, "private", "no");
	else
		put_suffixes(writer, "private", options->private_suffixes);
}

static void
put_all(struct text_writer *writer, const struct DnsResolverOptions *options,
	const struct generation_settings *settings)
{
	const struct channel_options *channel = &settings->channel;
	char servers[SERVER_LIST_TEXT_SIZE];

	server_list_format(channel->servers, servers);
	put_text(writer, "servers", servers);
	put_suffixes(writer, "search", settings->search);
	put_number(writer, "ndots", (size_t)settings->search->ndots);
	put_number(writer, "timeout", (size_t)channel->timeout);
	put_number(writer, "tries", (size_t)channel->tries);
	put_number(writer, "deadline", (size_t)options->deadline);
	put_text(writer, "tcp", channel->use_tcp ? "yes" : "no");
	put_text(writer, "rotate", channel->rotate ? "yes" : "no");
	put_text(writer, "edns", channel->edns ? "yes" : "no");
	put_text(writer, "aaaa", settings->asks_no_aaaa ? "no" : "yes");
	put_private(writer, options);
	put_number(writer, "cache", options->cache_size);
	put_text(writer, "resolv.conf", configuration_get_path(options));
	put_text(writer, "hosts",
		 options->hosts_path != NULL ? options->hosts_path : HOSTS_FILE_PATH);
}

/* False: no memory, or no descriptor. A file that is not there is an empty one. */
static bool
read_resolv_conf(const struct DnsResolverOptions *options, struct resolv_conf *conf)
{
	struct text_file file;
	bool is_read;

	if (text_file_read(&file, configuration_get_path(options),
			   RESOLV_CONF_TEXT_MAXIMUM) != 0) {
		if (errno == ENOMEM || errno == EMFILE || errno == ENFILE)
			return false;
		file.text = NULL;
		file.length = 0;
	}
	is_read = resolv_conf_parse(conf, file.text != NULL ? file.text : "", file.length) &&
		  resolv_conf_apply_environment(conf);
	free(file.text);
	return is_read;
}

static bool
put_configuration(struct text_writer *writer, const struct DnsResolverOptions *options)
{
	struct generation_settings settings;
	struct resolv_conf conf;
	bool is_chosen;

	if (!read_resolv_conf(options, &conf))
		return false;
	is_chosen = configuration_choose(options, &conf, &settings);
	if (is_chosen) {
		put_all(writer, options, &settings);
		search_list_release(settings.search);
	}
	resolv_conf_clear(&conf);
	return is_chosen;
}

size_t
DnsConfigurationFormat(const DnsResolverOptions *options, char *buffer, size_t size)
{
	struct DnsResolverOptions copy;
	struct text_writer writer;

	text_writer_init(&writer, buffer, size);
	if (resolver_options_copy(&copy, options)) {
		if (!put_configuration(&writer, &copy))
			text_writer_init(&writer, buffer, size);
		resolver_options_clear(&copy);
	}
	return text_writer_end(&writer);
}
