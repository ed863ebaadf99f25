/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <asyncdns.h>

#include "resolve.h"
#include "resolve_record.h"
#include "resolve_setters.h"
#include "resolve_table.h"

#define DEFAULT_TIMEOUT 10000
#define DEFAULT_INTERVAL 1000
#define DEFAULT_JOBS 256

/* getopt_long hands these out for the rows of the table; '?' is its own. */
#define VALUE_OF(key) ((int)(key) + 256)

static const char usage_hint[] =
	"Try '" PROGRAM_NAME " --help' for more information.\n";

/* The table as getopt_long wants it. */
struct getopt_tables {
	struct option long_options[OPTIONS_END + 1];
	char short_options[3 * OPTIONS_END + 1];
};

int
usage_complain(const char *message, const char *what)
{
	fprintf(stderr, PROGRAM_NAME ": %s%s\n%s", message, what, usage_hint);
	return EXIT_USAGE;
}

static void
getopt_tables_fill(struct getopt_tables *tables)
{
	char *letter = tables->short_options;
	size_t i;

	for (i = 0; i < OPTIONS_END; i++) {
		const struct option_row *row = &option_rows[i];

		tables->long_options[i] = (struct option){
			.name = row->name,
			.has_arg = row->has_argument,
			.val = VALUE_OF(i),
		};
		if (row->letter == 0)
			continue;
		*letter++ = row->letter;
		/* Only the long form has an argument that may be left out. */
		if (row->has_argument == required_argument)
			*letter++ = ':';
	}
	*letter = '\0';
	tables->long_options[OPTIONS_END] = (struct option){.name = NULL};
}

/* The option that getopt_long has found; OPTIONS_END: it has complained. */
static enum option_key
key_of(int value)
{
	size_t i;

	if (value >= 256)
		return (enum option_key)(value - 256);
	for (i = 0; i < OPTIONS_END; i++) {
		if (option_rows[i].letter == value)
			return (enum option_key)i;
	}
	return OPTIONS_END;
}

/* What is left of the operands when the @SERVER ones are taken out. */
static void
operands_read(struct settings *settings, int argc, char *argv[])
{
	int i;

	settings->operands = argv;
	for (i = 0; i < argc; i++) {
		if (argv[i][0] == '@')
			settings->server = argv[i] + 1;
		else
			settings->operands[settings->operand_count++] = argv[i];
	}
}

/* Can all items be read once more? */
static bool
settings_can_rewind(const struct settings *settings)
{
	int i;

	for (i = 0; i < settings->file_count; i++) {
		if (strcmp(settings->files[i], "-") == 0)
			return false;
	}
	return settings->file_count > 0 || settings->operand_count > 0;
}

/* What goes together? */
static int
settings_check(const struct settings *settings)
{
	if (settings->count > 1 && !settings_can_rewind(settings))
		return usage_complain("standard input cannot be read again for --count", "");
	if (settings->count > 1 && settings->is_resumed)
		return usage_complain("--resume and --count do not go together", "");
	if (settings->is_retrying && !settings->is_resumed)
		return usage_complain("--retry-failed needs --resume", "");
	if (!settings->is_resumed)
		return EXIT_FOUND;
	if (settings->output_path == NULL || record_form_find(settings->format) == NULL)
		return usage_complain("--resume needs --output, "
				      "and --json or --format=tsv",
				      "");
	if (settings->only != ONLY_ALL)
		return usage_complain("--resume needs the results of all items: "
				      "no --only",
				      "");
	return EXIT_FOUND;
}

static void
settings_set_defaults(struct settings *settings)
{
	const char *server = getenv(SERVER_VARIABLE);

	*settings = (struct settings){
		.family = AF_UNSPEC,
		.types = {1, {TYPE_ADDRESSES}},
		.format = &format_text,
		.end = '\n',
		.server = server != NULL && *server != '\0' ? server : NULL,
		.timeout = DEFAULT_TIMEOUT,
		.count = 1,
		.interval = DEFAULT_INTERVAL,
		.jobs = DEFAULT_JOBS,
	};
}

/* What stands behind such an option does not matter. */
static bool
is_done(enum action action)
{
	return action == ACTION_HELP || action == ACTION_VERSION;
}

int
settings_read(struct settings *settings, int argc, char *argv[])
{
	static char program_name[] = PROGRAM_NAME;
	struct getopt_tables tables;
	int value, status;

	settings_set_defaults(settings);
	settings->files = calloc((size_t)argc + 1, sizeof(*settings->files));
	if (settings->files == NULL) {
		perror(PROGRAM_NAME);
		return EXIT_TROUBLE;
	}
	getopt_tables_fill(&tables);
	if (argc > 0)
		argv[0] = program_name;	/* getopt's messages begin with it */
	while ((value = getopt_long(argc, argv, tables.short_options, tables.long_options,
				    NULL)) != -1) {
		status = option_apply(settings, key_of(value), optarg);
		if (status == EXIT_USAGE)
			fputs(usage_hint, stderr);
		if (status != EXIT_FOUND || is_done(settings->action))
			return status;
	}
	operands_read(settings, argc - optind, argv + optind);
	status = settings_check(settings);
	if (status != EXIT_FOUND)
		return status;
	if (settings->operand_count > 0 || settings->file_count > 0 ||
	    settings->action != ACTION_RESOLVE)
		return EXIT_FOUND;
	if (isatty(STDIN_FILENO))
		return usage_complain("no name given", "");
	settings->files[settings->file_count++] = "-";
	return EXIT_FOUND;
}

void
settings_clear(struct settings *settings)
{
	free(settings->files);
	settings->files = NULL;
}
