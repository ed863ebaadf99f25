/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "packet_impl.h"

void
packet_show(const struct packet_watcher *watcher, const struct server *server,
	    DnsPacketFate fate, bool is_over_tcp, const uint8_t *octets, size_t length)
{
	struct server_list servers = { .count = 1, .servers = { *server } };
	char text[SERVER_LIST_TEXT_SIZE];
	const DnsPacket packet = {
		.fate = fate,
		.isOverTcp = is_over_tcp,
		.server = text,
		.octets = octets,
		.length = length,
	};

	server_list_format(&servers, text);
	watcher->callback(&packet, watcher->state);
}
