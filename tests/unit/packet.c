/* SPDX-License-Identifier: MIT */
#include "packet.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "dns_name.h"
#include "unit.h"

void
packet_put(struct packet *packet, const void *data, size_t length)
{
	expect(length <= sizeof packet->data - packet->length, "the packet is full");
	if (length > 0)
		memcpy(packet->data + packet->length, data, length);
	packet->length += length;
}

void
packet_put_16(struct packet *packet, unsigned int value)
{
	uint8_t octets[2];

	octets[0] = (uint8_t)(value >> 8);
	octets[1] = (uint8_t)value;
	packet_put(packet, octets, sizeof octets);
}

void
packet_put_name(struct packet *packet, const char *name)
{
	struct dns_name wire;

	expect(dns_name_from_text(&wire, name), name);
	packet_put(packet, wire.bytes, wire.length);
}

void
packet_begin(struct packet *packet, unsigned int rcode, const char *name,
	     unsigned int type)
{
	packet->length = 0;
	packet_put_16(packet, 0x1234);
	packet_put_16(packet, 0x8180 | rcode); /* QR, RD, RA */
	packet_put_16(packet, 1);
	packet_put_16(packet, 0);
	packet_put_16(packet, 0);
	packet_put_16(packet, 0);
	packet_put_name(packet, name);
	packet_put_16(packet, type);
	packet_put_16(packet, PACKET_IN);
}

void
packet_add_record_to(struct packet *packet, size_t count_at, const char *name,
		     unsigned int type, uint32_t ttl, const void *data, size_t length)
{
	unsigned int count;

	packet_put_name(packet, name);
	packet_put_16(packet, type);
	packet_put_16(packet, PACKET_IN);
	packet_put_16(packet, ttl >> 16);
	packet_put_16(packet, ttl & 0xffff);
	packet_put_16(packet, (unsigned int)length);
	packet_put(packet, data, length);
	count = (unsigned int)packet->data[count_at] << 8 | packet->data[count_at + 1];
	packet_set_16(packet, count_at, count + 1);
}

void
packet_add_record(struct packet *packet, const char *name, unsigned int type,
		  uint32_t ttl, const void *data, size_t length)
{
	packet_add_record_to(packet, PACKET_ANSWERS, name, type, ttl, data, length);
}

void
packet_add_address(struct packet *packet, const char *name, const char *address,
		   uint32_t ttl)
{
	int family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
	struct in6_addr octets;

	expect(inet_pton(family, address, &octets) == 1, address);
	if (family == AF_INET)
		packet_add_record(packet, name, PACKET_A, ttl, &octets, 4);
	else
		packet_add_record(packet, name, PACKET_AAAA, ttl, &octets, 16);
}

void
packet_add_cname(struct packet *packet, const char *name, const char *target,
		 uint32_t ttl)
{
	struct dns_name wire;

	expect(dns_name_from_text(&wire, target), target);
	packet_add_record(packet, name, PACKET_CNAME, ttl, wire.bytes, wire.length);
}

void
packet_set_16(struct packet *packet, size_t position, unsigned int value)
{
	packet->data[position] = (uint8_t)(value >> 8);
	packet->data[position + 1] = (uint8_t)value;
}

uint8_t *
packet_copy(const struct packet *packet, size_t length)
{
	uint8_t *copy = malloc(length > 0 ? length : 1);

	expect(copy != NULL && length <= packet->length, "no copy");
	memcpy(copy, packet->data, length);
	return copy;
}
