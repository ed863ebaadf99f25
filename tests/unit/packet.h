/* SPDX-License-Identifier: MIT */
/* A builder of DNS messages, good and bad ones. */
#ifndef TESTS_UNIT_PACKET_H
#define TESTS_UNIT_PACKET_H

#include <stddef.h>
#include <stdint.h>

enum {
	PACKET_A = 1,
	PACKET_CNAME = 5,
	PACKET_TXT = 16,
	PACKET_AAAA = 28,

	PACKET_IN = 1,
	PACKET_CHAOS = 3
};

/* Where the question stands, and where the counts are. */
#define PACKET_HEADER 12
#define PACKET_QUESTIONS 4
#define PACKET_FLAGS 2
#define PACKET_ANSWERS 6
#define PACKET_AUTHORITIES 8
#define PACKET_ADDITIONALS 10

struct packet {
	size_t length;
	uint8_t data[65535];
};

/* A response with that rcode and one question of class IN. */
void packet_begin(struct packet *packet, unsigned int rcode, const char *name,
		  unsigned int type);

void packet_put(struct packet *packet, const void *data, size_t length);
void packet_put_16(struct packet *packet, unsigned int value);
/* Uncompressed; the text may have the escapes \. and \DDD. */
void packet_put_name(struct packet *packet, const char *name);

/* A record of the answer section, counted in the header. */
void packet_add_record(struct packet *packet, const char *name, unsigned int type,
		       uint32_t ttl, const void *data, size_t length);
/* A record that is counted at that place of the header, such as PACKET_AUTHORITIES. */
void packet_add_record_to(struct packet *packet, size_t count_at, const char *name,
			  unsigned int type, uint32_t ttl, const void *data,
			  size_t length);
/* An A or an AAAA record, as the address looks. */
void packet_add_address(struct packet *packet, const char *name, const char *address,
			uint32_t ttl);
void packet_add_cname(struct packet *packet, const char *name, const char *target,
		      uint32_t ttl);

/* Overwrites two octets. */
void packet_set_16(struct packet *packet, size_t position, unsigned int value);

/* A copy that is exactly so long, so that reading beyond it is noticed; to be freed. */
uint8_t *packet_copy(const struct packet *packet, size_t length);

#endif
