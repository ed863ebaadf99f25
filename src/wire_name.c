/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_name.h"

size_t
wire_name_length(const uint8_t *octets, size_t left)
{
	size_t length = 0;
	unsigned int label;

	if (left > WIRE_NAME_MAXIMUM)
		left = WIRE_NAME_MAXIMUM;
	while (length < left) {
		label = octets[length++];
		if (label == 0)
			return length;
		if (label > WIRE_LABEL_MAXIMUM)
			return 0;
		length += label;
	}
	return 0;
}

static size_t
print_octet(char *text, unsigned int octet)
{
	if (octet == '.' || octet == '\\') {
		text[0] = '\\';
		text[1] = (char)octet;
		return 2;
	}
	if (octet > 0x20 && octet < 0x7f) {
		text[0] = (char)octet;
		return 1;
	}
	text[0] = '\\';
	text[1] = (char)('0' + octet / 100);
	text[2] = (char)('0' + octet / 10 % 10);
	text[3] = (char)('0' + octet % 10);
	return 4;
}

size_t
wire_name_print(const uint8_t *name, char text[WIRE_NAME_TEXT_SIZE])
{
	size_t used = 0;
	unsigned int label;

	while ((label = *name++) != 0) {
		if (used > 0)
			text[used++] = '.';
		while (label-- > 0)
			used += print_octet(text + used, *name++);
	}
	text[used] = '\0';
	return used;
}
