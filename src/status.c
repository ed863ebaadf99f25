/* SPDX-License-Identifier: MIT */
#include <asyncdns/status.h>

const char *
DnsStatusGetText(DnsStatus status)
{
	switch (status) {
	case DNS_STATUS_OK:
		return "success";
	case DNS_STATUS_HOST_NOT_FOUND:
		return "the host does not exist";
	case DNS_STATUS_NO_DATA:
		return "the name exists, but has no such record";
	case DNS_STATUS_TRY_AGAIN:
		return "servers failed or could not be reached";
	case DNS_STATUS_NO_RECOVERY:
		return "the servers refused, or their answer was malformed";
	case DNS_STATUS_TIMED_OUT:
		return "no answer before the deadline";
	case DNS_STATUS_CANCELLED:
		return "the operation was cancelled";
	case DNS_STATUS_CLOSED:
		return "the resolver was closed";
	case DNS_STATUS_FORKED:
		return "the operation belongs to the parent process";
	case DNS_STATUS_NO_MEMORY:
		return "out of memory";
	case DNS_STATUS_INVALID_ARGUMENT:
		return "invalid argument";
	case DNS_STATUS_INVALID_OPERATION:
		return "the handle was ended already or is of another operation";
	case DNS_STATUS_WOULD_DEADLOCK:
		return "a callback may not wait for its own loop";
	case DNS_STATUS_NO_SERVERS:
		return "no name server is configured";
	case DNS_STATUS_NO_IDN:
		return "the name is not ASCII, and asyncdns was built without libidn2";
	case DNS_STATUS_FORCE_INT:
		break;
	}
	return "unknown status";
}
