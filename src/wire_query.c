/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "wire_query.h"

#include <string.h>

#include "letters.h"
#include "message.h"

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

/* All bits of the octets of a word whose bit in these lots is set. */
static uint64_t
chosen_octets(uint8_t lots)
{
	const uint64_t each_its_own = UINT64_C(0x8040201008040201);
	uint64_t drawn = LETTERS_EACH(lots) & each_its_own;

	return ((drawn + LETTERS_EACH(0x7f)) >> 7 & LETTERS_EACH(1)) * 0xff;
}

/* Changes the case of a word of the name, the i-th. The length of a label, 63 at most, is no
 * letter. */
static uint64_t
change(const struct wire_query *query, size_t i, uint64_t word)
{
	return word ^ (letters_case_bits(word) & chosen_octets(query->lots[i]));
}

void
wire_query_change_case(const struct wire_query *query, uint8_t *name)
{
	size_t i, left = name_length(query);

	for (i = 0; left > 0; i++, name += LETTERS_WORD) {
		letters_store(name, left, change(query, i, letters_load(name, left)));
		left -= left < LETTERS_WORD ? left : LETTERS_WORD;
	}
}

static bool
is_as_sent(const struct wire_query *query, const uint8_t *name)
{
	const uint8_t *asked = query->question;
	size_t i, left = name_length(query);

	for (i = 0; left > 0; i++, name += LETTERS_WORD, asked += LETTERS_WORD) {
		if (letters_load(name, left) != change(query, i, letters_load(asked, left)))
			return false;
		left -= left < LETTERS_WORD ? left : LETTERS_WORD;
	}
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
	    memcmp(question + name, query->question + name, 4) != 0)
		return WIRE_MATCH_NOTHING;
	if (!is_as_sent(query, question))
		return wire_name_matches(question, query->question, name) ?
			       WIRE_MATCH_OTHER_CASE :
			       WIRE_MATCH_NOTHING;
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
wire_query_abridge(const uint8_t *response, size_t length, uint8_t *octets, size_t size)
{
	const uint8_t behind_id[WIRE_QUERY_HEADER - 2] = { 0x81, 0x80, 0, 1 };
	struct wire_query query;

	if (!message_is_response(response, length))
		return 0;
	wire_query_init(&query, response, length);
	if (name_length(&query) == 0 || length - WIRE_QUERY_HEADER < query.length ||
	    size < WIRE_QUERY_HEADER + query.length)
		return 0;
	memcpy(octets, response, 2);
	memcpy(octets + 2, behind_id, sizeof behind_id);
	memcpy(octets + WIRE_QUERY_HEADER, query.question, query.length);
	return WIRE_QUERY_HEADER + query.length;
}
