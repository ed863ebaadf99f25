/* SPDX-License-Identifier: MIT */
/* host_name: the normal form of a host's name, and which names a host can have. */
#ifndef ASYNCDNS_HOST_NAME_H
#define ASYNCDNS_HOST_NAME_H

#include <stdbool.h>
#include <stddef.h>

#define HOST_NAME_MAXIMUM 253 /* RFC 1035 2.3.4, without the final dot */

/* Copies so many octets, in lower case and without the final dot, and adds a NUL. */
void host_name_normalise(char *name, const char *text, size_t length);

/* Whether a host can have the name, given without a final dot. Letters, digits, '-' and
 * '_' (which is common, though no host name by RFC 952), in labels of 1 to 63. */
bool host_name_is_possible(const char *name);

/* Whether records can be asked for by the name: a host's, or one with '*' (a wildcard's
 * own) or '/' (RFC 2317) in it, or "", the root. Escapes are not understood. */
bool host_name_is_possible_in_dns(const char *name);

/* Compares without case. */
bool host_name_is_same(const char *a, const char *b);

/* Is the name the ancestor, or below it? Compares without case; a dot behind a backslash
 * parts no labels. */
bool host_name_is_within(const char *name, const char *ancestor);

#endif
