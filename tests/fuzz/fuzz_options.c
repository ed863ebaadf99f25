/* SPDX-License-Identifier: MIT */
/* A command line of the tool, one argument a line. */
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "resolve.h"
#include "resolve_options.h"

#define ARGUMENTS_MAXIMUM 64

/* What the user would be told goes elsewhere; where that cannot be, so be it. */
static int
read_quietly(struct settings *settings, int count, char **arguments)
{
#ifdef __GLIBC__
	static FILE *nowhere;
	FILE *before = stderr;
	int status;

	if (nowhere == NULL)
		nowhere = fopen("/dev/null", "w");
	require(nowhere != NULL);
	optind = 0;
	stderr = nowhere;
	status = settings_read(settings, count, arguments);
	stderr = before;
	return status;
#else
	optind = 1;
	return settings_read(settings, count, arguments);
#endif
}

static void
check_settings(const struct settings *settings)
{
	require(settings->types.count >= 1 && settings->types.count <= TYPE_LIMIT);
	require(settings->family == AF_UNSPEC || settings->family == AF_INET ||
		settings->family == AF_INET6);
	require(settings->format != NULL);
	require(settings->end == '\n' || settings->end == '\0');
	require(settings->timeout > 0 && settings->try_timeout >= 0);
	require(settings->interval > 0 && settings->max_time >= 0);
	require(settings->count >= 1 && settings->jobs >= 1);
	require(settings->shard.count == 0 ||
		settings->shard.number < settings->shard.count);
	require(!settings->is_retrying || settings->is_resumed);
	require(!settings->is_resumed || settings->output_path != NULL);
	require(settings->operand_count <= ARGUMENTS_MAXIMUM &&
		settings->file_count <= ARGUMENTS_MAXIMUM);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char name[] = "resolve";
	char *arguments[ARGUMENTS_MAXIMUM + 2] = { name };
	char *text = malloc(size + 1), *at = text;
	struct settings settings;
	int count = 1, status;

	require(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	while (*at != '\0' && count <= ARGUMENTS_MAXIMUM) {
		arguments[count++] = at;
		at += strcspn(at, "\n");
		if (*at == '\n')
			*at++ = '\0';
	}
	status = read_quietly(&settings, count, arguments);
	require(status == EXIT_FOUND || status == EXIT_USAGE);
	if (status == EXIT_FOUND && settings.action != ACTION_HELP &&
	    settings.action != ACTION_VERSION)
		check_settings(&settings);
	settings_clear(&settings);
	free(text);
	return 0;
}
