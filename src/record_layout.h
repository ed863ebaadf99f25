/* SPDX-License-Identifier: MIT */
/* record_layout: of which fields the data of records consist, type by type. To know a type
 * is to have it in this table: data are checked, expanded and printed by it. */
#ifndef ASYNCDNS_RECORD_LAYOUT_H
#define ASYNCDNS_RECORD_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

/* The character that stands for a field. Those of "the rest" come last. */
enum {
	FIELD_8 = '1',		/* numbers of so many octets */
	FIELD_16 = '2',
	FIELD_32 = '4',
	FIELD_IPV4 = 'a',
	FIELD_IPV6 = 'A',
	FIELD_NAME = 'n',
	FIELD_PACKED_NAME = 'N', /* one that may be compressed */
	FIELD_STRING = 's',	/* a length and that many octets */
	FIELD_STRINGS = 'S',	/* one or more of these: the rest */
	FIELD_TAG = 't',	/* the same of letters and digits, at least one */
	FIELD_ANY_TEXT = 'e',	/* the rest, which may be empty */
	FIELD_TEXT = 'r',	/* the rest, not empty; the next two too */
	FIELD_HEX = 'x',	/* ... to be printed as such */
	FIELD_BASE64 = 'b',
	FIELD_PARAMS = 'p'	/* SvcParams, behind a priority and a name */
};

#define FIELD_MALFORMED SIZE_MAX

/* The fields of a type in their order; NULL: nothing is known of it. */
const char *record_layout_of(unsigned int type);

/* How many octets of the data, which end at length, the field at a position takes, or
 * FIELD_MALFORMED. Names must be expanded. */
size_t record_layout_measure(char field, const uint8_t *data, size_t position,
			     size_t length);

#endif
