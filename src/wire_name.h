/* SPDX-License-Identifier: MIT */
/* wire_name: a name as messages carry it, expanded: labels with their lengths, at last the
 * root's. And its text: presentation form (RFC 1035 5.1) without the final dot, with
 * escapes for dots, backslashes and what is not printable. */
#ifndef ASYNCDNS_WIRE_NAME_H
#define ASYNCDNS_WIRE_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_NAME_MAXIMUM 255
#define WIRE_LABEL_MAXIMUM 63
/* 250 octets that need four characters each, three dots, and the NUL fit in. */
#define WIRE_NAME_TEXT_SIZE 1024

/* The octets of the name that begins here; 0: it does not end in its root within so many,
 * or it is compressed or too long. */
size_t wire_name_length(const uint8_t *octets, size_t left);

/* The text of a good name, and its length. The root's is empty. */
size_t wire_name_print(const uint8_t *name, char text[WIRE_NAME_TEXT_SIZE]);

/* Are these the same, so many octets of names, but for case? */
bool wire_name_matches(const uint8_t *name, const uint8_t *other, size_t length);

/* Is that its text? Compares without case. */
bool wire_name_is(const uint8_t *name, const char *text);

#endif
