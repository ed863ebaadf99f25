/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "rdata.h"

#include <stdbool.h>
#include <string.h>

#include "record_layout.h"

/* More than the longest data with a name that may be compressed: three strings and a name
 * in a NAPTR record. */
#define EXPANDED_MAXIMUM 2048

/* Each field must be whole, and the last one end where the data end. */
static bool
is_good(const char *fields, const uint8_t *data, size_t length)
{
	size_t position = 0, field;

	for (; *fields != '\0'; fields++) {
		field = record_layout_measure(*fields, data, position, length);
		if (field == FIELD_MALFORMED)
			return false;
		position += field;
	}
	return position == length;
}

/* The same, while fields are copied and names expanded. */
static bool
expand(struct message *message, const struct message_record *record, const char *fields,
       uint8_t expanded[EXPANDED_MAXIMUM], size_t *length)
{
	size_t position = (size_t)(record->data - message->data);
	size_t end = position + record->length, field;

	for (*length = 0; *fields != '\0'; *length += field, fields++) {
		if (EXPANDED_MAXIMUM - *length < WIRE_NAME_MAXIMUM)
			return false;
		if (*fields == FIELD_PACKED_NAME) {
			position = message_expand_name(message, position, end,
						       expanded + *length, &field);
			if (position == 0)
				return false;
			continue;
		}
		field = record_layout_measure(*fields, message->data, position, end);
		if (field > EXPANDED_MAXIMUM - *length)
			return false;
		memcpy(expanded + *length, message->data + position, field);
		position += field;
	}
	return position == end;
}

DnsStatus
rdata_read(struct message *message, const struct message_record *record,
	   const uint8_t *copy, struct arena *arena, const uint8_t **data, uint32_t *length)
{
	const char *fields = record_layout_of(record->type);
	uint8_t expanded[EXPANDED_MAXIMUM];
	size_t expanded_length;

	if (fields == NULL || strchr(fields, FIELD_PACKED_NAME) == NULL) {
		*data = copy + (record->data - message->data);
		*length = (uint32_t)record->length;
		return fields == NULL || is_good(fields, record->data, record->length) ?
			       DNS_STATUS_OK :
			       DNS_STATUS_NO_RECOVERY;
	}
	if (!expand(message, record, fields, expanded, &expanded_length))
		return DNS_STATUS_NO_RECOVERY;
	*data = arena_copy(arena, expanded, expanded_length);
	*length = (uint32_t)expanded_length;
	return *data != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}
