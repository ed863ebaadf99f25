/* SPDX-License-Identifier: MIT */
/* A packet as a line of text. */
#ifndef ASYNCDNS_PACKET_TEXT_H
#define ASYNCDNS_PACKET_TEXT_H

#include <stddef.h>

#include <asyncdns/packet.h>
#include <asyncdns/visibility.h>

/* Writes a line on a packet, and a NUL: which way it went, to or from which server, how long
 * it is, its id and flags, the question, how many records there are, and its fate. All of
 * it is printable ASCII, whatever came. It is for people: it may say more some day.
 *
 * Like snprintf it writes no more than size octets, returns the length of the whole text
 * without the NUL, and takes a NULL buffer for the size 0. Safe from any thread. */
DNS_API size_t DnsPacketFormat(const DnsPacket *packet, char *buffer, size_t size);

#endif
