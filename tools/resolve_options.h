/* SPDX-License-Identifier: MIT */
/* The command line, and what it asks for. */
#ifndef TOOLS_RESOLVE_OPTIONS_H
#define TOOLS_RESOLVE_OPTIONS_H

#include <stdbool.h>

#include "resolve_format.h"
#include "resolve_item.h"
#include "resolve_shard.h"

#define SERVER_VARIABLE "RESOLVE_SERVER"

enum action {
	ACTION_RESOLVE,
	ACTION_SHOW_CONFIG,
	ACTION_HELP,
	ACTION_VERSION
};

/* Which results are written. */
enum only {
	ONLY_ALL,
	ONLY_FOUND,
	ONLY_FAILED
};

enum when {
	WHEN_AUTO,
	WHEN_ALWAYS,
	WHEN_NEVER
};

enum progress_when {
	PROGRESS_WHEN_AUTO,
	PROGRESS_WHEN_ALWAYS,
	PROGRESS_WHEN_NEVER,
	PROGRESS_WHEN_JSON
};

enum stats_form {
	STATS_NONE,
	STATS_TEXT,
	STATS_JSON
};

/* Every string belongs to argv or the environment. */
struct settings {
	enum action action;
	int family;		/* AF_UNSPEC, AF_INET or AF_INET6 */
	struct type_list types;
	const struct format *format;
	char end;		/* of each line that is read or written: '\n' */
	bool wants_addresses;
	bool is_unordered;
	const char *output_path; /* NULL: standard output */
	bool is_resumed;	/* what is in it is kept, and gone on with */
	bool is_retrying;	/* but for what failed for the time being */
	struct shard shard;
	const char *server;	/* NULL: the system's */
	const char *resolv_conf;	/* NULL: the system's */
	bool refuses_private;	/* addresses, but below these suffixes */
	const char *private_suffixes;	/* NULL: none */
	int timeout;		/* of one lookup in all, milliseconds */
	unsigned int tries;	/* 0: as resolv.conf says */
	int try_timeout;	/* milliseconds; 0: as resolv.conf says */
	unsigned int lookup_flags;	/* DnsLookupFlags */
	enum only only;
	enum when color;
	enum progress_when progress;
	enum stats_form stats;
	bool is_quiet;
	int verbosity;
	unsigned int count;	/* how often each item is looked up */
	int interval;		/* between two such rounds, milliseconds */
	unsigned int jobs;	/* lookups under way at most */
	unsigned int rate;	/* queries a second at most; 0: no limit */
	int max_time;		/* of the run, milliseconds; 0: no limit */
	const char **files;	/* "-" is standard input */
	int file_count;
	char **operands;	/* without the @SERVER ones */
	int operand_count;
};

/* Fills settings from the command line and the environment; EXIT_FOUND if the run can go
 * on. Else the user has been told, and it is the exit status. May reorder argv. */
int settings_read(struct settings *, int argc, char *argv[]);
void settings_clear(struct settings *);

/* Says what is wrong with the command line; returns EXIT_USAGE. */
int usage_complain(const char *message, const char *what);

#endif
