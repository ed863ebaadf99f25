/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unicode_name.h"

#include <errno.h>
#include <stddef.h>

#ifdef HAVE_LIBIDN2

#include <idn2.h>
#include <stdint.h>
#include <string.h>

/* Not IDN2_USE_STD3_ASCII_RULES: libidn2 2.3 then leaves out what it should refuse, and
 * "a b" becomes another name, "ab". What is ASCII is for host_name to judge. */
int
unicode_name_to_ascii(const char *text, char *ascii, size_t size)
{
	uint8_t *found = NULL;
	size_t length;
	int error = idn2_lookup_u8((const uint8_t *)text, &found,
				   IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);

	if (error != IDN2_OK)
		return error == IDN2_MALLOC ? ENOMEM : ENOENT;
	length = strlen((const char *)found);
	if (length < size)
		memcpy(ascii, found, length + 1);
	idn2_free(found);
	return length < size ? 0 : ENOENT;
}

const char *
unicode_name_get_version(void)
{
	return idn2_check_version(NULL);
}

#else

int
unicode_name_to_ascii(const char *text, char *ascii, size_t size)
{
	(void)text;
	(void)ascii;
	(void)size;
	return ENOTSUP;
}

const char *
unicode_name_get_version(void)
{
	return NULL;
}

#endif
