/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_query.h"

#include <string.h>

#include "message.h"

#define CASE_BIT 0x20

void
wire_query_init(struct wire_query *query, const uint8_t *octets, size_t length)
{
	query->question = octets + WIRE_QUERY_HEADER;
	query->length = wire_name_length(query->question, length - WIRE_QUERY_HEADER) + 4;
	wire_query_keep_case(query);
}

static size_t
name_length(const struct wire_query *query)
{
	return query->length - 4;
}

bool
wire_query_draw_case(struct wire_query *query, struct random_octets *random)
{
	return random_octets_draw(random, query->lots, name_length(query) / 8 + 1);
}

void
wire_query_keep_case(struct wire_query *query)
{
	memset(query->lots, 0, sizeof query->lots);
}

static bool
is_letter(uint8_t octet)
{
	octet |= CASE_BIT;
	return octet >= 'a' && octet <= 'z';
}

/* The length of a label, 63 at most, is no letter. */
static uint8_t
change(const struct wire_query *query, size_t i, uint8_t octet)
{
	if ((query->lots[i / 8] & 1u << i % 8) != 0 && is_letter(octet))
		octet ^= CASE_BIT;
	return octet;
}

void
wire_query_change_case(const struct wire_query *query, uint8_t *name)
{
	size_t i, count = name_length(query);

	for (i = 0; i < count; i++)
		name[i] = change(query, i, name[i]);
}

static bool
is_as_sent(const struct wire_query *query, const uint8_t *name)
{
	size_t i, count = name_length(query);

	for (i = 0; i < count; i++)
		if (name[i] != change(query, i, query->question[i]))
			return false;
	return true;
}

bool
wire_query_is_truncated(const uint8_t *response)
{
	return (response[2] & FLAG_TRUNCATED >> 8) != 0;
}

enum wire_match
wire_query_match(const struct wire_query *query, const uint8_t *response, size_t length)
{
	const uint8_t *question = response + WIRE_QUERY_HEADER;
	size_t name = name_length(query);
	struct message message;

	if (!message_is_response(response, length) ||
	    length - WIRE_QUERY_HEADER < query->length ||
	    memcmp(question + name, query->question + name, 4) != 0 ||
	    !wire_name_matches(question, query->question, name))
		return WIRE_MATCH_NOTHING;
	if (!is_as_sent(query, question))
		return WIRE_MATCH_OTHER_CASE;
	message_open(&message, response, length);
	if (!wire_query_is_truncated(response) && !message_is_sound(&message))
		return WIRE_MATCH_MALFORMED;
	return WIRE_MATCH_RESPONSE;
}

/* Names that are compressed point into the question, most of them. */
void
wire_query_restore_case(const struct wire_query *query, uint8_t *response, size_t length)
{
	struct message message;
	struct message_question question;
	struct message_record record;
	size_t position;
	int section;

	wire_query_change_case(query, response + WIRE_QUERY_HEADER);
	message_open(&message, response, length);
	message_next_question(&message, &question);
	for (section = 0; section < SECTION_COUNT; section++) {
		position = message.position;
		while (message_next_record(&message, (enum message_section)section, &record)) {
			if (length - position >= query->length &&
			    is_as_sent(query, response + position))
				wire_query_change_case(query, response + position);
			position = message.position;
		}
	}
}

size_t
wire_query_make_empty_response(const struct wire_query *query, uint16_t id,
			       bool is_truncated, uint8_t *octets, size_t size)
{
	const uint8_t header[WIRE_QUERY_HEADER] = {
		(uint8_t)(id >> 8), (uint8_t)id, is_truncated ? 0x83 : 0x81, 0x80, 0, 1
	};
	size_t length = sizeof header + query->length;

	if (size < length)
		return 0;
	memcpy(octets, header, sizeof header);
	memcpy(octets + sizeof header, query->question, query->length);
	return length;
}

size_t
wire_query_abridge(const uint8_t *response, size_t length, uint8_t *octets, size_t size)
{
	struct wire_query query;

	if (!message_is_response(response, length))
		return 0;
	wire_query_init(&query, response, length);
	if (name_length(&query) == 0 || length - WIRE_QUERY_HEADER < query.length)
		return 0;
	return wire_query_make_empty_response(&query, (uint16_t)(response[0] << 8 | response[1]),
					      false, octets, size);
}
