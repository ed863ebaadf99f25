/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolver_options_impl.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define TIMEOUT_MAXIMUM 60000
#define TRIES_MAXIMUM 10
#define DEADLINE_DEFAULT 10000
#define GRACE_DEFAULT 50
#define CACHE_SIZE_DEFAULT 4096
#define CACHE_SIZE_MAXIMUM 16777216
#define NDOTS_DEFAULT (-1)
#define SEPARATORS ", \t"
#define FLAGS_KNOWN                                                                        \
	((unsigned int)(DNS_RESOLVER_NEVER_SYNCHRONOUS | DNS_RESOLVER_DISPATCH_CALLBACKS | \
			DNS_RESOLVER_ADDRESS_CONFIG | DNS_RESOLVER_NO_STALE |            \
			DNS_RESOLVER_KEEP_CASE | DNS_RESOLVER_REFUSE_PRIVATE))

static bool
copy_path(char **copy, const char *path)
{
	*copy = path != NULL ? strdup(path) : NULL;
	return path == NULL || *copy != NULL;
}

bool
resolver_options_copy(struct DnsResolverOptions *copy,
		      const struct DnsResolverOptions *options)
{
	bool copied;

	if (options == NULL) {
		memset(copy, 0, sizeof *copy);
		copy->deadline = DEADLINE_DEFAULT;
		copy->grace = GRACE_DEFAULT;
		copy->ndots = NDOTS_DEFAULT;
		copy->cache_size = CACHE_SIZE_DEFAULT;
		return true;
	}
	*copy = *options;
	if (options->search != NULL)
		search_list_retain(options->search);
	if (options->private_suffixes != NULL)
		search_list_retain(options->private_suffixes);
	copied = copy_path(&copy->resolv_conf_path, options->resolv_conf_path);
	copied = copy_path(&copy->hosts_path, options->hosts_path) && copied;
	return copy_path(&copy->gai_conf_path, options->gai_conf_path) && copied;
}

void
resolver_options_clear(struct DnsResolverOptions *options)
{
	search_list_release(options->search);
	options->search = NULL;
	search_list_release(options->private_suffixes);
	options->private_suffixes = NULL;
	free(options->resolv_conf_path);
	free(options->hosts_path);
	free(options->gai_conf_path);
	options->resolv_conf_path = NULL;
	options->hosts_path = NULL;
	options->gai_conf_path = NULL;
}

DnsResolverOptions *
DnsResolverOptionsCreate(void)
{
	DnsResolverOptions *options = malloc(sizeof *options);

	if (options != NULL)
		resolver_options_copy(options, NULL);
	return options;
}

void
DnsResolverOptionsRelease(DnsResolverOptions *options)
{
	if (options == NULL)
		return;
	resolver_options_clear(options);
	free(options);
}

DnsStatus
DnsResolverOptionsSetServers(DnsResolverOptions *options, const char *servers)
{
	struct server_list list = { 0 };

	if (options == NULL || (servers != NULL && !server_list_parse(&list, servers)))
		return DNS_STATUS_INVALID_ARGUMENT;
	options->servers = list;
	return DNS_STATUS_OK;
}

/* Are there at most as many pieces as a list can have, and all of them suffixes? */
static bool
are_suffixes(const char *text)
{
	size_t count, length;

	for (count = 0; *(text += strspn(text, SEPARATORS)) != '\0'; count++) {
		length = strcspn(text, SEPARATORS);
		if (count == SEARCH_LIST_MAXIMUM || !search_list_is_suffix(text, length))
			return false;
		text += length;
	}
	return true;
}

static DnsStatus
set_suffixes(struct search_list **field, const char *suffixes)
{
	struct search_list *list = NULL;

	if (suffixes != NULL && !are_suffixes(suffixes))
		return DNS_STATUS_INVALID_ARGUMENT;
	if (suffixes != NULL) {
		list = search_list_parse(suffixes, strlen(suffixes), SEPARATORS,
					 SEARCH_LIST_NDOTS_DEFAULT);
		if (list == NULL)
			return DNS_STATUS_NO_MEMORY;
	}
	search_list_release(*field);
	*field = list;
	return DNS_STATUS_OK;
}

