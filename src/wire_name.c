/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_name.h"

#include <string.h>

#include "letters.h"

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

static bool
is_plain(unsigned int octet)
{
	return octet > 0x20 && octet < 0x7f && octet != '.' && octet != '\\';
}

static size_t
print_octet(char *text, unsigned int octet)
{
	if (is_plain(octet)) {
		text[0] = (char)octet;
		return 1;
	}
	if (octet == '.' || octet == '\\') {
		text[0] = '\\';
		text[1] = (char)octet;
		return 2;
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

bool
wire_name_matches(const uint8_t *name, const uint8_t *other, size_t length)
{
	uint64_t word, differences;

	for (; length > 0; name += LETTERS_WORD, other += LETTERS_WORD) {
		word = letters_load(name, length);
		differences = word ^ letters_load(other, length);
		if ((differences & ~letters_case_bits(word)) != 0)
			return false;
		length -= length < LETTERS_WORD ? length : LETTERS_WORD;
	}
	return true;
}

static bool
is_same(unsigned int a, unsigned int b)
{
	return a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
}

/* What follows an octet's text; NULL: this is not its text. */
static const char *
pass_octet(const char *text, unsigned int octet)
{
	char escaped[4];
	size_t length;

	if (is_plain(octet))
		return is_same((unsigned char)*text, octet) ? text + 1 : NULL;
	length = print_octet(escaped, octet);
	return strncmp(text, escaped, length) == 0 ? text + length : NULL;
}

bool
wire_name_is(const uint8_t *name, const char *text)
{
	const char *at = text;
	unsigned int label;

	while ((label = *name++) != 0) {
		if (at != text && *at++ != '.')
			return false;
		for (; label > 0; label--, name++) {
			if (*name == (unsigned char)*at && is_plain(*name))
				at++;
			else if ((at = pass_octet(at, *name)) == NULL)
				return false;
		}
	}
	return *at == '\0';
}
