/* SPDX-License-Identifier: MIT */
#include "dns_name.h"

#include <string.h>

#define LABEL_MAX 63

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One byte of a label; advances the text past it. False for an escape cut short. */
static bool
unescape_byte(const char **text, uint8_t *byte)
{
	const char *at = *text;
	int value;

	if (*at != '\\') {
		*byte = (uint8_t)*at;
		*text = at + 1;
		return true;
	}
	at++;
	if (*at == '\0')
		return false;
	if (!is_digit(*at)) {
		*byte = (uint8_t)*at;
		*text = at + 1;
		return true;
	}
	if (!is_digit(at[1]) || !is_digit(at[2]))
		return false;
	value = (at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0');
	if (value > 255)
		return false;
	*byte = (uint8_t)value;
	*text = at + 3;
	return true;
}

bool
dns_name_from_text(struct dns_name *name, const char *text)
{
	name->length = 0;
	if (strcmp(text, ".") == 0)
		text++;
	while (*text != '\0') {
		size_t start = name->length++;
		size_t length;

		/* One byte stays free for the root's label. */
		while (*text != '\0' && *text != '.') {
			if (name->length >= DNS_NAME_SIZE - 1)
				return false;
			if (!unescape_byte(&text, &name->bytes[name->length]))
				return false;
			name->length++;
		}
		length = name->length - start - 1;
		if (length == 0 || length > LABEL_MAX)
			return false;
		name->bytes[start] = (uint8_t)length;
		if (*text == '.')
			text++;
	}
	name->bytes[name->length++] = 0;
	return true;
}

bool
dns_name_from_wire(struct dns_name *name, const uint8_t *bytes, size_t size)
{
	size_t at = 0;

	for (;;) {
		if (at >= size || at >= DNS_NAME_SIZE)
			return false;
		if (bytes[at] > LABEL_MAX)
			return false;
		if (bytes[at] == 0)
			break;
		at += 1 + (size_t)bytes[at];
	}
	name->length = at + 1;
	memcpy(name->bytes, bytes, name->length);
	return true;
}

void
dns_name_fold(struct dns_name *name)
{
	size_t i;

	for (i = 0; i < name->length; i++)
		if (name->bytes[i] >= 'A' && name->bytes[i] <= 'Z')
			name->bytes[i] = (uint8_t)(name->bytes[i] + ('a' - 'A'));
}

uint64_t
dns_name_hash(const struct dns_name *name)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	size_t i;

	for (i = 0; i < name->length; i++)
		hash = (hash ^ name->bytes[i]) * UINT64_C(1099511628211);
	return hash == 0 ? 1 : hash;
}

size_t
dns_name_suffix(const struct dns_name *name, unsigned int count)
{
	unsigned int labels = 0;
	size_t at;

	for (at = 0; name->bytes[at] != 0; at += 1 + (size_t)name->bytes[at])
		labels++;
	for (at = 0; labels > count; labels--)
		at += 1 + (size_t)name->bytes[at];
	return at;
}
