/* SPDX-License-Identifier: MIT */
/* DnsPacket: a DNS message on its way to or from a server, for people who wonder what is
 * sent and received. See DnsResolverOptionsSetPacketCallback. A datagram of more than 4,096
 * octets is nobody's answer, and not shown. */
#ifndef ASYNCDNS_PACKET_H
#define ASYNCDNS_PACKET_H

#include <stddef.h>
#include <stdint.h>

typedef enum DnsPacketFate {
	DNS_PACKET_SENT = 0,
	/* It answers a question that is in flight. */
	DNS_PACKET_ACCEPTED,
	/* It would, but it can't be read to its end, or the name is not in the letters that
	 * were sent: for a fifth of a second a better one is waited for. */
	DNS_PACKET_DOUBTED,
	/* It does not: a wrong id, question or port, or the answer has come already. */
	DNS_PACKET_IGNORED,

	DNS_PACKET_FATE_FORCE_INT = 0x7fffffff
} DnsPacketFate;

/* All of it is borrowed from the resolver, until the callback returns. */
typedef struct DnsPacket {
	DnsPacketFate fate;
	int isOverTcp;
	const char *server;	/* its address and port: "192.0.2.1:53", "[2001:db8::1]:53" */
	const uint8_t *octets;	/* of the message, as they are on the wire */
	size_t length;		/* without the two octets that say it over TCP */
} DnsPacket;

typedef void DnsPacketCallback(const DnsPacket *packet, void *state);

#endif
