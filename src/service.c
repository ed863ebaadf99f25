/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/service.h>

#include "operation.h"

/* ---- GetHostByName ---- */

static struct operation_request
by_name(const char *host_name)
{
	struct operation_request request = { .kind = OPERATION_GET_HOST_BY_NAME,
					     .host = host_name };

	return request;
}

DnsStatus
GetHostByName(DnsResolver *resolver, const char *hostName, DnsHostEntry **retEntry)
{
	struct operation_request request = by_name(hostName);

	return operation_do(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostByName(DnsResolver *resolver, const char *hostName, DnsAsyncCallback *callback,
		   void *state)
{
	struct operation_request request = by_name(hostName);

	return operation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostByName(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return async_result_end(asyncResult, OPERATION_GET_HOST_BY_NAME, retEntry);
}

/* ---- GetHostEntry ---- */

static struct operation_request
by_name_or_address(const char *host_name_or_address)
{
	struct operation_request request = { .kind = OPERATION_GET_HOST_ENTRY,
					     .host = host_name_or_address };

	return request;
}

DnsStatus
GetHostEntry(DnsResolver *resolver, const char *hostNameOrAddress, DnsHostEntry **retEntry)
{
	struct operation_request request = by_name_or_address(hostNameOrAddress);

	return operation_do(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostEntry(DnsResolver *resolver, const char *hostNameOrAddress,
		  DnsAsyncCallback *callback, void *state)
{
	struct operation_request request = by_name_or_address(hostNameOrAddress);

	return operation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostEntry(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return async_result_end(asyncResult, OPERATION_GET_HOST_ENTRY, retEntry);
}

/* ---- GetHostAddresses ---- */

static struct operation_request
addresses_of(const char *host_name_or_address, int family)
{
	struct operation_request request = { .kind = OPERATION_GET_HOST_ADDRESSES,
					     .host = host_name_or_address,
					     .family = family };

	return request;
}

DnsStatus
GetHostAddresses(DnsResolver *resolver, const char *hostNameOrAddress, int family,
		 DnsHostEntry **retEntry)
{
	struct operation_request request = addresses_of(hostNameOrAddress, family);

	return operation_do(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostAddresses(DnsResolver *resolver, const char *hostNameOrAddress, int family,
		      DnsAsyncCallback *callback, void *state)
{
	struct operation_request request = addresses_of(hostNameOrAddress, family);

	return operation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostAddresses(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return async_result_end(asyncResult, OPERATION_GET_HOST_ADDRESSES, retEntry);
}

/* ---- GetHostByAddress ---- */

static struct operation_request
by_address(const struct sockaddr *address, socklen_t length)
{
	struct operation_request request = { .kind = OPERATION_GET_HOST_BY_ADDRESS,
					     .address = address,
					     .address_length = length };

	return request;
}

DnsStatus
GetHostByAddress(DnsResolver *resolver, const struct sockaddr *address, socklen_t length,
		 DnsHostEntry **retEntry)
{
	struct operation_request request = by_address(address, length);

	return operation_do(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostByAddress(DnsResolver *resolver, const struct sockaddr *address,
		      socklen_t length, DnsAsyncCallback *callback, void *state)
{
	struct operation_request request = by_address(address, length);

	return operation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostByAddress(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return async_result_end(asyncResult, OPERATION_GET_HOST_BY_ADDRESS, retEntry);
}
