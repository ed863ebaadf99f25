/* SPDX-License-Identifier: MIT */
/* DnsRecord: one DNS record, with its data taken apart.
 *
 * A record belongs to the DnsRecordSet it was got from, never changes, and may be read by
 * any thread. So does all that the functions return: valid until your reference to the set
 * is released.
 *
 * Records of the types below are checked when a set is made, so that their data are there
 * in full. Asked for the data of another type, functions return NULL or 0, as they do for
 * a NULL record. Names are in presentation form (RFC 1035 5.1) without the final dot, in
 * the case in which the server wrote them; the root is "". New members are added behind
 * the last of a struct only. */
#ifndef ASYNCDNS_RECORD_H
#define ASYNCDNS_RECORD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include <asyncdns/visibility.h>

typedef struct DnsRecord DnsRecord;

/* The name that has the record. */
DNS_API const char *DnsRecordGetName(const DnsRecord *record);
/* A DnsRecordType, or another number. */
DNS_API int DnsRecordGetType(const DnsRecord *record);
DNS_API int DnsRecordGetClass(const DnsRecord *record); /* 1: IN */
/* Seconds; of an answer out of the cache those that are left. */
DNS_API uint32_t DnsRecordGetTimeToLive(const DnsRecord *record);

/* The data as in the message, of any type, with the names in them expanded where RFC 3597 4
 * allows them to be compressed: in NS, MD, MF, CNAME, SOA, MB, MG, MR, PTR, MINFO, MX, RP,
 * AFSDB, RT, PX, SRV and NAPTR records. */
DNS_API const uint8_t *DnsRecordGetData(const DnsRecord *record, size_t *retLength);

/* A, AAAA: a struct sockaddr_in or sockaddr_in6 with port 0. */
DNS_API const struct sockaddr *DnsRecordGetAddress(const DnsRecord *record,
						   socklen_t *retLength);

/* CNAME, DNAME, NS, PTR: the name they lead to. */
DNS_API const char *DnsRecordGetHost(const DnsRecord *record);

/* TXT, SPF: one string or more. They may hold any octets; a NUL, which is not counted,
 * follows each. An index beyond the count gives NULL and length 0. */
DNS_API size_t DnsRecordGetStringCount(const DnsRecord *record);
DNS_API const char *DnsRecordGetString(const DnsRecord *record, size_t index,
				       size_t *retLength);

/* SOA (RFC 1035 3.3.13); intervals in seconds. */
typedef struct DnsSoaData {
	const char *server;	/* primary source of the zone */
	const char *mailbox;	/* of who is responsible; the first dot stands for '@' */
	uint32_t serial;
	uint32_t refresh;
	uint32_t retry;
	uint32_t expire;
	uint32_t minimum;	/* how long it holds that something is not there */
} DnsSoaData;

DNS_API const DnsSoaData *DnsRecordGetSoa(const DnsRecord *record);

/* MX (RFC 1035 3.3.9). */
typedef struct DnsMxData {
	uint16_t preference;	/* the lowest is to be tried first */
	const char *exchange;	/* "": no mail at all (RFC 7505) */
} DnsMxData;

DNS_API const DnsMxData *DnsRecordGetMx(const DnsRecord *record);

/* SRV (RFC 2782). */
typedef struct DnsSrvData {
	uint16_t priority;	/* the lowest is to be tried first */
	uint16_t weight;	/* share of the load among equal priorities */
	uint16_t port;		/* in host byte order */
	const char *target;	/* "": the service is not offered */
} DnsSrvData;

DNS_API const DnsSrvData *DnsRecordGetSrv(const DnsRecord *record);

/* CAA (RFC 8659). A NUL, which is not counted, follows the value. */
typedef struct DnsCaaData {
	uint8_t flags;		/* 128: critical */
	const char *tag;	/* letters and digits, such as "issue" */
	const char *value;
	size_t valueLength;
} DnsCaaData;

