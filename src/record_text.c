/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/record_text.h>

#include <arpa/inet.h>
#include <stdint.h>

#include "octets.h"
#include "record_impl.h"
#include "record_layout.h"
#include "svcb_text.h"
#include "text_writer.h"

static void
put_number(struct text_writer *writer, const uint8_t *octets, size_t length)
{
	uint32_t number = 0;

	while (length-- > 0)
		number = number << 8 | *octets++;
	text_writer_put_number(writer, number);
}

static void
put_address(struct text_writer *writer, int family, const uint8_t *octets)
{
	char text[INET6_ADDRSTRLEN];

	text_writer_put_text(writer, inet_ntop(family, octets, text, sizeof text));
}

/* With the escapes that a zone file needs, a space's too. */
static void
put_name(struct text_writer *writer, const uint8_t *name)
{
	unsigned int label = *name++;

	if (label == 0)
		text_writer_put(writer, '.');
	for (; label != 0; label = *name++) {
		for (; label > 0; label--, name++) {
			if (*name == ' ')
				text_writer_put_text(writer, "\\032");
			else
				text_writer_put_escaped(writer, *name, ".\\\"();@$");
		}
		text_writer_put(writer, '.');
	}
}

static void
put_strings(struct text_writer *writer, const uint8_t *octets, size_t length)
{
	const uint8_t *at = octets, *end = octets + length;

	for (; at < end; at += 1 + (size_t)*at) {
		if (at > octets)
			text_writer_put(writer, ' ');
		text_writer_put_quoted(writer, at + 1, *at);
	}
}

static void
put_field(struct text_writer *writer, char field, const uint8_t *octets, size_t length)
{
	switch (field) {
	case FIELD_IPV4:
		put_address(writer, AF_INET, octets);
		break;
	case FIELD_IPV6:
		put_address(writer, AF_INET6, octets);
		break;
	case FIELD_NAME:
	case FIELD_PACKED_NAME:
		put_name(writer, octets);
		break;
	case FIELD_STRING:
	case FIELD_STRINGS:
		put_strings(writer, octets, length);
		break;
	case FIELD_TAG:
		while (--length > 0)
			text_writer_put(writer, (char)*++octets);
		break;
	case FIELD_ANY_TEXT:
	case FIELD_TEXT:
		text_writer_put_quoted(writer, octets, length);
		break;
	case FIELD_HEX:
		text_writer_put_hex(writer, octets, length);
		break;
	case FIELD_BASE64:
		text_writer_put_base64(writer, octets, length);
		break;
	default: /* FIELD_8, FIELD_16, FIELD_32 */
		put_number(writer, octets, length);
		break;
	}
}

static void
put_fields(struct text_writer *writer, const struct DnsRecord *record, const char *fields)
{
	size_t position = 0, length;

	for (; *fields != '\0'; fields++, position += length) {
		length = record_layout_measure(*fields, record->data, position,
					       record->length);
		if (*fields == FIELD_PARAMS) {
			svcb_text_put(writer, record->data + position, length,
				      octets_16(record->data) == 0);
			return;
		}
		if (position > 0)
			text_writer_put(writer, ' ');
		put_field(writer, *fields, record->data + position, length);
	}
}

/* RFC 3597 5. */
static void
put_unknown(struct text_writer *writer, const struct DnsRecord *record)
{
	text_writer_put_text(writer, "\\# ");
	text_writer_put_number(writer, (uint32_t)record->length);
	if (record->length > 0)
		text_writer_put(writer, ' ');
	text_writer_put_hex(writer, record->data, record->length);
}

size_t
DnsRecordFormat(const DnsRecord *record, char *buffer, size_t size)
{
	struct text_writer writer;
	const char *fields;

	text_writer_init(&writer, buffer, size);
	if (record != NULL) {
		fields = record_layout_of(record->type);
		if (fields != NULL)
			put_fields(&writer, record, fields);
		else
			put_unknown(&writer, record);
	}
	return text_writer_end(&writer);
}
