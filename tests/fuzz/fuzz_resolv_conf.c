/* SPDX-License-Identifier: MIT */
/* A resolv.conf, and the names that are asked for by it. */
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "host_name.h"
#include "resolv_conf.h"

/* The servers, written and read again, are the same. */
static void
check_servers(const struct server_list *servers)
{
	char text[SERVER_LIST_TEXT_SIZE];
	struct server_list again;
	size_t i;

	require(servers->count <= SERVER_LIST_MAXIMUM);
	if (servers->count == 0)
		return;
	for (i = 0; i < servers->count; i++)
		require(servers->servers[i].port >= 1 &&
			servers->servers[i].port <= 65535);
	server_list_format(servers, text);
	require(server_list_parse(&again, text) && again.count == servers->count);
	require(memcmp(again.servers, servers->servers,
		       servers->count * sizeof *servers->servers) == 0);
}

/* The steps for a name end, and each is a name that a host can have. */
static void
check_steps(const struct search_list *list, const char *name, bool is_absolute)
{
	char candidate[SEARCH_LIST_NAME_SIZE];
	unsigned int step;

	for (step = 0; search_list_step(list, name, is_absolute, step, candidate); step++)
		require(host_name_is_possible(candidate));
	require(step >= 1 && step <= (is_absolute ? 1 : SEARCH_LIST_MAXIMUM + 1));
}

static void
check_search(const struct search_list *list)
{
	size_t i, j;

	require(list->count <= SEARCH_LIST_MAXIMUM);
	for (i = 0; i < list->count; i++) {
		require(*list->suffixes[i] == '\0' ||
			host_name_is_possible(list->suffixes[i]));
		for (j = 0; j < i; j++)
			require(strcmp(list->suffixes[i], list->suffixes[j]) != 0);
	}
	check_steps(list, "www", false);
	check_steps(list, "a.b.c.d", false);
	check_steps(list, "www", true);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct resolv_conf conf;

	require(resolv_conf_parse(&conf, (const char *)data, size));
	require(conf.timeout >= 0 && conf.timeout <= 30);
	require(conf.attempts >= 0 && conf.attempts <= 5);
	require(conf.ndots >= 0 && conf.ndots <= SEARCH_LIST_NDOTS_MAXIMUM);
	require(conf.search->ndots == conf.ndots);
	check_servers(&conf.servers);
	check_search(conf.search);
	resolv_conf_clear(&conf);
	return 0;
}
