/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <string.h>

#include "octets.h"

#define HEADER_LENGTH 12
/* As many as a name can have labels, so that following them takes no more time. */
#define POINTERS_MAXIMUM 127
/* Of all names of a message so many labels and pointers are followed behind the first pointer
 * of each. A message full of mail exchangers of one zone needs half of that; records whose
 * owner is where that of the one before is, none. */
#define STEPS_MAXIMUM 20000

bool
message_is_response(const uint8_t *data, size_t length)
{
	return length >= HEADER_LENGTH && (data[2] & 0xf8) == 0x80 && data[4] == 0 &&
	       data[5] == 1;
}

/* What is read past the end is 0, and makes the message malformed. */
static unsigned int
read_16(struct message *message)
{
	const uint8_t *octets;

	if (message->malformed || message->length - message->position < 2) {
		message->malformed = true;
		return 0;
	}
	octets = message->data + message->position;
	message->position += 2;
	return octets_16(octets);
}

static uint32_t
read_32(struct message *message)
{
	uint32_t high = read_16(message);

	return high << 16 | read_16(message);
}

void
message_open(struct message *message, const uint8_t *data, size_t length)
{
	unsigned int i;

	message->data = data;
	message->length = length;
	message->position = 2;
	message->malformed = length < HEADER_LENGTH;
	message->plain_name = 0;
	message->steps = STEPS_MAXIMUM;
	message->age = 0;
	message->flags = read_16(message);
	message->rcode = message->flags & 0xf;
	message->questions = read_16(message);
	for (i = 0; i < SECTION_COUNT; i++)
		message->records[i] = read_16(message);
}

/* Where a pointer leads to (RFC 1035 4.1.4). */
static size_t
pointer_target(const uint8_t *octets)
{
	return octets_16(octets) & 0x3fff;
}

/* Expands the name at a position and says where what follows it begins; 0: malformed. Each
 * pointer must point before the place where the name, or its last part, began, so that
 * following them ends. */
static size_t
expand_name(struct message *message, size_t position, uint8_t *name, size_t *length)
{
	size_t start = position, end = 0, used = 0;
	unsigned int first, pointers = 0;

	while (position < message->length) {
		if (end != 0 && message->steps-- == 0)
			return 0;
		first = message->data[position++];
		if (first <= WIRE_LABEL_MAXIMUM) {
			if (first + 1 > WIRE_NAME_MAXIMUM - used ||
			    first > message->length - position)
				return 0;
			memcpy(name + used, message->data + position - 1, first + 1);
			used += first + 1;
			position += first;
			*length = used;
			if (first == 0)
				return end != 0 ? end : position;
		} else {
			if (first < 0xc0 || position == message->length)
				return 0;
			if (end == 0)
				end = position + 1;
			position = pointer_target(message->data + position - 1);
			if (position >= start || position < HEADER_LENGTH ||
			    ++pointers > POINTERS_MAXIMUM)
				return 0;
			start = position;
		}
	}
	return 0;
}

size_t
message_expand_name(struct message *message, size_t position, size_t end,
		    uint8_t name[WIRE_NAME_MAXIMUM], size_t *length)
{
	size_t next = message->malformed ? 0 : expand_name(message, position, name, length);

	if (next == 0 || next > end) {
		message->malformed = true;
		return 0;
	}
	return next;
}

/* Passes over a pointer to a name that stands whole where it leads to. Where that is; 0: it
 * leads elsewhere. */
static size_t
take_plain_pointer(struct message *message, const uint8_t *octets)
{
	size_t target = pointer_target(octets), length;
	unsigned int steps;

	if (target == 0 || target != message->plain_name) {
		if (target >= message->position || target < HEADER_LENGTH)
			return 0;
		length = wire_name_length(message->data + target, message->length - target);
		steps = (unsigned int)length / 2 + 1; /* as many labels as it can have */
		if (length == 0 || message->steps < steps)
			return 0;
		message->steps -= steps;
		message->plain_name = target;
	}
	message->position += 2;
	return target;
}

/* Passes over a name that needn't be expanded: it is all here, or where a pointer leads to.
 * Where it begins; 0: it is another. */
static size_t
take_plain_name(struct message *message)
{
	size_t position = message->position, left = message->length - position, length;
	const uint8_t *octets = message->data + position;

	if (left >= 2 && octets[0] >= 0xc0)
		return take_plain_pointer(message, octets);
	length = wire_name_length(octets, left);
	message->position += length;
	return length != 0 ? position : 0;
}

/* Where it, or all of it but its first pointer, begins. */
static size_t
take_name(struct message *message, uint8_t expanded[WIRE_NAME_MAXIMUM], const uint8_t **name)
{
	size_t position, next, length;
	const uint8_t *octets;

	*name = expanded;
	position = message->malformed ? 0 : take_plain_name(message);
	if (position != 0) {
		*name = message->data + position;
		return position;
	}
	position = message->position;
	octets = message->data + position;
	next = message_expand_name(message, position, message->length, expanded, &length);
	if (next == 0)
		return 0;
	message->position = next;
	return octets[0] < 0xc0 ? position : pointer_target(octets);
}

bool
message_next_question(struct message *message, struct message_question *question)
{
	if (message->questions == 0)
		return false;
	message->questions--;
	take_name(message, question->expanded, &question->name);
	if (question->name == message->data + HEADER_LENGTH)
		message->plain_name = HEADER_LENGTH;
	question->type = read_16(message);
	question->class = read_16(message);
	return !message->malformed;
}

