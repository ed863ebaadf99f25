/* SPDX-License-Identifier: MIT */
/* DnsResolverOptions: how a resolver is to behave. Fill one in, give it to
 * DnsResolverCreate, which copies it, and release it. One thread at a time.
 *
 * Every Set function returns DNS_STATUS_OK, DNS_STATUS_INVALID_ARGUMENT (options is NULL,
 * or the value outside what is stated) or DNS_STATUS_NO_MEMORY; unless OK, the options
 * are as before. */
#ifndef ASYNCDNS_RESOLVER_OPTIONS_H
#define ASYNCDNS_RESOLVER_OPTIONS_H

#include <stddef.h>

#include <asyncdns/packet.h>
#include <asyncdns/status.h>
#include <asyncdns/visibility.h>

typedef struct DnsResolverOptions DnsResolverOptions;

typedef enum DnsResolverFlags {
	/* No operation completes inside Begin, for callers that hold locks across it: what
	 * needs no server is completed on the loop thread too. */
	DNS_RESOLVER_NEVER_SYNCHRONOUS = 1 << 0,

	/* Callbacks run on a thread of yours, inside DnsResolverDispatch, and not on the
	 * loop thread. What completes inside Begin calls back there, as ever. */
	DNS_RESOLVER_DISPATCH_CALLBACKS = 1 << 1,

	/* Where both families are wanted, the servers are asked for IPv4 addresses only if
	 * this system has one, and the same for IPv6; loopback addresses do not count. With
	 * neither, for both (AI_ADDRCONFIG of RFC 3493). Looked at once a second. */
	DNS_RESOLVER_ADDRESS_CONFIG = 1 << 2,

	/* When all servers fail, what they said earlier is not given out past its time. */
	DNS_RESOLVER_NO_STALE = 1 << 3,

	/* Names are sent in lower case only, for a server that takes the case of letters for a
	 * difference. Otherwise it is drawn by lot in datagrams, so that an answer is harder
	 * to forge (draft-vixie-dnsext-dns0x20), and a server that does not send the letters
	 * back as they were is asked again without. */
	DNS_RESOLVER_KEEP_CASE = 1 << 4,

	/* An answer of a server that gives a name an address of this host or of a private
	 * network is refused, DNS_STATUS_NO_RECOVERY: else who owns a name that strangers look
	 * up can lead them into the network of their own (DNS rebinding). See
	 * DnsResolverOptionsSetPrivateSuffixes. The hosts file is not concerned. */
	DNS_RESOLVER_REFUSE_PRIVATE = 1 << 5,

	DNS_RESOLVER_FLAGS_FORCE_INT = 0x7fffffff
} DnsResolverFlags;

/* In which order the addresses stand that servers or the hosts file gave. Equal ones stay
 * as received, which is IPv4, then IPv6, each as the server sent them, and of the hosts
 * file the order of its lines. */
typedef enum DnsAddressOrder {
	DNS_ADDRESS_ORDER_RFC6724 = 0,	/* the one most likely to work first, as getaddrinfo */
	DNS_ADDRESS_ORDER_IPV4_FIRST,	/* the same in each family, but IPv4 before IPv6 */
	DNS_ADDRESS_ORDER_IPV6_FIRST,
	DNS_ADDRESS_ORDER_INTERLEAVED,	/* families in turns, for RFC 8305 */
	DNS_ADDRESS_ORDER_AS_RECEIVED,	/* the same on every system */

	DNS_ADDRESS_ORDER_FORCE_INT = 0x7fffffff
} DnsAddressOrder;

/* Options with the system's configuration in every point. NULL: no memory. */
DNS_API DnsResolverOptions *DnsResolverOptionsCreate(void);
DNS_API void DnsResolverOptionsRelease(DnsResolverOptions *options);

/* The servers to ask, in that order, instead of the system's: addresses separated by
 * commas, each with a port if it is not 53: "127.0.0.1:5300,[::1]:53,192.0.2.1". An IPv6
 * address may stand without brackets where it has no port, and have a scope, as in
 * "fe80::1%eth0" or "[fe80::1%2]:5300"; it is an invalid argument if there is no such
 * interface now. At most 8. NULL: the system's (the default). */
DNS_API DnsStatus DnsResolverOptionsSetServers(DnsResolverOptions *options,
					       const char *servers);

/* What is tried behind a name, in that order, instead of the system's search list: up to 32
 * suffixes separated by commas, "a.example,b.example"; "" for none. "." adds nothing. NULL:
 * the system's (the default). */
DNS_API DnsStatus DnsResolverOptionsSetSearchList(DnsResolverOptions *options,
						  const char *suffixes);

/* From how many dots on a name is tried as it is before, and not after, the search list:
 * 0 to 15. Default: `options ndots:` of resolv.conf, else 1. */
DNS_API DnsStatus DnsResolverOptionsSetNdots(DnsResolverOptions *options, int ndots);

