/* SPDX-License-Identifier: MIT */
/* parts_reader: takes good data of a record apart, field by field, into an arena. That
 * there was no memory is noted once, and may be asked at the end. */
#ifndef ASYNCDNS_PARTS_READER_H
#define ASYNCDNS_PARTS_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

struct parts_reader {
	const uint8_t *at;
	const uint8_t *end;
	struct arena *arena;
	bool has_failed;	/* no memory; what has been taken must not be used */
};

void parts_reader_init(struct parts_reader *reader, const uint8_t *data, size_t length,
		       struct arena *arena);

uint8_t parts_reader_8(struct parts_reader *reader);
uint16_t parts_reader_16(struct parts_reader *reader);
uint32_t parts_reader_32(struct parts_reader *reader);
/* The text of an expanded name. */
const char *parts_reader_name(struct parts_reader *reader);
/* A character-string, copied with a NUL behind it. */
const char *parts_reader_string(struct parts_reader *reader, size_t *length);
/* The same of all that is left. */
const char *parts_reader_rest(struct parts_reader *reader, size_t *length);

/* Memory for the parts themselves, cleared. */
void *parts_reader_take(struct parts_reader *reader, size_t size);
void *parts_reader_copy(struct parts_reader *reader, const void *octets, size_t length);

#endif