bool
message_asks_for(struct message *message, const char *name, unsigned int type)
{
	struct message_question question;

	return message->questions == 1 && message_next_question(message, &question) &&
	       question.type == type && question.class == CLASS_IN &&
	       wire_name_is(question.name, name);
}

static uint32_t
read_time_to_live(struct message *message, unsigned int type)
{
	uint32_t ttl = read_32(message);

	if (type == RECORD_OPT)
		return ttl;
	return ttl > 0x7fffffff || ttl < message->age ? 0 : ttl - message->age;
}

static bool
read_record(struct message *message, struct message_record *record)
{
	record->name_position = take_name(message, record->expanded, &record->name);
	record->type = read_16(message);
	record->class = read_16(message);
	record->ttl = read_time_to_live(message, record->type);
	record->length = read_16(message);
	if (message->malformed || record->length > message->length - message->position) {
		message->malformed = true;
		return false;
	}
	record->data = message->data + message->position;
	message->position += record->length;
	return true;
}

bool
message_next_answer(struct message *message, struct message_record *record)
{
	if (message->records[SECTION_ANSWER] == 0)
		return false;
	message->records[SECTION_ANSWER]--;
	return read_record(message, record);
}

bool
message_find_aliases(const struct message *message, struct message_aliases *aliases)
{
	struct message rest = *message, place = rest;
	struct message_record record;

	aliases->count = 0;
	for (; message_next_answer(&rest, &record); place = rest) {
		if (record.type != RECORD_CNAME || record.class != CLASS_IN)
			continue;
		if (aliases->count == MESSAGE_ALIASES_MAXIMUM)
			return false;
		aliases->places[aliases->count++] = place;
	}
	return !rest.malformed;
}

struct message *
message_find_alias(struct message_aliases *aliases, const char *owner,
		   struct message_record *record)
{
	struct message place;
	unsigned int i;

	for (i = 0; i < aliases->count; i++) {
		place = aliases->places[i];
		if (message_next_answer(&place, record) && wire_name_is(record->name, owner))
			return &aliases->places[i];
	}
	return NULL;
}

bool
message_next_record(struct message *message, enum message_section section,
		    struct message_record *record)
{
	struct message_question question;
	unsigned int i;

	while (message_next_question(message, &question))
		continue;
	for (i = 0; i <= (unsigned int)section; i++)
		while (message->records[i] > 0) {
			message->records[i]--;
			if (!read_record(message, record))
				return false;
			if (i == (unsigned int)section)
				return true;
		}
	return false;
}

unsigned int
message_extended_rcode(struct message *message)
{
	struct message rest = *message;
	struct message_record record;
	unsigned int rcode = message->rcode;
	bool found = false;

	while (message_next_record(&rest, SECTION_ADDITIONAL, &record)) {
		if (record.type != RECORD_OPT)
			continue;
		if (found)
			rest.malformed = true;
		rcode |= record.ttl >> 24 << 4;
		found = true;
	}
	message->malformed = rest.malformed;
	return rcode;
}

DnsStatus
message_status_of_rcode(unsigned int rcode)
{
	switch (rcode) {
	case RCODE_NOERROR:
		return DNS_STATUS_OK;
	case RCODE_NXDOMAIN:
		return DNS_STATUS_HOST_NOT_FOUND;
	case RCODE_SERVFAIL:
		return DNS_STATUS_TRY_AGAIN;
	default:
		return DNS_STATUS_NO_RECOVERY;
	}
}

/* The name that is all of a record's data. */
static bool
expand_data(struct message *message, const struct message_record *record,
	    uint8_t name[WIRE_NAME_MAXIMUM])
{
	size_t position = (size_t)(record->data - message->data);
	size_t end = position + record->length, length;

	if (message_expand_name(message, position, end, name, &length) != end)
		message->malformed = true;
	return !message->malformed;
}

bool
message_name_in(struct message *message, const struct message_record *record,
		char text[MESSAGE_NAME_SIZE])
{
	uint8_t name[WIRE_NAME_MAXIMUM];

	if (!expand_data(message, record, name))
		return false;
	wire_name_print(name, text);
	return true;
}

/* Those that hold nothing but an address or a name are seen through; of others the length
 * is enough. */
static bool
has_sound_data(struct message *message, const struct message_record *record)
{
	uint8_t name[WIRE_NAME_MAXIMUM];

	switch (record->type) {
	case RECORD_A:
		return record->class != CLASS_IN || record->length == 4;
	case RECORD_AAAA:
		return record->class != CLASS_IN || record->length == 16;
	case RECORD_CNAME:
	case RECORD_DNAME:
	case RECORD_NS:
	case RECORD_PTR:
		return expand_data(message, record, name);
	default:
		return true;
	}
}

bool
message_is_sound(struct message *message)
{
	struct message_record record;
	unsigned int section, options = 0;

	for (section = 0; section < SECTION_COUNT; section++)
		while (message_next_record(message, (enum message_section)section, &record)) {
			if (record.type == RECORD_OPT &&
			    (section != SECTION_ADDITIONAL || ++options > 1 ||
			     record.name[0] != 0))
				return false;
			if (!has_sound_data(message, &record))
				return false;
		}
	return !message->malformed;
}
