/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/service.h>

#include "invocation.h"
#include "request.h"

/* ---- What all have in common ---- */

static DnsStatus
do_host(DnsResolver *resolver, const struct operation_request *request,
	DnsHostEntry **retEntry)
{
	struct outcome outcome;

	invocation_do(resolver, request, &outcome);
	outcome_take_entry(&outcome, retEntry);
	return outcome.status;
}

static DnsStatus
end_host(DnsAsyncResult *asyncResult, enum operation_kind kind, DnsHostEntry **retEntry)
{
	struct outcome outcome;

	async_result_end(asyncResult, kind, &outcome);
	outcome_take_entry(&outcome, retEntry);
	return outcome.status;
}

/* ---- GetHostByName ---- */

static struct operation_request
by_name(const char *host_name, const DnsLookupOptions *options)
{
	struct operation_request request = {.kind = OPERATION_GET_HOST_BY_NAME,
					    .host = host_name,
					    .options = options};

	return request;
}

DnsStatus
GetHostByName(DnsResolver *resolver, const char *hostName, DnsHostEntry **retEntry)
{
	struct operation_request request = by_name(hostName, NULL);

	return do_host(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostByName(DnsResolver *resolver, const char *hostName,
		   DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostByNameWithOptions(resolver, hostName, NULL, callback, state);
}

DnsAsyncResult *
BeginGetHostByNameWithOptions(DnsResolver *resolver, const char *hostName,
			      const DnsLookupOptions *options, DnsAsyncCallback *callback,
			      void *state)
{
	struct operation_request request = by_name(hostName, options);

	return invocation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostByName(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return end_host(asyncResult, OPERATION_GET_HOST_BY_NAME, retEntry);
}

/* ---- GetHostEntry ---- */

static struct operation_request
by_name_or_address(const char *host_name_or_address, const DnsLookupOptions *options)
{
	struct operation_request request = {.kind = OPERATION_GET_HOST_ENTRY,
					    .host = host_name_or_address,
					    .options = options};

	return request;
}

DnsStatus
GetHostEntry(DnsResolver *resolver, const char *hostNameOrAddress,
	     DnsHostEntry **retEntry)
{
	struct operation_request request = by_name_or_address(hostNameOrAddress, NULL);

	return do_host(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostEntry(DnsResolver *resolver, const char *hostNameOrAddress,
		  DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostEntryWithOptions(resolver, hostNameOrAddress, NULL, callback,
					    state);
}

DnsAsyncResult *
BeginGetHostEntryWithOptions(DnsResolver *resolver, const char *hostNameOrAddress,
			     const DnsLookupOptions *options, DnsAsyncCallback *callback,
			     void *state)
{
	struct operation_request request = by_name_or_address(hostNameOrAddress, options);

	return invocation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostEntry(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return end_host(asyncResult, OPERATION_GET_HOST_ENTRY, retEntry);
}

/* ---- GetHostAddresses ---- */

static struct operation_request
addresses_of(const char *host_name_or_address, int family,
	     const DnsLookupOptions *options)
{
	struct operation_request request = {.kind = OPERATION_GET_HOST_ADDRESSES,
					    .host = host_name_or_address,
					    .family = family,
					    .options = options};

	return request;
}

DnsStatus
GetHostAddresses(DnsResolver *resolver, const char *hostNameOrAddress, int family,
		 DnsHostEntry **retEntry)
{
	struct operation_request request = addresses_of(hostNameOrAddress, family, NULL);

	return do_host(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostAddresses(DnsResolver *resolver, const char *hostNameOrAddress, int family,
		      DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostAddressesWithOptions(resolver, hostNameOrAddress, family, NULL,
						callback, state);
}

DnsAsyncResult *
BeginGetHostAddressesWithOptions(DnsResolver *resolver, const char *hostNameOrAddress,
				 int family, const DnsLookupOptions *options,
				 DnsAsyncCallback *callback, void *state)
{
	struct operation_request request =
		addresses_of(hostNameOrAddress, family, options);

	return invocation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostAddresses(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return end_host(asyncResult, OPERATION_GET_HOST_ADDRESSES, retEntry);
}

/* ---- GetHostByAddress ---- */

static struct operation_request
by_address(const struct sockaddr *address, socklen_t length,
	   const DnsLookupOptions *options)
{
	struct operation_request request = {.kind = OPERATION_GET_HOST_BY_ADDRESS,
					    .address = address,
					    .address_length = length,
					    .options = options};

	return request;
}

DnsStatus
GetHostByAddress(DnsResolver *resolver, const struct sockaddr *address, socklen_t length,
		 DnsHostEntry **retEntry)
{
	struct operation_request request = by_address(address, length, NULL);

	return do_host(resolver, &request, retEntry);
}

DnsAsyncResult *
BeginGetHostByAddress(DnsResolver *resolver, const struct sockaddr *address,
		      socklen_t length, DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostByAddressWithOptions(resolver, address, length, NULL, callback,
						state);
}

DnsAsyncResult *
BeginGetHostByAddressWithOptions(DnsResolver *resolver, const struct sockaddr *address,
				 socklen_t length, const DnsLookupOptions *options,
				 DnsAsyncCallback *callback, void *state)
{
	struct operation_request request = by_address(address, length, options);

	return invocation_begin(resolver, &request, callback, state);
}

DnsStatus
EndGetHostByAddress(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return end_host(asyncResult, OPERATION_GET_HOST_BY_ADDRESS, retEntry);
}

/* ---- QueryRecords ---- */

static struct operation_request
records_of(const char *name, int type, const DnsLookupOptions *options)
{
	struct operation_request request = { .kind = OPERATION_QUERY_RECORDS,
					     .host = name,
					     .type = type,
					     .options = options };

	return request;
}

DnsStatus
QueryRecords(DnsResolver *resolver, const char *name, int type, DnsRecordSet **retRecords)
{
	struct operation_request request = records_of(name, type, NULL);
	struct outcome outcome;

	invocation_do(resolver, &request, &outcome);
	outcome_take_records(&outcome, retRecords);
	return outcome.status;
}

DnsAsyncResult *
BeginQueryRecords(DnsResolver *resolver, const char *name, int type,
		  DnsAsyncCallback *callback, void *state)
{
	return BeginQueryRecordsWithOptions(resolver, name, type, NULL, callback, state);
}

DnsAsyncResult *
BeginQueryRecordsWithOptions(DnsResolver *resolver, const char *name, int type,
			     const DnsLookupOptions *options, DnsAsyncCallback *callback,
			     void *state)
{
	struct operation_request request = records_of(name, type, options);

	return invocation_begin(resolver, &request, callback, state);
}

DnsStatus
EndQueryRecords(DnsAsyncResult *asyncResult, DnsRecordSet **retRecords)
{
	struct outcome outcome;

	async_result_end(asyncResult, OPERATION_QUERY_RECORDS, &outcome);
	outcome_take_records(&outcome, retRecords);
	return outcome.status;
}
