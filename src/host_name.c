/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "host_name.h"

#include <stdint.h>
#include <string.h>

#define LABEL_MAXIMUM 63

/* Own ones: those of ctype.h depend on the locale. */
static const char digits[] = "0123456789";
static const char hex_digits[] = "0123456789abcdefABCDEF";

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Which octets of ASCII a label may have, a bit for each: letters and digits, '-' and '_';
 * of a name of records, '*' and '/' too. */
struct octet_set {
	uint64_t words[2];
};

#define BIT(c) (UINT64_C(1) << ((c) & 63))
#define LETTERS (((UINT64_C(1) << 26) - 1) << 1)

static const struct octet_set of_host = {
	{ UINT64_C(0x3ff) << '0' | BIT('-'), LETTERS | LETTERS << 32 | BIT('_') }
};
static const struct octet_set of_record = {
	{ UINT64_C(0x3ff) << '0' | BIT('-') | BIT('*') | BIT('/'),
	  LETTERS | LETTERS << 32 | BIT('_') }
};

static inline bool
is_in(const struct octet_set *set, char c)
{
	unsigned int octet = (unsigned char)c;

	return octet < 128 && (set->words[octet >> 6] >> (octet & 63) & 1) != 0;
}

void
host_name_normalise(char *name, const char *text, size_t length)
{
	size_t i;

	if (length > 0 && text[length - 1] == '.')
		length--;
	for (i = 0; i < length; i++)
		name[i] = lower(text[i]);
	name[length] = '\0';
}

/* A last label that is a number would be mistaken for an address elsewhere. */
static bool
is_number(const char *label)
{
	if (label[0] == '0' && label[1] == 'x')
		label += 2;
	else if (label[0] == '\0' || label[strspn(label, digits)] != '\0')
		return false;
	return label[strspn(label, hex_digits)] == '\0';
}

/* Labels of 1 to 63 such characters, of which the last is no number. */
static inline bool
has_good_labels(const char *name, const struct octet_set *good)
{
	const char *label = name, *end;
	size_t length;

	for (;; label = end + 1) {
		end = label;
		while (is_in(good, *end))
			end++;
		length = (size_t)(end - label);
		if (length == 0 || length > LABEL_MAXIMUM)
			return false;
		if (*end == '\0')
			return end - name <= HOST_NAME_MAXIMUM && !is_number(label);
		if (*end != '.')
			return false;
	}
}

bool
host_name_is_possible(const char *name)
{
	return has_good_labels(name, &of_host);
}

bool
host_name_is_possible_in_dns(const char *name)
{
	return *name == '\0' || has_good_labels(name, &of_record);
}

bool
host_name_is_same(const char *a, const char *b)
{
	while (*a != '\0' && (*a == *b || lower(*a) == lower(*b))) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

/* Does a label begin there, behind a dot that is not escaped? */
static bool
is_label(const char *name, const char *at)
{
	size_t escapes = 0;

	if (at == name)
		return true;
	if (*--at != '.')
		return false;
	while (at > name && *--at == '\\')
		escapes++;
	return escapes % 2 == 0;
}

bool
host_name_is_within(const char *name, const char *ancestor)
{
	size_t length = strlen(name), end = strlen(ancestor);
	const char *at;

	if (end == 0 || length < end)
		return end == 0;
	at = name + length - end;
	return is_label(name, at) && host_name_is_same(at, ancestor);
}
