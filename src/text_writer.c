/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "text_writer.h"

#include <string.h>

void
text_writer_init(struct text_writer *writer, char *buffer, size_t size)
{
	writer->buffer = buffer;
	writer->size = size;
	writer->length = 0;
}

size_t
text_writer_end(struct text_writer *writer)
{
	if (writer->size > 0)
		writer->buffer[writer->length < writer->size ? writer->length :
							       writer->size - 1] = '\0';
	return writer->length;
}

void
text_writer_put(struct text_writer *writer, char c)
{
	if (writer->length < writer->size)
		writer->buffer[writer->length] = c;
	writer->length++;
}

void
text_writer_put_text(struct text_writer *writer, const char *text)
{
	while (*text != '\0')
		text_writer_put(writer, *text++);
}

void
text_writer_put_number(struct text_writer *writer, uint32_t number)
{
	char digits[11];
	size_t at = sizeof digits - 1;

	digits[at] = '\0';
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	text_writer_put_text(writer, digits + at);
}

void
text_writer_put_hex(struct text_writer *writer, const uint8_t *octets, size_t length)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; length > 0; length--, octets++) {
		text_writer_put(writer, digits[*octets >> 4]);
		text_writer_put(writer, digits[*octets & 0xf]);
	}
}

/* RFC 4648 4. */
void
text_writer_put_base64(struct text_writer *writer, const uint8_t *octets, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	uint32_t group;
	size_t i, taken;

	for (; length > 0; octets += taken, length -= taken) {
		taken = length < 3 ? length : 3;
		for (group = 0, i = 0; i < 3; i++)
			group = group << 8 | (i < taken ? octets[i] : 0);
		for (i = 0; i < 4; i++)
			text_writer_put(writer, i > taken ? '=' :
					digits[group >> (18 - 6 * i) & 0x3f]);
	}
}

void
text_writer_put_escaped(struct text_writer *writer, unsigned int octet,
			const char *special)
{
	if (octet < 0x20 || octet > 0x7e) {
		text_writer_put(writer, '\\');
		text_writer_put(writer, (char)('0' + octet / 100));
		text_writer_put(writer, (char)('0' + octet / 10 % 10));
		text_writer_put(writer, (char)('0' + octet % 10));
		return;
	}
	if (strchr(special, (int)octet) != NULL)
		text_writer_put(writer, '\\');
	text_writer_put(writer, (char)octet);
}

void
text_writer_put_quoted(struct text_writer *writer, const uint8_t *octets, size_t length)
{
	text_writer_put(writer, '"');
	for (; length > 0; length--)
		text_writer_put_escaped(writer, *octets++, "\"\\");
	text_writer_put(writer, '"');
}
