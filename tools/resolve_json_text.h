/* SPDX-License-Identifier: MIT */
/* JSON (RFC 8259) put into a buffer piece by piece: ASCII only, whatever it is made of. */
#ifndef TOOLS_RESOLVE_JSON_TEXT_H
#define TOOLS_RESOLVE_JSON_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "resolve_buffer.h"

/* A string. What is UTF-8 in it stands for its characters, any other byte for the character
 * of that number, U+0080 to U+00FF. */
void json_put_string(struct buffer *, const char *text, size_t length);

/* Members of an object, each with the comma before it unless it follows the '{'. */
void json_put_key(struct buffer *, const char *key);
void json_put_member(struct buffer *, const char *key, const char *text);
void json_put_bytes_member(struct buffer *, const char *key, const char *text,
			   size_t length);
void json_put_number_member(struct buffer *, const char *key, uint64_t number);
void json_put_hex_member(struct buffer *, const char *key, const uint8_t *octets,
			 size_t length);

/* A string of base64 (RFC 4648 4). */
void json_put_base64(struct buffer *, const uint8_t *octets, size_t length);

/* Is all of it UTF-8 (RFC 3629)? */
bool text_is_utf8(const char *text, size_t length);

#endif
