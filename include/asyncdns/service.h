/* SPDX-License-Identifier: MIT */
/* The operations: X does it and waits, BeginX starts it, EndX waits for it and takes the
 * result, as in .NET's System.Net.Dns.
 *
 * Begin copies its arguments, never blocks, and gives back a handle at once. For bad
 * arguments or lack of means it returns NULL, sets errno, has started nothing, and the
 * callback will not run:
 *   EINVAL        hostName or address is NULL, a family or an address of another kind than
 *                 stated, or the unspecified address where it would be looked up
 *   ENAMETOOLONG  more than 255 characters, or 255 of which the last is not the final dot
 *   ENOMEM        no memory
 *   EMFILE, ENFILE, EAGAIN  the default resolver could not be made
 *   ESHUTDOWN     the resolver is closed, or not one
 *   ECHILD        the resolver is a parent process's
 * All that happens to the lookup itself comes out of End.
 *
 * The callback and the state may be NULL; see DnsAsyncCallback for the thread it runs on.
 *
 * BeginXWithOptions is BeginX for a lookup that is to differ from what the resolver does
 * otherwise (lookup_options.h); options may be NULL.
 *
 * End waits until the operation has completed, consumes the handle whether it succeeded
 * or not, and can be called from any thread, but only once. retEntry gets the entry,
 * which you owe a DnsHostEntryRelease, or NULL if the status is not DNS_STATUS_OK;
 * retEntry may be NULL if you do not want it. Two statuses say that nothing was consumed:
 *   DNS_STATUS_INVALID_OPERATION  handle ended already, not from the Begin of this
 *                                 operation, or NULL
 *   DNS_STATUS_WOULD_DEADLOCK     the operation is pending, and this is a callback on a
 *                                 loop thread
 * X itself returns what End would, and for what Begin would refuse
 * DNS_STATUS_INVALID_ARGUMENT, DNS_STATUS_NO_MEMORY, DNS_STATUS_CLOSED, DNS_STATUS_FORKED, or
 * DNS_STATUS_TRY_AGAIN when the default resolver could not be made. */
#ifndef ASYNCDNS_SERVICE_H
#define ASYNCDNS_SERVICE_H

#include <sys/socket.h>

#include <asyncdns/async_result.h>
#include <asyncdns/host_entry.h>
#include <asyncdns/lookup_options.h>
#include <asyncdns/record_set.h>
#include <asyncdns/resolver.h>
#include <asyncdns/status.h>
#include <asyncdns/visibility.h>

/* GetHostByName: the addresses of a host, IPv4 and IPv6.
 *
 * An address literal, as inet_aton(3) and RFC 4007 spell them ("192.0.2.1", "127.1",
 * "0x7f.1", "fe80::1%eth0", without brackets), is itself the answer. "" means the own
 * host's name.
 *
 * Special names are those below, and all that end in a dot and one of them. "localhost"
 * has the loopback addresses (RFC 6761). "invalid", "onion" and "alt" do not exist
 * (RFC 6761, 7686, 9476). "local" is of multicast DNS, which is not spoken here: only the
 * hosts file can have it (RFC 6762). The names of the pointers of 127.0.0.1 and ::1 have no
 * addresses (RFC 6303). No server is ever asked for one. They complete synchronously, as
 * literals do; those in "local" may.
 *
 * A name in the hosts file has the addresses given there and no others, and is not asked
 * for; it may complete synchronously too.
 *
 * A name that cannot exist (an empty label or one of more than 63 bytes, a character other
 * than letters, digits, '-' and '_', more than 253 bytes, a last label that is a number) is
 * DNS_STATUS_HOST_NOT_FOUND at End, and no server is asked. Names are ASCII or UTF-8,
 * whatever the locale is. One in UTF-8 is looked up as the DNS has it, in ASCII (IDNA2008,
 * mapped by UTS 46, not transitional), and so is the entry's name; if it has no such form,
 * it cannot exist. In a build without libidn2 all that is not ASCII is DNS_STATUS_NO_IDN at
 * End. What begins with "xn--" is ASCII, and is not looked into. */
DNS_API DnsStatus GetHostByName(DnsResolver *resolver, const char *hostName,
				DnsHostEntry **retEntry);
DNS_API DnsAsyncResult *BeginGetHostByName(DnsResolver *resolver, const char *hostName,
					   DnsAsyncCallback *callback, void *state);
DNS_API DnsAsyncResult *BeginGetHostByNameWithOptions(DnsResolver *resolver,
						      const char *hostName,
						      const DnsLookupOptions *options,
						      DnsAsyncCallback *callback,
						      void *state);
