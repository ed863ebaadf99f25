/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/service.h>

#include "async_result_impl.h"
#include "operation.h"

DnsStatus
GetHostByName(DnsResolver *resolver, const char *hostName, DnsHostEntry **retEntry)
{
	return operation_get_host(resolver, hostName, retEntry);
}

DnsAsyncResult *
BeginGetHostByName(DnsResolver *resolver, const char *hostName, DnsAsyncCallback *callback,
		   void *state)
{
	return operation_begin_get_host(resolver, hostName, callback, state);
}

DnsStatus
EndGetHostByName(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry)
{
	return async_result_end(asyncResult, OPERATION_GET_HOST_BY_NAME, retEntry);
}
