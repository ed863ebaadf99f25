/* SPDX-License-Identifier: MIT */
/* What each option does. */
#include <config.h>

#include "resolve_setters.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <asyncdns.h>

#include "resolve.h"
#include "resolve_pace.h"
#include "resolve_values.h"

#define JOBS_LIMIT 100000
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define TRIES_LIMIT 10
#define TRY_TIMEOUT_LIMIT 60000

typedef int option_setter(struct settings *, const char *text);

static int
complain(const char *message, const char *text)
{
	fprintf(stderr, PROGRAM_NAME ": %s%s\n", message, text);
	return EXIT_USAGE;
}

/* ---- What is looked up ---- */

static int
set_file(struct settings *settings, const char *text)
{
	settings->files[settings->file_count++] = text;
	return EXIT_FOUND;
}

static int
set_null(struct settings *settings, const char *text)
{
	(void)text;
	settings->end = '\0';
	return EXIT_FOUND;
}

static int
set_shard(struct settings *settings, const char *text)
{
	return shard_read(&settings->shard, text)
		       ? EXIT_FOUND
		       : complain("not K/N, with K from 1 to N: ", text);
}

static int
set_type(struct settings *settings, const char *text)
{
	switch (type_list_read(&settings->types, text)) {
	case TYPES_UNKNOWN:
		return complain("not a type of records: ", text);
	case TYPES_TOO_MANY:
		return complain("more than 16 types: ", text);
	default:
		return EXIT_FOUND;
	}
}

static int
set_ipv4(struct settings *settings, const char *text)
{
	(void)text;
	settings->family = AF_INET;
	return EXIT_FOUND;
}

static int
set_ipv6(struct settings *settings, const char *text)
{
	(void)text;
	settings->family = AF_INET6;
	return EXIT_FOUND;
}

/* ---- How ---- */

static int
set_timeout(struct settings *settings, const char *text)
{
	settings->timeout = time_read(text);
	return settings->timeout > 0 ? EXIT_FOUND : complain("not a time: ", text);
}

static int
set_tries(struct settings *settings, const char *text)
{
	settings->tries = number_read(text, TRIES_LIMIT);
	return settings->tries > 0 ? EXIT_FOUND
				   : complain("not a number from 1 to 10: ", text);
}

static int
set_try_timeout(struct settings *settings, const char *text)
{
	settings->try_timeout = time_read(text);
	return settings->try_timeout > 0 && settings->try_timeout <= TRY_TIMEOUT_LIMIT
		       ? EXIT_FOUND
		       : complain("not a time of at most 1m: ", text);
}

static int
set_jobs(struct settings *settings, const char *text)
{
	settings->jobs = number_read(text, JOBS_LIMIT);
	return settings->jobs > 0 ? EXIT_FOUND
				  : complain("not a number from 1 to 100000: ", text);
}

static int
set_rate(struct settings *settings, const char *text)
{
	settings->rate = number_read(text, PACE_RATE_LIMIT);
	return settings->rate > 0 ? EXIT_FOUND
				  : complain("not a number from 1 to 1000000000: ", text);
}

static int
set_max_time(struct settings *settings, const char *text)
{
	settings->max_time = time_read(text);
	return settings->max_time > 0 ? EXIT_FOUND : complain("not a time: ", text);
}

static int
set_count(struct settings *settings, const char *text)
{
	settings->count = number_read(text, UINT_MAX);
	settings->lookup_flags |= settings->count > 1 ? DNS_LOOKUP_NO_CACHE : 0;
	return settings->count > 0 ? EXIT_FOUND
				   : complain("not a number from 1 on: ", text);
}

static int
set_interval(struct settings *settings, const char *text)
{
	settings->interval = time_read(text);
	return settings->interval > 0 ? EXIT_FOUND : complain("not a time: ", text);
}

static int
set_refuse_private(struct settings *settings, const char *text)
{
	settings->refuses_private = true;
	settings->private_suffixes = text;
	return EXIT_FOUND;
}

/* ---- What is written ---- */

static int
set_format(struct settings *settings, const char *text)
{
	settings->format = format_find(text);
	return settings->format != NULL ? EXIT_FOUND : complain("not a format: ", text);
}

static int
set_short(struct settings *settings, const char *text)
{
	(void)text;
	settings->format = &format_short;
	return EXIT_FOUND;
}

static int
set_json(struct settings *settings, const char *text)
{
	(void)text;
	settings->format = &format_jsonl;
	return EXIT_FOUND;
}

static int
set_only(struct settings *settings, const char *text)
{
	static const char *const words[] = {"all", "found", "failed", NULL};
	int word = word_read(text, words);

	settings->only = (enum only)word;
	return word >= 0 ? EXIT_FOUND : complain("neither found nor failed: ", text);
}

static int
set_color(struct settings *settings, const char *text)
{
	static const char *const words[] = {"auto", "always", "never", NULL};
	int word = text != NULL ? word_read(text, words) : WHEN_ALWAYS;

	settings->color = (enum when)word;
	return word >= 0 ? EXIT_FOUND : complain("not auto, always or never: ", text);
}

