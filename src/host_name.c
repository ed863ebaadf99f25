/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "host_name.h"

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

static bool
is_of_host(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool
is_of_record(char c)
{
	return is_of_host(c) || c == '*' || c == '/';
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
has_good_labels(const char *name, bool (*is_good)(char))
{
	const char *label = name, *end;
	size_t length;

	if (strlen(name) > HOST_NAME_MAXIMUM)
		return false;
	for (;; label = end + 1) {
		end = label;
		while (is_good(*end))
			end++;
		length = (size_t)(end - label);
		if (length == 0 || length > LABEL_MAXIMUM)
			return false;
		if (*end == '\0')
			return !is_number(label);
		if (*end != '.')
			return false;
	}
}

bool
host_name_is_possible(const char *name)
{
	return has_good_labels(name, is_of_host);
}

bool
host_name_is_possible_in_dns(const char *name)
{
	return *name == '\0' || has_good_labels(name, is_of_record);
}

bool
host_name_is_same(const char *a, const char *b)
{
	while (*a != '\0' && lower(*a) == lower(*b)) {
		a++;
		b++;
	}
	return lower(*a) == lower(*b);
}

bool
host_name_is_within(const char *name, const char *ancestor)
{
	for (;;) {
		if (host_name_is_same(name, ancestor))
			return true;
		for (; *name != '\0' && *name != '.'; name++)
			if (*name == '\\' && name[1] != '\0')
				name++;
		if (*name == '\0')
			return *ancestor == '\0';
		name++;
	}
}
