/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_options.h"

#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <asyncdns.h>

#include "resolve.h"

#define SERVER_VARIABLE "RESOLVE_SERVER"
#define DEFAULT_TIMEOUT 10000
#define DEFAULT_JOBS 256

/* Below 256 the key is the short form too. */
enum option_key {
	KEY_IPV4 = '4',
	KEY_IPV6 = '6',
	KEY_SHORT = '1',
	KEY_FILE = 'f',
	KEY_HELP = 'h',
	KEY_SERVER = 's',
	KEY_VERSION = 'V',
	KEY_TIMEOUT = 256
};

struct option_row {
	enum option_key key;
	const char *name;
	const char *argument;
	const char *help;
};

static const struct option_row rows[] = {
	{KEY_FILE, "file", "FILE", "read names from FILE, '-' is standard input"},
	{KEY_IPV4, "ipv4", NULL, "print only the IPv4 addresses of a name"},
	{KEY_IPV6, "ipv6", NULL, "print only the IPv6 addresses of a name"},
	{KEY_SERVER, "server", "ADDR[:PORT][,...]",
	 "ask these servers instead of the system's"},
	{KEY_TIMEOUT, "timeout", "TIME", "one lookup takes at most TIME (10s)"},
	{KEY_SHORT, "short", NULL, "print nothing but the addresses"},
	{KEY_HELP, "help", NULL, "print this help and exit"},
	{KEY_VERSION, "version", NULL, "print the version and exit"},
};

#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static const char help_head[] =
	"Usage: resolve [OPTION]... NAME|ADDRESS...\n"
	"  or:  resolve [OPTION]... [-f FILE]...\n"
	"Look up the addresses of names, many at a time, and print them in input order.\n"
	"With no operand and no -f, read names from standard input if it is not a\n"
	"terminal: one a line, '#' starts a comment.\n"
	"\n";

static const char help_tail[] =
	"\n"
	"The operand @ADDR[:PORT][,...] is the same as -s. An IPv6 address with a port is\n"
	"[ADDR]:PORT. TIME is a number of seconds, or ends in ms, s or m: 250ms, 1.5, 2s,\n"
	"1m. Without -s, the environment variable " SERVER_VARIABLE " names the servers.\n"
	"\n"
	"Exit status: 0 all found, 1 a name or its address does not exist, 2 wrong usage,\n"
	"3 a lookup got no definite answer, 4 trouble here; the highest that applies.\n";

static const char usage_hint[] =
	"Try '" PROGRAM_NAME " --help' for more information.\n";

/* The table as getopt_long wants it. */
struct getopt_tables {
	struct option long_options[ROW_COUNT + 1];
	char short_options[2 * ROW_COUNT + 1];
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

	for (i = 0; i < ROW_COUNT; i++) {
		tables->long_options[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].argument != NULL ? required_argument
							    : no_argument,
			.val = (int)rows[i].key,
		};
		if (rows[i].key >= 256)
			continue;
		*letter++ = (char)rows[i].key;
		if (rows[i].argument != NULL)
			*letter++ = ':';
	}
	*letter = '\0';
	tables->long_options[ROW_COUNT] = (struct option){.name = NULL};
}

/* Reads the digits at *text, and moves *text behind them; false if they are too many. */
static bool
digits_read(const char **text, uint64_t *retNumber, uint64_t *retScale)
{
	const uint64_t scale_limit = (uint64_t)10 * 1000 * 1000 * 1000;

	*retNumber = 0;
	for (*retScale = 1; **text >= '0' && **text <= '9'; ++*text) {
		if (*retScale >= scale_limit)
			return false;
		*retNumber = *retNumber * 10 + (uint64_t)(**text - '0');
		*retScale *= 10;
	}
	return true;
}

/* "250ms", "1.5", "2s", "1m" as milliseconds, any fraction of one rounded up; 0 if it is
 * not a time, or one of none or more than INT_MAX. */
