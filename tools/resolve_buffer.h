/* SPDX-License-Identifier: MIT */
/* Bytes to be written: they are put together here, and go out as one block. */
#ifndef TOOLS_RESOLVE_BUFFER_H
#define TOOLS_RESOLVE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
	char *bytes;
	size_t length;
	size_t size;
	bool is_incomplete;	/* there was no memory for all that was put in */
};

/* With room for so many bytes; it grows where that is not enough. */
void buffer_init(struct buffer *, size_t size);
void buffer_free(struct buffer *);

/* Room for so many bytes behind the last, to be counted into length by who fills it.
 * NULL: no memory, and the buffer is incomplete. */
char *buffer_reserve(struct buffer *, size_t count);

void buffer_put(struct buffer *, const char *bytes, size_t count);
void buffer_put_text(struct buffer *, const char *text);
void buffer_put_byte(struct buffer *, char byte);
void buffer_put_blanks(struct buffer *, size_t count);
void buffer_put_number(struct buffer *, uint64_t number);
/* With leading zeroes. */
void buffer_put_digits(struct buffer *, uint64_t number, unsigned int width);

/* The codes of a terminal (ECMA-48): "1" is bold, "31" red. Nothing for NULL. */
void buffer_put_color(struct buffer *, const char *color);

/* A byte that is not printable ASCII becomes \DDD, as in a zone file (RFC 1035 5.1). The
 * first also doubles the backslash, so that it can be read back; the second leaves it as
 * it is, for text that has such escapes already. Both return the number of columns. */
size_t buffer_put_escaped(struct buffer *, const char *text, size_t length);
size_t buffer_put_presented(struct buffer *, const char *text, size_t length);

#endif