DNS_API DnsStatus EndGetHostByName(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry);

/* GetHostEntry: a name as GetHostByName; an address literal is looked up backwards, and
 * the name found then forwards: if that fails the entry has the name and no address. The
 * unspecified address (0.0.0.0, ::) is EINVAL. 127.0.0.1 and ::1 are localhost; an
 * address in the hosts file has the names of its line. */
DNS_API DnsStatus GetHostEntry(DnsResolver *resolver, const char *hostNameOrAddress,
			       DnsHostEntry **retEntry);
DNS_API DnsAsyncResult *BeginGetHostEntry(DnsResolver *resolver,
					  const char *hostNameOrAddress,
					  DnsAsyncCallback *callback, void *state);
DNS_API DnsAsyncResult *BeginGetHostEntryWithOptions(DnsResolver *resolver,
						     const char *hostNameOrAddress,
						     const DnsLookupOptions *options,
						     DnsAsyncCallback *callback,
						     void *state);
DNS_API DnsStatus EndGetHostEntry(DnsAsyncResult *asyncResult, DnsHostEntry **retEntry);

/* GetHostAddresses: as GetHostByName, but of one family only if it is AF_INET or
 * AF_INET6; AF_UNSPEC asks for both, anything else is EINVAL. An address literal is
 * itself the answer; one of the other family is an entry without addresses, and no error.
 */
DNS_API DnsStatus GetHostAddresses(DnsResolver *resolver, const char *hostNameOrAddress,
				   int family, DnsHostEntry **retEntry);
DNS_API DnsAsyncResult *BeginGetHostAddresses(DnsResolver *resolver,
					      const char *hostNameOrAddress, int family,
					      DnsAsyncCallback *callback, void *state);
DNS_API DnsAsyncResult *BeginGetHostAddressesWithOptions(
	DnsResolver *resolver, const char *hostNameOrAddress, int family,
	const DnsLookupOptions *options, DnsAsyncCallback *callback, void *state);
DNS_API DnsStatus EndGetHostAddresses(DnsAsyncResult *asyncResult,
				      DnsHostEntry **retEntry);

/* GetHostByAddress: as GetHostEntry for an address, which is a struct sockaddr_in or
 * sockaddr_in6 of that length; its port does not matter. */
DNS_API DnsStatus GetHostByAddress(DnsResolver *resolver, const struct sockaddr *address,
				   socklen_t length, DnsHostEntry **retEntry);
DNS_API DnsAsyncResult *BeginGetHostByAddress(DnsResolver *resolver,
					      const struct sockaddr *address,
					      socklen_t length,
					      DnsAsyncCallback *callback, void *state);
DNS_API DnsAsyncResult *BeginGetHostByAddressWithOptions(
	DnsResolver *resolver, const struct sockaddr *address, socklen_t length,
	const DnsLookupOptions *options, DnsAsyncCallback *callback, void *state);
DNS_API DnsStatus EndGetHostByAddress(DnsAsyncResult *asyncResult,
				      DnsHostEntry **retEntry);

/* QueryRecords: the records of a name of one type: DnsRecordType or any other number from
 * 1 to 65535 that is a type of records; 0, 41 (OPT) and 249 to 255 (which ask for something
 * else, ANY among them) are EINVAL.
 *
 * The name is complete: neither the search list nor the hosts file matters, and an address
 * is a name. "." is the root, "" is EINVAL. Letters, digits, '-', '_', '*' and '/' may be in
 * it; any other name, and "invalid", "onion" and names below them are
 * DNS_STATUS_HOST_NOT_FOUND, "localhost" and names below it DNS_STATUS_NO_DATA, without
 * asking a server.
 *
 * retRecords gets the records, which you owe a DnsRecordSetRelease. With
 * DNS_LOOKUP_WHOLE_RESPONSE there are also records with DNS_STATUS_HOST_NOT_FOUND and
 * DNS_STATUS_NO_DATA if a server said so: their authority section has the SOA record. */
DNS_API DnsStatus QueryRecords(DnsResolver *resolver, const char *name, int type,
			       DnsRecordSet **retRecords);
DNS_API DnsAsyncResult *BeginQueryRecords(DnsResolver *resolver, const char *name, int type,
					  DnsAsyncCallback *callback, void *state);
DNS_API DnsAsyncResult *BeginQueryRecordsWithOptions(DnsResolver *resolver, const char *name,
						     int type, const DnsLookupOptions *options,
						     DnsAsyncCallback *callback, void *state);
DNS_API DnsStatus EndQueryRecords(DnsAsyncResult *asyncResult, DnsRecordSet **retRecords);

#endif
