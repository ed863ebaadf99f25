/* SPDX-License-Identifier: MIT */
#include "replies.h"

#include "dns_name.h"
#include "unit.h"

void
replies_add_soa(struct packet *packet, const char *owner, uint32_t ttl, uint32_t minimum)
{
	static struct packet data; /* two names and five numbers */
	unsigned int i;

	data.length = 0;
	packet_put_name(&data, "ns.example");
	packet_put_name(&data, "root.example");
	for (i = 0; i < 4; i++) {
		packet_put_16(&data, 0xffff);
		packet_put_16(&data, 0xffff);
	}
	packet_put_16(&data, minimum >> 16);
	packet_put_16(&data, minimum & 0xffff);
	packet_add_record_to(packet, PACKET_AUTHORITIES, owner, REPLIES_SOA, ttl, data.data,
			     data.length);
}

struct answer *
replies_take(const struct packet *packet, int64_t received)
{
	struct answer *answer = answer_create(DNS_STATUS_OK, packet->data, packet->length);

	expect(answer != NULL, "an answer");
	answer->received = received;
	return answer;
}

struct answer *
replies_address(const char *name, const char *address, uint32_t ttl, int64_t received)
{
	static _Thread_local struct packet packet;

	packet_begin(&packet, REPLIES_NOERROR, name, PACKET_A);
	packet_add_address(&packet, name, address, ttl);
	return replies_take(&packet, received);
}

struct answer *
replies_no_name(const char *name, const char *zone, uint32_t ttl, int64_t received)
{
	static struct packet packet;

	packet_begin(&packet, REPLIES_NXDOMAIN, name, PACKET_A);
	replies_add_soa(&packet, zone, ttl, ttl);
	return replies_take(&packet, received);
}

struct answer *
replies_failure(DnsStatus status)
{
	struct answer *answer = answer_create(status, NULL, 0);

	expect(answer != NULL, "an answer");
	return answer;
}