/* How long to wait for the first reply of a server, in milliseconds, 1 to 60,000; later
 * rounds wait longer. Default: `options timeout:` of resolv.conf, else 2,000. */
DNS_API DnsStatus DnsResolverOptionsSetTimeout(DnsResolverOptions *options,
					       int milliseconds);

/* How many times each server is asked, 1 to 10. Default: `options attempts:` of
 * resolv.conf, else 3. */
DNS_API DnsStatus DnsResolverOptionsSetTries(DnsResolverOptions *options, int tries);

/* How long an operation may take in all, from Begin on, whatever the tries: milliseconds,
 * from 1. Default 10,000. */
DNS_API DnsStatus DnsResolverOptionsSetDeadline(DnsResolverOptions *options,
						int milliseconds);

/* How long an operation waits for the addresses of one family when those of the other have
 * come, in milliseconds, from 0; what comes later is left out, and the entry is partial
 * (RFC 8305 3 has the idea). Default 50. */
DNS_API DnsStatus DnsResolverOptionsSetGrace(DnsResolverOptions *options, int milliseconds);

/* The order of addresses. Default: DNS_ADDRESS_ORDER_RFC6724. All but
 * DNS_ADDRESS_ORDER_AS_RECEIVED ask the system for a route to each of several addresses (of
 * more than 64 of a family, to the first ones), which costs some system calls each and sends
 * no packet; what it says is remembered for a second. */
DNS_API DnsStatus DnsResolverOptionsSetAddressOrder(DnsResolverOptions *options,
						    DnsAddressOrder order);

/* The file to read instead of /etc/resolv.conf. NULL: that one (the default). */
DNS_API DnsStatus DnsResolverOptionsSetResolvConfPath(DnsResolverOptions *options,
						      const char *path);

/* The file to read instead of /etc/hosts, for example an empty one. NULL: that one (the
 * default). */
DNS_API DnsStatus DnsResolverOptionsSetHostsPath(DnsResolverOptions *options,
						 const char *path);

/* The file with the policy of the order, instead of /etc/gai.conf. NULL: that one (the
 * default). Read again when it changed, at most once a second, whether or not it says
 * "reload yes". What it does not speak of, or if it is not there, is the table of RFC 6724
 * 2.1 (glibc 2.36 has other defaults, those of RFC 3484 with additions). */
DNS_API DnsStatus DnsResolverOptionsSetGaiConfPath(DnsResolverOptions *options,
						   const char *path);

/* How many answers are kept to answer the same questions again, 0 to 16,777,216; 0: none.
 * They take 1 KiB each on average at most. Default 4,096.
 *
 * An answer is kept for its TTL, at most a day; that there is no such name or record for
 * as long as the zone says, at most three hours (RFC 2308); that servers failed for a
 * second at first, and up to 30 (RFC 9520). When all servers fail, an answer whose time
 * is over is given out all the same, for another day (RFC 8767), with a TTL of 30. */
DNS_API DnsStatus DnsResolverOptionsSetCacheSize(DnsResolverOptions *options, size_t entries);

/* Which names may have private addresses all the same, with DNS_RESOLVER_REFUSE_PRIVATE:
 * those at or below one of up to 32 suffixes separated by commas, "corp.example,lan"; "."
 * stands for all. At or below home.arpa (RFC 8375) and internal all may. It is the name asked
 * for that counts, not where it is an alias of. NULL: no others (the default).
 *
 * Refused are A and AAAA records, and the hints of SVCB and HTTPS records, of 0.0.0.0/8,
 * 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16,
 * 255.255.255.255, fc00::/7, fe80::/10, fec0::/10 and 64:ff9b:1::/48, and these IPv4
 * addresses in IPv6 ones: in ::/96 (where :: and ::1 are), ::ffff:0:0/96, ::ffff:0:0:0/96,
 * 64:ff9b::/96 and 2002::/16. One of them spoils all the answer to its question; of a host
 * the addresses of the other family are handed out, the entry then is partial. */
DNS_API DnsStatus DnsResolverOptionsSetPrivateSuffixes(DnsResolverOptions *options,
						       const char *suffixes);

/* Who is shown each message that is sent to a server or received from one, and what is given
 * with it; NULL: nobody (the default). It is called on the resolver's thread, for which the
 * rules of callbacks hold (see DnsAsyncCallback): it must not wait. What it wants to keep
 * it copies. The state must stay until DnsResolverClose has returned. */
DNS_API DnsStatus DnsResolverOptionsSetPacketCallback(DnsResolverOptions *options,
						      DnsPacketCallback *callback,
						      void *state);

/* DnsResolverFlags, or-ed together; an unknown bit is an invalid argument. Default 0. */
DNS_API DnsStatus DnsResolverOptionsSetFlags(DnsResolverOptions *options, unsigned int flags);

#endif
