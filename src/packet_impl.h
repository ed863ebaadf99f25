/* SPDX-License-Identifier: MIT */
#ifndef ASYNCDNS_PACKET_IMPL_H
#define ASYNCDNS_PACKET_IMPL_H

#include <asyncdns/packet.h>

#include <stdbool.h>

#include "server_list.h"

struct packet_watcher {
	DnsPacketCallback *callback;	/* NULL: nobody watches */
	void *state;
};

/* To be called only if somebody does. */
void packet_show(const struct packet_watcher *watcher, const struct server *server,
		 DnsPacketFate fate, bool is_over_tcp, const uint8_t *octets, size_t length);

#endif
