/* SPDX-License-Identifier: MIT */
#include "kept.h"

struct kept kept;

static struct packet packet;

void
keep(const char *name, int type, struct answer *answer)
{
	answer_cache_store(kept.cache, name, type, answer, kept.now);
	answer_release(answer);
}

void
keep_address(const char *name, int type, const char *address, uint32_t ttl, int age)
{
	packet_begin(&packet, REPLIES_NOERROR, name, (unsigned int)type);
	if (address != NULL)
		packet_add_address(&packet, name, address, ttl);
	else
		replies_add_soa(&packet, "test", ttl, ttl);
	keep(name, type, replies_take(&packet, kept.now - 1000 * age));
}

void
keep_both(const char *name)
{
	keep_address(name, A, "192.0.2.1", 300, 100);
	keep_address(name, AAAA, "2001:db8::1", 300, 50);
}

void
keep_no_name(const char *name)
{
	int types[] = { A, AAAA }, i;

	for (i = 0; i < 2; i++) {
		packet_begin(&packet, REPLIES_NXDOMAIN, name, (unsigned int)types[i]);
		replies_add_soa(&packet, "test", 300, 300);
		keep(name, types[i], replies_take(&packet, kept.now));
	}
}

void
keep_pointer(const char *name, uint32_t ttl)
{
	struct packet target = { .length = 0 };

	packet_put_name(&target, name);
	packet_begin(&packet, REPLIES_NOERROR, REVERSE, PTR);
	packet_add_record(&packet, REVERSE, PTR, ttl, target.data, target.length);
	keep(REVERSE, PTR, replies_take(&packet, kept.now));
}
