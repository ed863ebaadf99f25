/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "parts_reader.h"

#include <string.h>

#include "octets.h"
#include "wire_name.h"

void
parts_reader_init(struct parts_reader *reader, const uint8_t *data, size_t length,
		  struct arena *arena)
{
	reader->at = data;
	reader->end = data + length;
	reader->arena = arena;
	reader->has_failed = false;
}

uint8_t
parts_reader_8(struct parts_reader *reader)
{
	return *reader->at++;
}

uint16_t
parts_reader_16(struct parts_reader *reader)
{
	reader->at += 2;
	return octets_16(reader->at - 2);
}

uint32_t
parts_reader_32(struct parts_reader *reader)
{
	reader->at += 4;
	return octets_32(reader->at - 4);
}

void *
parts_reader_copy(struct parts_reader *reader, const void *octets, size_t length)
{
	void *copy = arena_copy(reader->arena, octets, length);

	if (copy == NULL)
		reader->has_failed = true;
	return copy;
}

void *
parts_reader_take(struct parts_reader *reader, size_t size)
{
	void *piece = arena_take(reader->arena, size);

	if (piece != NULL)
		memset(piece, 0, size);
	else
		reader->has_failed = true;
	return piece;
}

const char *
parts_reader_name(struct parts_reader *reader)
{
	char text[WIRE_NAME_TEXT_SIZE];
	size_t length = wire_name_print(reader->at, text);

	reader->at += wire_name_length(reader->at, (size_t)(reader->end - reader->at));
	return parts_reader_copy(reader, text, length);
}

/* Many are empty, and none of these needs a copy. */
static const char *
copy_text(struct parts_reader *reader, const uint8_t *octets, size_t length)
{
	return length > 0 ? parts_reader_copy(reader, octets, length) : "";
}

const char *
parts_reader_string(struct parts_reader *reader, size_t *length)
{
	const uint8_t *octets;

	*length = parts_reader_8(reader);
	octets = reader->at;
	reader->at += *length;
	return copy_text(reader, octets, *length);
}

const char *
parts_reader_rest(struct parts_reader *reader, size_t *length)
{
	const uint8_t *octets = reader->at;

	*length = (size_t)(reader->end - reader->at);
	reader->at = reader->end;
	return copy_text(reader, octets, *length);
}
