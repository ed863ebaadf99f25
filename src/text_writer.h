/* SPDX-License-Identifier: MIT */
/* text_writer: text into a buffer that may be too small, as snprintf counts: what does not
 * fit is not written, but counted. */
#ifndef ASYNCDNS_TEXT_WRITER_H
#define ASYNCDNS_TEXT_WRITER_H

#include <stddef.h>
#include <stdint.h>

struct text_writer {
	char *buffer;
	size_t size;
	size_t length;	/* of all the text */
};

/* The buffer may be NULL if the size is 0. */
void text_writer_init(struct text_writer *writer, char *buffer, size_t size);
/* Adds the NUL, behind what fits. The length of all the text. */
size_t text_writer_end(struct text_writer *writer);

void text_writer_put(struct text_writer *writer, char c);
void text_writer_put_text(struct text_writer *writer, const char *text);
void text_writer_put_number(struct text_writer *writer, uint32_t number);
void text_writer_put_hex(struct text_writer *writer, const uint8_t *octets, size_t length);
void text_writer_put_base64(struct text_writer *writer, const uint8_t *octets,
			    size_t length);
/* RFC 1035 5.1: as it is if printable, behind a backslash if it is one of the special
 * characters, else as \DDD. */
void text_writer_put_escaped(struct text_writer *writer, unsigned int octet,
			     const char *special);
/* A character-string, between quotation marks. */
void text_writer_put_quoted(struct text_writer *writer, const uint8_t *octets,
			    size_t length);

#endif
