/* SPDX-License-Identifier: MIT */
/* Names as they go over the wire: length bytes and labels, the root's empty label at the
 * end. */
#ifndef TESTS_SUPPORT_DNS_NAME_H
#define TESTS_SUPPORT_DNS_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DNS_NAME_SIZE 255

struct dns_name {
	size_t length;
	uint8_t bytes[DNS_NAME_SIZE];
};

/* Understands "a.b", "a.b.", "." and the escapes \. and \DDD. */
bool dns_name_from_text(struct dns_name *, const char *text);
/* Takes an uncompressed name from a message; false if there is none within size bytes. */
bool dns_name_from_wire(struct dns_name *, const uint8_t *bytes, size_t size);
/* To lower case. Length bytes are below 64 and stay what they are. */
void dns_name_fold(struct dns_name *);
/* Of a folded name. Never 0. */
uint64_t dns_name_hash(const struct dns_name *);
/* Where the last count labels begin (the root's not counted); 0 if there are no more. */
size_t dns_name_suffix(const struct dns_name *, unsigned int count);

#endif