static int
time_read(const char *text)
{
	static const struct {
		const char *name;
		uint64_t milliseconds;
	} units[] = {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60 * 1000}};
	uint64_t whole, fraction = 0, scale, total;
	size_t i;

	if (!digits_read(&text, &whole, &scale))
		return 0;
	scale = 1;
	if (*text == '.') {
		text++;
		if (!digits_read(&text, &fraction, &scale))
			return 0;
	}
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(text, units[i].name) != 0)
			continue;
		total = whole * units[i].milliseconds;
		total += (fraction * units[i].milliseconds + scale - 1) / scale;
		return total <= INT_MAX ? (int)total : 0;
	}
	return 0;
}

static int
timeout_set(struct settings *settings, const char *text)
{
	settings->timeout = time_read(text);
	return settings->timeout > 0 ? EXIT_FOUND
				     : usage_complain("not a time: ", text);
}

/* The status of usage_complain if the option is wrong. */
static int
option_apply(struct settings *settings, int key)
{
	switch (key) {
	case KEY_IPV4:
		settings->family = AF_INET;
		return EXIT_FOUND;
	case KEY_IPV6:
		settings->family = AF_INET6;
		return EXIT_FOUND;
	case KEY_SHORT:
		settings->is_short = true;
		return EXIT_FOUND;
	case KEY_FILE:
		settings->files[settings->file_count++] = optarg;
		return EXIT_FOUND;
	case KEY_SERVER:
		settings->server = optarg;
		return EXIT_FOUND;
	case KEY_TIMEOUT:
		return timeout_set(settings, optarg);
	case KEY_HELP:
		settings->action = ACTION_HELP;
		return EXIT_FOUND;
	case KEY_VERSION:
		settings->action = ACTION_VERSION;
		return EXIT_FOUND;
	default: /* getopt_long has said what is wrong */
		fputs(usage_hint, stderr);
		return EXIT_USAGE;
	}
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

static void
settings_set_defaults(struct settings *settings)
{
	const char *server = getenv(SERVER_VARIABLE);

	*settings = (struct settings){
		.family = AF_UNSPEC,
		.server = server != NULL && *server != '\0' ? server : NULL,
		.timeout = DEFAULT_TIMEOUT,
		.jobs = DEFAULT_JOBS,
	};
}

int
settings_read(struct settings *settings, int argc, char *argv[])
{
	static char program_name[] = PROGRAM_NAME;
	struct getopt_tables tables;
	int key, status;

	settings_set_defaults(settings);
	settings->files = calloc((size_t)argc + 1, sizeof(*settings->files));
	if (settings->files == NULL) {
		perror(PROGRAM_NAME);
		return EXIT_TROUBLE;
	}
	getopt_tables_fill(&tables);
	if (argc > 0)
		argv[0] = program_name;	/* getopt's messages begin with it */
	while ((key = getopt_long(argc, argv, tables.short_options, tables.long_options,
				  NULL)) != -1) {
		status = option_apply(settings, key);
		if (status != EXIT_FOUND || settings->action != ACTION_RESOLVE)
			return status;
	}
	operands_read(settings, argc - optind, argv + optind);
	if (settings->operand_count > 0 || settings->file_count > 0)
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

static void
option_print(const struct option_row *row)
{
	enum { COLUMN = 24 };
	int width;

	if (row->key < 256)
		width = printf("  -%c, --%s", (int)row->key, row->name);
	else
		width = printf("      --%s", row->name);
	if (row->argument != NULL)
		width += printf("=%s", row->argument);
	if (width > COLUMN - 2) {
		putchar('\n');
		width = 0;
	}
	printf("%*s%s\n", COLUMN - width, "", row->help);
}

void
help_print(void)
{
	size_t i;

	fputs(help_head, stdout);
	for (i = 0; i < ROW_COUNT; i++)
		option_print(&rows[i]);
	fputs(help_tail, stdout);
}

void
version_print(void)
{
	puts(PROGRAM_NAME " (asyncdns) " DNS_VERSION_TEXT);
}
