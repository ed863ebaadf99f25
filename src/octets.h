/* SPDX-License-Identifier: MIT */
/* octets: numbers as they are in messages, the high octet first (RFC 1035 2.3.2). */
#ifndef ASYNCDNS_OCTETS_H
#define ASYNCDNS_OCTETS_H

#include <stdint.h>

static inline uint16_t
octets_16(const uint8_t *octets)
{
	return (uint16_t)(octets[0] << 8 | octets[1]);
}

static inline uint32_t
octets_32(const uint8_t *octets)
{
	return (uint32_t)octets_16(octets) << 16 | octets_16(octets + 2);
}

static inline void
octets_put_16(uint8_t *octets, uint16_t number)
{
	octets[0] = (uint8_t)(number >> 8);
	octets[1] = (uint8_t)number;
}

#endif