static int
set_stats(struct settings *settings, const char *text)
{
	settings->stats = text != NULL ? STATS_JSON : STATS_TEXT;
	return text == NULL || strcmp(text, "json") == 0 ? EXIT_FOUND
							 : complain("not json: ", text);
}

static int
set_progress(struct settings *settings, const char *text)
{
	static const char *const words[] = {"auto", "always", "never", "json", NULL};
	int word = text != NULL ? word_read(text, words) : PROGRESS_WHEN_ALWAYS;

	settings->progress = (enum progress_when)word;
	return word >= 0 ? EXIT_FOUND
			 : complain("not auto, always, never or json: ", text);
}

static int
set_verbose(struct settings *settings, const char *text)
{
	(void)text;
	settings->verbosity++;
	return EXIT_FOUND;
}

static int
set_show_config(struct settings *settings, const char *text)
{
	(void)text;
	settings->action = ACTION_SHOW_CONFIG;
	return EXIT_FOUND;
}

static int
set_help(struct settings *settings, const char *text)
{
	(void)text;
	settings->action = ACTION_HELP;
	return EXIT_FOUND;
}

static int
set_version(struct settings *settings, const char *text)
{
	(void)text;
	settings->action = ACTION_VERSION;
	return EXIT_FOUND;
}

/* ---- All of them ---- */

/* Those that only set a switch, or one of the DnsLookupFlags, or keep their argument. */
static const struct {
	enum option_key key;
	size_t offset;
} switches[] = {
	{OPTION_REVERSE, offsetof(struct settings, wants_addresses)},
	{OPTION_RESUME, offsetof(struct settings, is_resumed)},
	{OPTION_RETRY_FAILED, offsetof(struct settings, is_retrying)},
	{OPTION_UNORDERED, offsetof(struct settings, is_unordered)},
	{OPTION_QUIET, offsetof(struct settings, is_quiet)},
};

static const struct {
	enum option_key key;
	size_t offset;
} texts[] = {
	{OPTION_SERVER, offsetof(struct settings, server)},
	{OPTION_RESOLV_CONF, offsetof(struct settings, resolv_conf)},
	{OPTION_OUTPUT, offsetof(struct settings, output_path)},
};

static const struct {
	enum option_key key;
	unsigned int flag;
} flags[] = {
	{OPTION_NO_HOSTS, DNS_LOOKUP_NO_HOSTS},
	{OPTION_NO_SEARCH, DNS_LOOKUP_NO_SEARCH},
	{OPTION_TCP, DNS_LOOKUP_TCP_ONLY},
};

static void
apply_simply(struct settings *settings, enum option_key key, const char *argument)
{
	char *members = (char *)settings;
	size_t i;

	for (i = 0; i < COUNT_OF(switches); i++) {
		if (switches[i].key == key)
			*(bool *)(void *)(members + switches[i].offset) = true;
	}
	for (i = 0; i < COUNT_OF(texts); i++) {
		if (texts[i].key == key)
			*(const char **)(void *)(members + texts[i].offset) = argument;
	}
	for (i = 0; i < COUNT_OF(flags); i++) {
		if (flags[i].key == key)
			settings->lookup_flags |= flags[i].flag;
	}
}

/* All others. */
static option_setter *const setters[OPTIONS_END] = {
	[OPTION_FILE] = set_file,
	[OPTION_NULL] = set_null,
	[OPTION_SHARD] = set_shard,
	[OPTION_TYPE] = set_type,
	[OPTION_IPV4] = set_ipv4,
	[OPTION_IPV6] = set_ipv6,
	[OPTION_REFUSE_PRIVATE] = set_refuse_private,
	[OPTION_JOBS] = set_jobs,
	[OPTION_RATE] = set_rate,
	[OPTION_TIMEOUT] = set_timeout,
	[OPTION_TRIES] = set_tries,
	[OPTION_TRY_TIMEOUT] = set_try_timeout,
	[OPTION_MAX_TIME] = set_max_time,
	[OPTION_COUNT] = set_count,
	[OPTION_INTERVAL] = set_interval,
	[OPTION_FORMAT] = set_format,
	[OPTION_SHORT] = set_short,
	[OPTION_JSON] = set_json,
	[OPTION_ONLY] = set_only,
	[OPTION_COLOR] = set_color,
	[OPTION_STATS] = set_stats,
	[OPTION_PROGRESS] = set_progress,
	[OPTION_VERBOSE] = set_verbose,
	[OPTION_SHOW_CONFIG] = set_show_config,
	[OPTION_HELP] = set_help,
	[OPTION_VERSION] = set_version,
};

int
option_apply(struct settings *settings, enum option_key key, const char *argument)
{
	if (key >= OPTIONS_END)
		return EXIT_USAGE;
	apply_simply(settings, key, argument);
	return setters[key] != NULL ? setters[key](settings, argument) : EXIT_FOUND;
}
