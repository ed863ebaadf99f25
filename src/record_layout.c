/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_layout.h"

#include <stdbool.h>

#include "octets.h"
#include "svcb_params.h"
#include "wire_name.h"

/* Which names may be compressed is in RFC 3597 4: those of RFC 1035, and by courtesy to old
 * servers those of RP, AFSDB, RT, PX, SRV and NAPTR. */
static const struct layout {
	uint16_t type;
	char fields[8];
} layouts[] = {
	{ 1, "a" },		/* A */
	{ 2, "N" },		/* NS */
	{ 3, "N" },		/* MD */
	{ 4, "N" },		/* MF */
	{ 5, "N" },		/* CNAME */
	{ 6, "NN44444" },	/* SOA */
	{ 7, "N" },		/* MB */
	{ 8, "N" },		/* MG */
	{ 9, "N" },		/* MR */
	{ 12, "N" },		/* PTR */
	{ 13, "ss" },		/* HINFO */
	{ 14, "NN" },		/* MINFO */
	{ 15, "2N" },		/* MX */
	{ 16, "S" },		/* TXT */
	{ 17, "NN" },		/* RP */
	{ 18, "2N" },		/* AFSDB */
	{ 21, "2N" },		/* RT */
	{ 26, "2NN" },		/* PX */
	{ 28, "A" },		/* AAAA */
	{ 33, "222N" },		/* SRV */
	{ 35, "22sssN" },	/* NAPTR */
	{ 36, "2n" },		/* KX */
	{ 39, "n" },		/* DNAME */
	{ 43, "211x" },		/* DS */
	{ 44, "11x" },		/* SSHFP */
	{ 48, "211b" },		/* DNSKEY */
	{ 52, "111x" },		/* TLSA */
	{ 53, "111x" },		/* SMIMEA */
	{ 59, "211x" },		/* CDS */
	{ 60, "211b" },		/* CDNSKEY */
	{ 61, "b" },		/* OPENPGPKEY */
	{ 63, "411x" },		/* ZONEMD */
	{ 64, "2np" },		/* SVCB */
	{ 65, "2np" },		/* HTTPS */
	{ 99, "S" },		/* SPF */
	{ 256, "22r" },		/* URI */
	{ 257, "1te" },		/* CAA */
};

#define LAYOUT_COUNT (sizeof layouts / sizeof layouts[0])

const char *
record_layout_of(unsigned int type)
{
	size_t low = 0, high = LAYOUT_COUNT, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (layouts[middle].type == type)
			return layouts[middle].fields;
		if (layouts[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static size_t
measure_string(const uint8_t *octets, size_t left)
{
	if (left == 0 || octets[0] > left - 1)
		return FIELD_MALFORMED;
	return 1 + (size_t)octets[0];
}

static size_t
measure_strings(const uint8_t *octets, size_t left)
{
	size_t length = 0, string;

	do {
		string = measure_string(octets + length, left - length);
		if (string == FIELD_MALFORMED)
			return FIELD_MALFORMED;
		length += string;
	} while (length < left);
	return length;
}

static bool
is_letter_or_digit(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* RFC 8659 4.1. */
static size_t
measure_tag(const uint8_t *octets, size_t left)
{
	size_t length = measure_string(octets, left), i;

	if (length == FIELD_MALFORMED || length == 1)
		return FIELD_MALFORMED;
	for (i = 1; i < length; i++)
		if (!is_letter_or_digit(octets[i]))
			return FIELD_MALFORMED;
	return length;
}

static size_t
exactly(size_t length, size_t left)
{
	return length <= left ? length : FIELD_MALFORMED;
}

size_t
record_layout_measure(char field, const uint8_t *data, size_t position, size_t length)
{
	const uint8_t *octets = data + position;
	size_t left = length - position, name;

	switch (field) {
	case FIELD_8:
		return exactly(1, left);
	case FIELD_16:
		return exactly(2, left);
	case FIELD_32:
	case FIELD_IPV4:
		return exactly(4, left);
	case FIELD_IPV6:
		return exactly(16, left);
	case FIELD_NAME:
	case FIELD_PACKED_NAME:
		name = wire_name_length(octets, left);
		return name > 0 ? name : FIELD_MALFORMED;
	case FIELD_STRING:
		return measure_string(octets, left);
	case FIELD_STRINGS:
		return measure_strings(octets, left);
	case FIELD_TAG:
		return measure_tag(octets, left);
	case FIELD_ANY_TEXT:
		return left;
	case FIELD_PARAMS:
		return svcb_params_are_good(octets, left, octets_16(data) == 0) ?
			       left : FIELD_MALFORMED;
	default: /* FIELD_TEXT, FIELD_HEX, FIELD_BASE64 */
		return left > 0 ? left : FIELD_MALFORMED;
	}
}
