/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "lookup_options_impl.h"

#include <stdlib.h>
#include <sys/socket.h>

#define PORT_MAXIMUM 65535
#define FLAGS_KNOWN                                                                       \
	((unsigned int)DNS_LOOKUP_NO_CACHE | DNS_LOOKUP_NO_SEARCH | DNS_LOOKUP_NO_HOSTS | \
	 DNS_LOOKUP_ABSOLUTE | DNS_LOOKUP_TCP_ONLY | DNS_LOOKUP_WHOLE_RESPONSE | \
	 DNS_LOOKUP_LOCAL_ONLY)

DnsLookupOptions *
DnsLookupOptionsCreate(void)
{
	return calloc(1, sizeof(DnsLookupOptions));
}

void
DnsLookupOptionsRelease(DnsLookupOptions *options)
{
	free(options);
}

DnsStatus
DnsLookupOptionsSetFamily(DnsLookupOptions *options, int family)
{
	if (options == NULL ||
	    (family != AF_UNSPEC && family != AF_INET && family != AF_INET6))
		return DNS_STATUS_INVALID_ARGUMENT;
	options->family = family;
	return DNS_STATUS_OK;
}

DnsStatus
DnsLookupOptionsSetDeadline(DnsLookupOptions *options, int milliseconds)
{
	if (options == NULL || milliseconds < 1)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->deadline = milliseconds;
	return DNS_STATUS_OK;
}

DnsStatus
DnsLookupOptionsSetAddressOrder(DnsLookupOptions *options, DnsAddressOrder order)
{
	if (options == NULL || (int)order < 0 || order > DNS_ADDRESS_ORDER_AS_RECEIVED)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->has_order = true;
	options->order = order;
	return DNS_STATUS_OK;
}

DnsStatus
DnsLookupOptionsSetPort(DnsLookupOptions *options, unsigned int port)
{
	if (options == NULL || port > PORT_MAXIMUM)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->port = port;
	return DNS_STATUS_OK;
}

DnsStatus
DnsLookupOptionsSetFlags(DnsLookupOptions *options, unsigned int flags)
{
	if (options == NULL || (flags & ~FLAGS_KNOWN) != 0)
		return DNS_STATUS_INVALID_ARGUMENT;
	options->flags = flags;
	return DNS_STATUS_OK;
}
