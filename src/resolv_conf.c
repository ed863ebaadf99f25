/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolv_conf.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "text_file.h"

/* glibc's bounds (resolv.conf(5)): what is larger is cut down to them. */
#define TIMEOUT_MAXIMUM 30
#define ATTEMPTS_MAXIMUM 5

static bool
is_word(const struct text_span *word, const char *expected)
{
	return word->length == strlen(expected) &&
	       memcmp(word->start, expected, word->length) == 0;
}

static bool
begins_with(const struct text_span *word, const char *beginning)
{
	return word->length >= strlen(beginning) &&
	       memcmp(word->start, beginning, strlen(beginning)) == 0;
}

/* ---- options ---- */

/* The number in an option "name:number", at most that; leaves value as it is for another
 * option, no number, or one below the minimum. */
static void
read_number(const struct text_span *word, const char *name, int minimum, int maximum,
	    int *value)
{
	size_t first = strlen(name), i;
	int number = 0;

	if (!begins_with(word, name))
		return;
	for (i = first; i < word->length; i++) {
		if (word->start[i] < '0' || word->start[i] > '9')
			break;
		number = number * 10 + (word->start[i] - '0');
		if (number > maximum)
			number = maximum;
	}
	if (i > first && number >= minimum)
		*value = number;
}

/* As in glibc a word counts when it begins with one of these, the first one that fits. */
static void
read_flag(struct resolv_conf *conf, const struct text_span *word)
{
	static const struct {
		const char *name;
		size_t field;
	} flags[] = {
		{ "rotate", offsetof(struct resolv_conf, rotate) },
		{ "edns0", offsetof(struct resolv_conf, edns0) },
		{ "single-request-reopen",
		  offsetof(struct resolv_conf, single_request_reopen) },
		{ "single-request", offsetof(struct resolv_conf, single_request) },
		{ "no_tld_query", offsetof(struct resolv_conf, no_tld_query) },
		{ "no-tld-query", offsetof(struct resolv_conf, no_tld_query) },
		{ "no-reload", offsetof(struct resolv_conf, no_reload) },
		{ "use-vc", offsetof(struct resolv_conf, use_vc) },
		{ "trust-ad", offsetof(struct resolv_conf, trust_ad) },
		{ "no-aaaa", offsetof(struct resolv_conf, no_aaaa) },
	};
	size_t i;

	for (i = 0; i < sizeof flags / sizeof *flags; i++)
		if (begins_with(word, flags[i].name)) {
			*(bool *)((char *)conf + flags[i].field) = true;
			return;
		}
}

static void
read_options(struct resolv_conf *conf, struct text_span line)
{
	struct text_span word;

	while (text_file_next_word(&line, &word)) {
		read_number(&word, "timeout:", 1, TIMEOUT_MAXIMUM, &conf->timeout);
		read_number(&word, "attempts:", 1, ATTEMPTS_MAXIMUM, &conf->attempts);
		read_number(&word, "ndots:", 0, SEARCH_LIST_NDOTS_MAXIMUM, &conf->ndots);
		read_flag(conf, &word);
	}
}

/* ---- Lines ---- */

/* inet_aton, as in glibc, so that "1.2.3" and "0x7f.1" are addresses too. */
static bool
read_odd_ipv4(struct server *server, const struct text_span *word)
{
	char copy[sizeof "0000377.0000377.0000377.0000377"];
	struct in_addr address;

	if (word->length >= sizeof copy)
		return false;
	memcpy(copy, word->start, word->length);
	copy[word->length] = '\0';
	if (copy[strspn(copy, "0123456789abcdefABCDEFxX.")] != '\0' ||
	    inet_aton(copy, &address) == 0)
		return false;
	memset(server, 0, sizeof *server);
	server->family = AF_INET;
	memcpy(&server->address, &address, sizeof address);
	server->port = SERVER_PORT;
	return true;
}

