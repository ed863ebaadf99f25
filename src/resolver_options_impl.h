/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_RESOLVER_OPTIONS_IMPL_H
#define ASYNCDNS_RESOLVER_OPTIONS_IMPL_H

#include <asyncdns/resolver_options.h>

#include <stdbool.h>

#include "packet_impl.h"
#include "search_list.h"
#include "server_list.h"

struct DnsResolverOptions {
	struct server_list servers;	/* empty: the system's */
	struct search_list *search;	/* with the default of ndots; NULL: the system's */
	struct search_list *private_suffixes; /* NULL: none */
	int ndots;			/* -1: the system's */
	int timeout;			/* milliseconds; 0: the system's */
	int tries;			/* 0: the system's */
	int deadline;			/* milliseconds */
	int grace;			/* milliseconds */
	DnsAddressOrder order;
	char *resolv_conf_path;		/* NULL: the system's */
	char *hosts_path;		/* NULL: the system's */
	char *gai_conf_path;		/* NULL: the system's */
	size_t cache_size;		/* entries; 0: no cache */
	struct packet_watcher packets;
	unsigned int flags;
};

/* A copy of these options, or the defaults for NULL; false: no memory. */
bool resolver_options_copy(struct DnsResolverOptions *copy,
			   const struct DnsResolverOptions *options);
/* Frees what they point to. */
void resolver_options_clear(struct DnsResolverOptions *options);

#endif
