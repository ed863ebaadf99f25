/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_json_text.h"

#include <string.h>

static const char hex_digits[] = "0123456789abcdef";

/* The character that the text begins with, and of how many bytes it consists; 0 if the
 * first byte begins none (RFC 3629 4). */
static size_t
utf8_read(const char *text, size_t length, uint32_t *character)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char first = (unsigned char)text[0];
	size_t size, i;

	if (first < 0x80) {
		*character = first;
		return 1;
	}
	size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	if (first < 0xc2 || first > 0xf4 || size > length)
		return 0;
	*character = first & (0x7fU >> size);
	for (i = 1; i < size; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		*character = *character << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (*character < least[size] || *character > 0x10ffff ||
	    (*character >= 0xd800 && *character <= 0xdfff))
		return 0;
	return size;
}

bool
text_is_utf8(const char *text, size_t length)
{
	uint32_t character;
	size_t size;

	for (; length > 0; text += size, length -= size) {
		size = utf8_read(text, length, &character);
		if (size == 0)
			return false;
	}
	return true;
}

static void
put_unit(struct buffer *buffer, uint32_t unit)
{
	int shift;

	buffer_put(buffer, "\\u", 2);
	for (shift = 12; shift >= 0; shift -= 4)
		buffer_put_byte(buffer, hex_digits[unit >> shift & 15]);
}

static void
put_character(struct buffer *buffer, uint32_t character)
{
	if (character == '"' || character == '\\') {
		buffer_put_byte(buffer, '\\');
		buffer_put_byte(buffer, (char)character);
	} else if (character < 0x10000) {
		put_unit(buffer, character);
	} else {
		put_unit(buffer, 0xd800 + ((character - 0x10000) >> 10));
		put_unit(buffer, 0xdc00 + ((character - 0x10000) & 0x3ff));
	}
}

static bool
is_plain(char byte)
{
	return byte >= ' ' && byte <= '~' && byte != '"' && byte != '\\';
}

void
json_put_string(struct buffer *buffer, const char *text, size_t length)
{
	const char *end = text + length, *plain;
	uint32_t character;
	size_t size;

	buffer_put_byte(buffer, '"');
	while (text < end) {
		for (plain = text; text < end && is_plain(*text); text++)
			continue;
		buffer_put(buffer, plain, (size_t)(text - plain));
		if (text == end)
			break;
		size = utf8_read(text, (size_t)(end - text), &character);
		if (size == 0) {
			character = (unsigned char)*text;
			size = 1;
		}
		put_character(buffer, character);
		text += size;
	}
	buffer_put_byte(buffer, '"');
}

void
json_put_key(struct buffer *buffer, const char *key)
{
	if (buffer->length == 0 || buffer->bytes[buffer->length - 1] != '{')
		buffer_put_byte(buffer, ',');
	buffer_put_byte(buffer, '"');
	buffer_put_text(buffer, key);
	buffer_put(buffer, "\":", 2);
}

void
json_put_member(struct buffer *buffer, const char *key, const char *text)
{
	json_put_bytes_member(buffer, key, text, strlen(text));
}

void
json_put_bytes_member(struct buffer *buffer, const char *key, const char *text,
		      size_t length)
{
	json_put_key(buffer, key);
	json_put_string(buffer, text, length);
}

void
json_put_number_member(struct buffer *buffer, const char *key, uint64_t number)
{
	json_put_key(buffer, key);
	buffer_put_number(buffer, number);
}

void
json_put_hex_member(struct buffer *buffer, const char *key, const uint8_t *octets,
		    size_t length)
{
	size_t i;

	json_put_key(buffer, key);
	buffer_put_byte(buffer, '"');
	for (i = 0; i < length; i++) {
		buffer_put_byte(buffer, hex_digits[octets[i] >> 4]);
		buffer_put_byte(buffer, hex_digits[octets[i] & 15]);
	}
	buffer_put_byte(buffer, '"');
}

void
json_put_base64(struct buffer *buffer, const uint8_t *octets, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	uint32_t group;
	size_t i, count;
	int shift;

	buffer_put_byte(buffer, '"');
	for (i = 0; i < length; i += 3) {
		count = length - i < 3 ? length - i : 3;
		group = (uint32_t)octets[i] << 16;
		if (count > 1)
			group |= (uint32_t)octets[i + 1] << 8;
		if (count > 2)
			group |= octets[i + 2];
		for (shift = 18; shift >= 0; shift -= 6)
			buffer_put_byte(buffer, (size_t)(18 - shift) / 6 <= count
							? digits[group >> shift & 63]
							: '=');
	}
	buffer_put_byte(buffer, '"');
}