static void
add_server(struct server_list *list, const struct text_span *word)
{
	struct server server;

	if (list->count == SERVER_LIST_MAXIMUM)
		return;
	if (read_odd_ipv4(&server, word))
		list->servers[list->count++] = server;
	else
		server_list_add(list, word->start, word->length);
}

/* The suffixes in the rest of a line, or its first word only; a line without any says
 * nothing. */
static void
read_search(struct text_span *search, struct text_span line, bool is_domain)
{
	struct text_span word, rest = line;

	if (text_file_next_word(&rest, &word))
		*search = is_domain ? word : line;
}

static void
read_line(struct resolv_conf *conf, struct text_span line, struct text_span *search)
{
	struct text_span keyword, word;

	/* A keyword or a comment starts in the first column only, and a NUL is no text. */
	if (line.length == 0 || strchr("#; \t", line.start[0]) != NULL ||
	    memchr(line.start, '\0', line.length) != NULL ||
	    !text_file_next_word(&line, &keyword))
		return;
	if (is_word(&keyword, "nameserver")) {
		if (text_file_next_word(&line, &word))
			add_server(&conf->servers, &word);
	} else if (is_word(&keyword, "domain")) {
		read_search(search, line, true);
	} else if (is_word(&keyword, "search")) {
		read_search(search, line, false);
	} else if (is_word(&keyword, "options")) {
		read_options(conf, line);
	}
}

/* Puts what is known by now into the search list. False: no memory. */
static bool
set_search(struct resolv_conf *conf, const struct text_span *search)
{
	struct search_list *list;

	if (search->start != NULL) {
		list = search_list_parse(search->start, search->length, " \t\r",
					 conf->ndots);
	} else if (conf->search != NULL) {
		list = search_list_copy(conf->search, conf->ndots);
	} else {
		list = search_list_create(NULL, 0, conf->ndots);
	}
	if (list == NULL) {
		resolv_conf_clear(conf);
		return false;
	}
	list->may_ask_top_level = !conf->no_tld_query;
	search_list_release(conf->search);
	conf->search = list;
	return true;
}

bool
resolv_conf_parse(struct resolv_conf *conf, const char *text, size_t length)
{
	struct text_span rest = { text, length }, line, search = { NULL, 0 };

	memset(conf, 0, sizeof *conf);
	conf->ndots = SEARCH_LIST_NDOTS_DEFAULT;
	while (text_file_next_line(&rest, &line))
		read_line(conf, line, &search);
	conf->has_search = search.start != NULL;
	return set_search(conf, &search);
}

/* ---- What else counts ---- */

static const char *
get_variable(const char *name)
{
#ifdef HAVE_SECURE_GETENV
	return secure_getenv(name);
#else
	return getuid() == geteuid() && getgid() == getegid() ? getenv(name) : NULL;
#endif
}

static const char *
get_own_domain(char *name, size_t size)
{
	char *dot;

	if (gethostname(name, size) < 0)
		return NULL;
	name[size - 1] = '\0';
	dot = strchr(name, '.');
	return dot != NULL ? dot + 1 : NULL;
}

bool
resolv_conf_apply_environment(struct resolv_conf *conf)
{
	const char *options = get_variable("RES_OPTIONS");
	const char *suffixes = get_variable("LOCALDOMAIN");
	struct text_span search = { NULL, 0 };
	char name[HOST_NAME_MAXIMUM + 2];

	if (options != NULL)
		read_options(conf, (struct text_span){ options, strlen(options) });
	if (suffixes == NULL && !conf->has_search)
		suffixes = get_own_domain(name, sizeof name);
	if (suffixes != NULL) {
		search.start = suffixes;
		search.length = strcspn(suffixes, "\n");
	}
	return set_search(conf, &search);
}

void
resolv_conf_clear(struct resolv_conf *conf)
{
	search_list_release(conf->search);
	memset(conf, 0, sizeof *conf);
}
