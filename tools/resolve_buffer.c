/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_buffer.h"

#include <stdlib.h>
#include <string.h>

#define NUMBER_WIDTH 20		/* of 2^64 - 1 */

void
buffer_init(struct buffer *buffer, size_t size)
{
	*buffer = (struct buffer){.bytes = malloc(size)};
	if (buffer->bytes != NULL)
		buffer->size = size;
}

void
buffer_free(struct buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct buffer){.bytes = NULL};
}

static bool
buffer_grow(struct buffer *buffer, size_t size)
{
	char *bytes;

	size += size / 2;
	bytes = realloc(buffer->bytes, size);
	if (bytes == NULL) {
		buffer->is_incomplete = true;
		return false;
	}
	buffer->bytes = bytes;
	buffer->size = size;
	return true;
}

char *
buffer_reserve(struct buffer *buffer, size_t count)
{
	if (buffer->size - buffer->length < count &&
	    !buffer_grow(buffer, buffer->length + count))
		return NULL;
	return buffer->bytes + buffer->length;
}

void
buffer_put(struct buffer *buffer, const char *bytes, size_t count)
{
	char *place = buffer_reserve(buffer, count);

	if (place == NULL)
		return;
	memcpy(place, bytes, count);
	buffer->length += count;
}

void
buffer_put_text(struct buffer *buffer, const char *text)
{
	buffer_put(buffer, text, strlen(text));
}

void
buffer_put_byte(struct buffer *buffer, char byte)
{
	char *place = buffer_reserve(buffer, 1);

	if (place == NULL)
		return;
	*place = byte;
	buffer->length++;
}

void
buffer_put_blanks(struct buffer *buffer, size_t count)
{
	while (count-- > 0)
		buffer_put_byte(buffer, ' ');
}

void
buffer_put_number(struct buffer *buffer, uint64_t number)
{
	buffer_put_digits(buffer, number, 1);
}

void
buffer_put_digits(struct buffer *buffer, uint64_t number, unsigned int width)
{
	char digits[NUMBER_WIDTH];
	char *first = digits + sizeof(digits);

	while (number > 0 || (digits + sizeof(digits)) - first < (ptrdiff_t)width) {
		*--first = (char)('0' + number % 10);
		number /= 10;
	}
	buffer_put(buffer, first, (size_t)(digits + sizeof(digits) - first));
}

void
buffer_put_color(struct buffer *buffer, const char *color)
{
	if (color == NULL)
		return;
	buffer_put(buffer, "\033[", 2);
	buffer_put_text(buffer, color);
	buffer_put_byte(buffer, 'm');
}

static bool
is_plain(char byte)
{
	return byte >= ' ' && byte <= '~' && byte != '\\';
}

static size_t
put_escaped(struct buffer *buffer, const char *text, size_t length, bool doubles_backslash)
{
	size_t before = buffer->length;
	const char *end = text + length;
	const char *plain;

	while (text < end) {
		for (plain = text; text < end && is_plain(*text); text++)
			continue;
		buffer_put(buffer, plain, (size_t)(text - plain));
		if (text == end)
			break;
		buffer_put_byte(buffer, '\\');
		if (*text != '\\')
			buffer_put_digits(buffer, (unsigned char)*text, 3);
		else if (doubles_backslash)
			buffer_put_byte(buffer, '\\');
		text++;
	}
	return buffer->length - before;
}

size_t
buffer_put_escaped(struct buffer *buffer, const char *text, size_t length)
{
	return put_escaped(buffer, text, length, true);
}

size_t
buffer_put_presented(struct buffer *buffer, const char *text, size_t length)
{
	return put_escaped(buffer, text, length, false);
}
