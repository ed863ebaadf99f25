/* SPDX-License-Identifier: MIT */
/* DnsStatus: how an operation ended, or why it could not be ended.
 *
 * The first group is what gethostbyname(3) says in h_errno and .NET in SocketError, with
 * "no such name" and "the name has no address" kept apart (RFC 2308). Values never
 * change; new ones are added behind the last. */
#ifndef ASYNCDNS_STATUS_H
#define ASYNCDNS_STATUS_H

#include <asyncdns/visibility.h>

typedef enum DnsStatus {
	DNS_STATUS_OK = 0,

	/* What the lookup found out. */
	DNS_STATUS_HOST_NOT_FOUND,	/* NXDOMAIN, or a name that cannot exist */
	DNS_STATUS_NO_DATA,		/* the name exists, but has no such record */
	DNS_STATUS_TRY_AGAIN,		/* servers failed or nobody could be reached */
	DNS_STATUS_NO_RECOVERY,		/* refused, or the answer was malformed */

	/* What ended it before it found out. */
	DNS_STATUS_TIMED_OUT,		/* its deadline passed */
	DNS_STATUS_CANCELLED,		/* DnsAsyncResultCancel */
	DNS_STATUS_CLOSED,		/* its resolver was closed */
	DNS_STATUS_FORKED,		/* in a child: it belongs to the parent process */
	DNS_STATUS_NO_MEMORY,

	/* What was wrong with the call. */
	DNS_STATUS_INVALID_ARGUMENT,
	DNS_STATUS_INVALID_OPERATION,	/* handle ended already, or of another operation */
	DNS_STATUS_WOULD_DEADLOCK,	/* it would block the thread that has to answer */

	/* What the lookup found out, too. */
	DNS_STATUS_NO_SERVERS,		/* it needs a server, and none is configured */

	/* What the library was built without. */
	DNS_STATUS_NO_IDN,		/* a name that is not ASCII, in a build without libidn2 */

	DNS_STATUS_FORCE_INT = 0x7fffffff
} DnsStatus;

/* One English sentence part, without a full stop, for any value; never NULL. The text is
 * static: do not free it. Safe from any thread. */
DNS_API const char *DnsStatusGetText(DnsStatus status);

#endif
