/* SPDX-License-Identifier: MIT */
/* DnsRecordType: types of DNS records, and their names.
 *
 * The numbers are those that IANA has assigned; any other from 0 to 65535 may be asked for
 * too, as an int. All functions are safe from any thread. */
#ifndef ASYNCDNS_RECORD_TYPE_H
#define ASYNCDNS_RECORD_TYPE_H

#include <stddef.h>

#include <asyncdns/visibility.h>

typedef enum DnsRecordType {
	DNS_RECORD_TYPE_A = 1,		/* an IPv4 address */
	DNS_RECORD_TYPE_NS = 2,		/* a name server of the zone */
	DNS_RECORD_TYPE_CNAME = 5,	/* the name is an alias of another */
	DNS_RECORD_TYPE_SOA = 6,	/* the zone's own data */
	DNS_RECORD_TYPE_PTR = 12,	/* another name; of an address: its host */
	DNS_RECORD_TYPE_HINFO = 13,
	DNS_RECORD_TYPE_MX = 15,	/* who takes mail */
	DNS_RECORD_TYPE_TXT = 16,
	DNS_RECORD_TYPE_RP = 17,
	DNS_RECORD_TYPE_AFSDB = 18,
	DNS_RECORD_TYPE_AAAA = 28,	/* an IPv6 address */
	DNS_RECORD_TYPE_LOC = 29,
	DNS_RECORD_TYPE_SRV = 33,	/* which hosts offer a service */
	DNS_RECORD_TYPE_NAPTR = 35,
	DNS_RECORD_TYPE_KX = 36,
	DNS_RECORD_TYPE_CERT = 37,
	DNS_RECORD_TYPE_DNAME = 39,	/* all names below are aliases */
	DNS_RECORD_TYPE_OPT = 41,	/* belongs to a message, not to a name */
	DNS_RECORD_TYPE_DS = 43,
	DNS_RECORD_TYPE_SSHFP = 44,
	DNS_RECORD_TYPE_RRSIG = 46,
	DNS_RECORD_TYPE_NSEC = 47,
	DNS_RECORD_TYPE_DNSKEY = 48,
	DNS_RECORD_TYPE_NSEC3 = 50,
	DNS_RECORD_TYPE_NSEC3PARAM = 51,
	DNS_RECORD_TYPE_TLSA = 52,
	DNS_RECORD_TYPE_SMIMEA = 53,
	DNS_RECORD_TYPE_CDS = 59,
	DNS_RECORD_TYPE_CDNSKEY = 60,
	DNS_RECORD_TYPE_OPENPGPKEY = 61,
	DNS_RECORD_TYPE_SVCB = 64,	/* how to reach a service */
	DNS_RECORD_TYPE_HTTPS = 65,	/* the same for HTTP */
	DNS_RECORD_TYPE_SPF = 99,
	DNS_RECORD_TYPE_ANY = 255,	/* to ask for what the server likes to give */
	DNS_RECORD_TYPE_URI = 256,
	DNS_RECORD_TYPE_CAA = 257,	/* who may issue certificates */

	DNS_RECORD_TYPE_FORCE_INT = 0x7fffffff
} DnsRecordType;

/* Writes the type's name, such as "MX", or "TYPE65280" if it has none (RFC 3597 5), and a
 * NUL. Like snprintf it writes no more than size octets, returns the length of the whole
 * name, and takes a NULL buffer for the size 0. 16 octets are enough. Nothing, and 0, for
 * what is no type: below 0 or above 65535. */
DNS_API size_t DnsRecordTypeFormat(int type, char *buffer, size_t size);

/* The type that a text names, in any case: a name that IANA has registered, "*" for ANY,
 * or "TYPE" and a decimal number. -1 if it names none, or is NULL. */
DNS_API int DnsRecordTypeFromText(const char *text);

#endif
