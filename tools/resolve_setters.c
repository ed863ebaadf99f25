/* SPDX-License-Identifier: MIT */
/* What each option does. */
#include <config.h>

#include "resolve_setters.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <asyncdns.h>

#include "resolve.h"
#include "resolve_pace.h"
#include "resolve_values.h"

#define JOBS_LIMIT 100000
#define TRIES_LIMIT 10
#define TRY_TIMEOUT_LIMIT 60000

typedef int option_setter(struct settings *, const char *text);

static int
complain(const char *message, const char *text)
{
	fprintf(stderr, PROGRAM_NAME ": %s%s\n", message, text);
	return EXIT_USAGE;
}

/* Which of the words it is; else -1, and the user has been told. */
static int
word_read(const char *text, const char *const words[], const char *message)
{
	int i;

	for (i = 0; words[i] != NULL; i++) {
		if (strcmp(text, words[i]) == 0)
			return i;
	}
	complain(message, text);
	return -1;
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

static int
set_reverse(struct settings *settings, const char *text)
{
	(void)text;
	settings->wants_addresses = true;
	return EXIT_FOUND;
}

/* ---- How ---- */

static int
set_server(struct settings *settings, const char *text)
{
	settings->server = text;
	return EXIT_FOUND;
}

static int
set_resolv_conf(struct settings *settings, const char *text)
{
	settings->resolv_conf = text;
	return EXIT_FOUND;
}

static int
set_no_hosts(struct settings *settings, const char *text)
{
	(void)text;
	settings->lookup_flags |= DNS_LOOKUP_NO_HOSTS;
	return EXIT_FOUND;
}

static int
set_no_search(struct settings *settings, const char *text)
{
	(void)text;
	settings->lookup_flags |= DNS_LOOKUP_NO_SEARCH;
	return EXIT_FOUND;
}

static int
set_tcp(struct settings *settings, const char *text)
{
	(void)text;
	settings->lookup_flags |= DNS_LOOKUP_TCP_ONLY;
	return EXIT_FOUND;
}

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

/* ---- What is written ---- */

static int
set_output(struct settings *settings, const char *text)
{
	settings->output_path = text;
	return EXIT_FOUND;
}

static int
set_resume(struct settings *settings, const char *text)
{
	(void)text;
	settings->is_resumed = true;
	return EXIT_FOUND;
}

static int
set_retry_failed(struct settings *settings, const char *text)
{
	(void)text;
	settings->is_retrying = true;
	return EXIT_FOUND;
}

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
set_unordered(struct settings *settings, const char *text)
{
	(void)text;
	settings->is_unordered = true;
	return EXIT_FOUND;
}

static int
set_only(struct settings *settings, const char *text)
{
	static const char *const words[] = {"all", "found", "failed", NULL};
	int word = word_read(text, words, "neither found nor failed: ");

	settings->only = (enum only)word;
	return word >= 0 ? EXIT_FOUND : EXIT_USAGE;
}

static int
set_color(struct settings *settings, const char *text)
{
	static const char *const words[] = {"auto", "always", "never", NULL};
	int word = WHEN_ALWAYS;

	if (text != NULL)
		word = word_read(text, words, "not auto, always or never: ");
	settings->color = (enum when)word;
	return word >= 0 ? EXIT_FOUND : EXIT_USAGE;
}

static int
set_quiet(struct settings *settings, const char *text)
{
	(void)text;
	settings->is_quiet = true;
	return EXIT_FOUND;
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

static option_setter *const setters[OPTION_COUNT] = {
	[OPTION_FILE] = set_file,
	[OPTION_NULL] = set_null,
	[OPTION_SHARD] = set_shard,
	[OPTION_TYPE] = set_type,
	[OPTION_IPV4] = set_ipv4,
	[OPTION_IPV6] = set_ipv6,
	[OPTION_REVERSE] = set_reverse,
	[OPTION_SERVER] = set_server,
	[OPTION_RESOLV_CONF] = set_resolv_conf,
	[OPTION_NO_HOSTS] = set_no_hosts,
	[OPTION_NO_SEARCH] = set_no_search,
	[OPTION_TCP] = set_tcp,
	[OPTION_JOBS] = set_jobs,
	[OPTION_RATE] = set_rate,
	[OPTION_TIMEOUT] = set_timeout,
	[OPTION_TRIES] = set_tries,
	[OPTION_TRY_TIMEOUT] = set_try_timeout,
	[OPTION_MAX_TIME] = set_max_time,
	[OPTION_OUTPUT] = set_output,
	[OPTION_RESUME] = set_resume,
	[OPTION_RETRY_FAILED] = set_retry_failed,
	[OPTION_FORMAT] = set_format,
	[OPTION_SHORT] = set_short,
	[OPTION_JSON] = set_json,
	[OPTION_UNORDERED] = set_unordered,
	[OPTION_ONLY] = set_only,
	[OPTION_COLOR] = set_color,
	[OPTION_QUIET] = set_quiet,
	[OPTION_VERBOSE] = set_verbose,
	[OPTION_SHOW_CONFIG] = set_show_config,
	[OPTION_HELP] = set_help,
	[OPTION_VERSION] = set_version,
};

int
option_apply(struct settings *settings, enum option_key key, const char *argument)
{
	return key < OPTION_COUNT ? setters[key](settings, argument) : EXIT_USAGE;
}