DNS_API const DnsCaaData *DnsRecordGetCaa(const DnsRecord *record);

/* NAPTR (RFC 3403 4.1). The texts may hold any octets; a NUL follows each. */
typedef struct DnsNaptrData {
	uint16_t order;
	uint16_t preference;
	const char *flags;
	size_t flagsLength;
	const char *services;
	size_t servicesLength;
	const char *regexp;
	size_t regexpLength;
	const char *replacement; /* a name */
} DnsNaptrData;

DNS_API const DnsNaptrData *DnsRecordGetNaptr(const DnsRecord *record);

/* TLSA, SMIMEA (RFC 6698, RFC 8162). */
typedef struct DnsTlsaData {
	uint8_t usage;
	uint8_t selector;
	uint8_t matching;
	const uint8_t *data;
	size_t dataLength;
} DnsTlsaData;

DNS_API const DnsTlsaData *DnsRecordGetTlsa(const DnsRecord *record);

/* DS, CDS (RFC 4034 5, RFC 7344). */
typedef struct DnsDsData {
	uint16_t keyTag;
	uint8_t algorithm;
	uint8_t digestType;
	const uint8_t *digest;
	size_t digestLength;
} DnsDsData;

DNS_API const DnsDsData *DnsRecordGetDs(const DnsRecord *record);

/* URI (RFC 7553). A NUL, which is not counted, follows the target. */
typedef struct DnsUriData {
	uint16_t priority;
	uint16_t weight;
	const char *target;
	size_t targetLength;
} DnsUriData;

DNS_API const DnsUriData *DnsRecordGetUri(const DnsRecord *record);

/* One SvcParam as it was sent; keys are assigned by IANA. */
typedef struct DnsSvcbParam {
	uint16_t key;
	const uint8_t *value;
	size_t length;
} DnsSvcbParam;

enum DnsSvcbKey {
	DNS_SVCB_KEY_MANDATORY = 0,
	DNS_SVCB_KEY_ALPN = 1,
	DNS_SVCB_KEY_NO_DEFAULT_ALPN = 2,
	DNS_SVCB_KEY_PORT = 3,
	DNS_SVCB_KEY_IPV4HINT = 4,
	DNS_SVCB_KEY_ECH = 5,
	DNS_SVCB_KEY_IPV6HINT = 6,
	DNS_SVCB_KEY_DOHPATH = 7,
	DNS_SVCB_KEY_OHTTP = 8
};

/* A protocol's name for TLS (RFC 7301), such as "h2"; a NUL follows it. */
typedef struct DnsSvcbProtocol {
	const char *name;
	size_t length;
} DnsSvcbProtocol;

/* SVCB, HTTPS (RFC 9460). With priority 0 the name is an alias of the target, and the
 * params, though they are there, are to be ignored; what follows them is empty then. */
typedef struct DnsSvcbData {
	uint16_t priority;		/* the lowest is to be tried first; 0: alias */
	const char *target;		/* "": the record's own name; an alias of nothing */
	const DnsSvcbParam *params;	/* all of them, in the order of their keys */
	size_t paramCount;

	/* The well-known ones, taken apart. */
	const uint16_t *mandatory;	/* keys that one must understand to use the record */
	size_t mandatoryCount;
	const DnsSvcbProtocol *protocols; /* alpn */
	size_t protocolCount;
	bool noDefaultProtocol;		/* no-default-alpn */
	bool hasPort;
	uint16_t port;			/* in host byte order */
	const struct in_addr *ipv4Hints;
	size_t ipv4HintCount;
	const struct in6_addr *ipv6Hints;
	size_t ipv6HintCount;
	const uint8_t *ech;		/* an ECHConfigList */
	size_t echLength;
} DnsSvcbData;

DNS_API const DnsSvcbData *DnsRecordGetSvcb(const DnsRecord *record);

#endif
