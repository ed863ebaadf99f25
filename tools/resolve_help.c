/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_help.h"

#include <getopt.h>
#include <stdio.h>

#include <asyncdns.h>

#include "resolve.h"
#include "resolve_options.h"
#include "resolve_table.h"

#define VERSIONS_SIZE 256

static const char help_head[] =
	"Usage: resolve [OPTION]... NAME|ADDRESS...\n"
	"  or:  resolve [OPTION]... [-f FILE]...\n"
	"Look up names (or, for addresses, the names they belong to), many at a time.\n"
	"With no operand and no -f, read names from standard input if it is not a\n"
	"terminal: NAME [TYPE[,TYPE]...] on a line, '#' starts a comment.\n"
	"\n";

static const char help_tail[] =
	"\n"
	"The operand @ADDR[:PORT][,...] is the same as -s. An IPv6 address with a port is\n"
	"[ADDR]:PORT. TIME is a number of seconds, or ends in ms, s or m: 250ms, 1.5, 2s,\n"
	"1m. Without -s, the environment variable " SERVER_VARIABLE " names the servers.\n"
	"\n"
	"Exit status: 0 all found, 1 no such name or record, 2 wrong usage, 3 a lookup got\n"
	"no definite answer, 4 trouble here; the highest that applies.\n";

static void
option_print(const struct option_row *row)
{
	enum { COLUMN = 24 };
	int width;

	if (row->letter != 0)
		width = printf("  -%c, --%s", row->letter, row->name);
	else
		width = printf("      --%s", row->name);
	if (row->argument != NULL)
		width += printf(row->has_argument == optional_argument ? "[=%s]" : "=%s",
				row->argument);
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
	for (i = 0; i < OPTIONS_END; i++)
		option_print(&option_rows[i]);
	fputs(help_tail, stdout);
}

void
version_print(void)
{
	char versions[VERSIONS_SIZE];

	DnsVersionFormat(versions, sizeof(versions));
	printf(PROGRAM_NAME " (asyncdns) %s\n%s\n", DNS_VERSION_TEXT, versions);
}
