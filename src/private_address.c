/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "private_address.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first so many bits of an address. */
struct block {
	uint8_t octets[12];
	unsigned int bits;
};

static const struct block ipv4_blocks[] = {
	{ { 0 }, 8 },			/* this host on this network, RFC 1122 3.2.1.3 */
	{ { 10 }, 8 },			/* RFC 1918 3, and two more */
	{ { 172, 16 }, 12 },
	{ { 192, 168 }, 16 },
	{ { 100, 64 }, 10 },		/* behind a provider's NAT, RFC 6598 7 */
	{ { 127 }, 8 },			/* loopback, RFC 1122 3.2.1.3 */
	{ { 169, 254 }, 16 },		/* link-local, RFC 3927 2.1 */
	{ { 255, 255, 255, 255 }, 32 }, /* broadcast, RFC 919 7 */
};

static const struct block ipv6_blocks[] = {
	{ { 0xfc }, 7 },		      /* unique local, RFC 4193 3.1 */
	{ { 0xfe, 0x80 }, 10 },		      /* link-local, RFC 4291 2.5.6 */
	{ { 0xfe, 0xc0 }, 10 },		      /* site-local, RFC 3879 */
	{ { 0, 0x64, 0xff, 0x9b, 0, 1 }, 48 }, /* NAT64 of the own network, RFC 8215 */
};

/* What an IPv4 address follows. The unspecified address and loopback are compatible ones:
 * of 0.0.0.0 and 0.0.0.1. */
static const struct block ipv4_prefixes[] = {
	{ { 0 }, 96 },						   /* RFC 4291 2.5.5.1 */
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96 },	   /* RFC 4291 2.5.5.2 */
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0 }, 96 },	   /* RFC 2765 2.1 */
	{ { 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0 }, 96 }, /* RFC 6052 2.1 */
	{ { 0x20, 0x02 }, 16 },					   /* RFC 3056 2 */
};

static bool
begins_with(const void *address, const struct block *block)
{
	const uint8_t *octets = address;
	unsigned int whole = block->bits / 8, rest = block->bits % 8;

	if (memcmp(octets, block->octets, whole) != 0)
		return false;
	return rest == 0 || (octets[whole] ^ block->octets[whole]) >> (8 - rest) == 0;
}

static const struct block *
find_block(const void *address, const struct block *blocks, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (begins_with(address, &blocks[i]))
			return &blocks[i];
	return NULL;
}

bool
private_address_is_ipv4(const struct in_addr *address)
{
	return find_block(address, ipv4_blocks, sizeof ipv4_blocks / sizeof *ipv4_blocks) !=
	       NULL;
}

bool
private_address_is_ipv6(const struct in6_addr *address)
{
	const struct block *prefix;
	struct in_addr ipv4;

	if (find_block(address, ipv6_blocks, sizeof ipv6_blocks / sizeof *ipv6_blocks) != NULL)
		return true;
	prefix = find_block(address, ipv4_prefixes,
			    sizeof ipv4_prefixes / sizeof *ipv4_prefixes);
	if (prefix == NULL)
		return false;
	memcpy(&ipv4, address->s6_addr + prefix->bits / 8, sizeof ipv4);
	return private_address_is_ipv4(&ipv4);
}
