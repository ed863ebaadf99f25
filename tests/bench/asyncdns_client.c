/* SPDX-License-Identifier: MIT */
#include "asyncdns_client.h"

#include <netdb.h>

DnsResolverOptions *
asyncdns_options(const struct run *run)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	DnsResolverOptionsSetServers(options, run->server);
	DnsResolverOptionsSetCacheSize(options, 0);
	DnsResolverOptionsSetAddressOrder(options, DNS_ADDRESS_ORDER_AS_RECEIVED);
	return options;
}

DnsResolver *
asyncdns_open(DnsResolverOptions *options)
{
	DnsResolver *resolver = DnsResolverCreate(options);

	DnsResolverOptionsRelease(options);
	if (resolver == NULL)
		run_fail("DnsResolverCreate");
	return resolver;
}

DnsAsyncResult *
asyncdns_begin(struct run *run, DnsResolver *resolver, long number,
	       DnsAsyncCallback *callback, void *state)
{
	DnsAsyncResult *result;

	run_begin(run, number);
	result = BeginGetHostAddresses(resolver, run->names[number], run->family, callback,
				       state);
	if (result == NULL)
		run_fail("BeginGetHostAddresses");
	return result;
}

static const void *
first_address(const DnsHostEntry *entry, int family)
{
	const struct hostent *host = DnsHostEntryGetHostent(entry, family);

	return host != NULL ? host->h_addr_list[0] : NULL;
}

bool
asyncdns_is_good(const struct run *run, long number, DnsHostEntry *entry)
{
	bool is_good = run_is_answer(run, number, first_address(entry, AF_INET),
				     first_address(entry, AF_INET6));

	DnsHostEntryRelease(entry);
	return is_good;
}

void
asyncdns_end(struct run *run, long number, DnsAsyncResult *result)
{
	DnsHostEntry *entry;

	EndGetHostAddresses(result, &entry);
	run_end(run, number, asyncdns_is_good(run, number, entry));
}