DnsStatus
DnsResolverOptionsSetSearchList(DnsResolverOptions *options, const char *suffixes)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_suffixes(&options->search, suffixes);
}

DnsStatus
DnsResolverOptionsSetPrivateSuffixes(DnsResolverOptions *options, const char *suffixes)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_suffixes(&options->private_suffixes, suffixes);
}

/* Stores a number that must lie between two others. */
static DnsStatus
set_number(int *field, int value, int minimum, int maximum)
{
	if (value < minimum || value > maximum)
		return DNS_STATUS_INVALID_ARGUMENT;
	*field = value;
	return DNS_STATUS_OK;
}

DnsStatus
DnsResolverOptionsSetNdots(DnsResolverOptions *options, int ndots)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_number(&options->ndots, ndots, 0, SEARCH_LIST_NDOTS_MAXIMUM);
}

DnsStatus
DnsResolverOptionsSetTimeout(DnsResolverOptions *options, int milliseconds)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_number(&options->timeout, milliseconds, 1, TIMEOUT_MAXIMUM);
}

DnsStatus
DnsResolverOptionsSetTries(DnsResolverOptions *options, int tries)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_number(&options->tries, tries, 1, TRIES_MAXIMUM);
}

DnsStatus
DnsResolverOptionsSetDeadline(DnsResolverOptions *options, int milliseconds)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_number(&options->deadline, milliseconds, 1, INT_MAX);
}

DnsStatus
DnsResolverOptionsSetGrace(DnsResolverOptions *options, int milliseconds)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_number(&options->grace, milliseconds, 0, INT_MAX);
}

DnsStatus
DnsResolverOptionsSetAddressOrder(DnsResolverOptions *options, DnsAddressOrder order)
{
	if (options == NULL || (int)order < DNS_ADDRESS_ORDER_RFC6724 ||
	    order > DNS_ADDRESS_ORDER_AS_RECEIVED)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->order = order;
	return DNS_STATUS_OK;
}

static DnsStatus
set_path(char **field, const char *path)
{
	char *copy;

	if (path != NULL && *path == '\0')
		return DNS_STATUS_INVALID_ARGUMENT;
	if (!copy_path(&copy, path))
		return DNS_STATUS_NO_MEMORY;
	free(*field);
	*field = copy;
	return DNS_STATUS_OK;
}

DnsStatus
DnsResolverOptionsSetResolvConfPath(DnsResolverOptions *options, const char *path)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_path(&options->resolv_conf_path, path);
}

DnsStatus
DnsResolverOptionsSetHostsPath(DnsResolverOptions *options, const char *path)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_path(&options->hosts_path, path);
}

DnsStatus
DnsResolverOptionsSetGaiConfPath(DnsResolverOptions *options, const char *path)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	return set_path(&options->gai_conf_path, path);
}

DnsStatus
DnsResolverOptionsSetCacheSize(DnsResolverOptions *options, size_t entries)
{
	if (options == NULL || entries > CACHE_SIZE_MAXIMUM)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->cache_size = entries;
	return DNS_STATUS_OK;
}

DnsStatus
DnsResolverOptionsSetPacketCallback(DnsResolverOptions *options, DnsPacketCallback *callback,
				    void *state)
{
	if (options == NULL)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->packets.callback = callback;
	options->packets.state = state;
	return DNS_STATUS_OK;
}

DnsStatus
DnsResolverOptionsSetFlags(DnsResolverOptions *options, unsigned int flags)
{
	if (options == NULL || (flags & ~FLAGS_KNOWN) != 0)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->flags = flags;
	return DNS_STATUS_OK;
}
