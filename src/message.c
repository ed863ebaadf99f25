/* SPDX-License-Identifier: MIT */
#include "message.h"

#define HEADER_LENGTH 12
#define NAME_OCTETS_MAXIMUM 255
#define LABEL_MAXIMUM 63
/* As many as a name can have labels, so that following them takes no more time. */
#define POINTERS_MAXIMUM 127

/* What is read past the end is 0, and makes the message malformed. */
static unsigned int
read_octet(struct message *message)
{
	if (message->malformed || message->position >= message->length) {
		message->malformed = true;
		return 0;
	}
	return message->data[message->position++];
}

static unsigned int
read_16(struct message *message)
{
	unsigned int high = read_octet(message);

	return high << 8 | read_octet(message);
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
	message->age = 0;
	message->flags = read_16(message);
	message->rcode = message->flags & 0xf;
	message->questions = read_16(message);
	for (i = 0; i < SECTION_COUNT; i++)
		message->records[i] = read_16(message);
}

/* One octet of a label as RFC 1035 5.1 writes it. */
static size_t
print_octet(char *text, unsigned int octet)
{
	if (octet == '.' || octet == '\\') {
		text[0] = '\\';
		text[1] = (char)octet;
		return 2;
	}
	if (octet > 0x20 && octet < 0x7f) {
		text[0] = (char)octet;
		return 1;
	}
	text[0] = '\\';
	text[1] = (char)('0' + octet / 100);
	text[2] = (char)('0' + octet / 10 % 10);
	text[3] = (char)('0' + octet % 10);
	return 4;
}

/* Copies a label to the text; false if the message ends in it. */
static bool
read_label(const struct message *message, size_t position, size_t length, char *text,
	   size_t *used)
{
	size_t i;

	if (length > message->length - position)
		return false;
	if (*used > 0)
		text[(*used)++] = '.';
	for (i = 0; i < length; i++)
		*used += print_octet(text + *used, message->data[position + i]);
	return true;
}

/* Reads the name at a position and says where what follows it begins; 0: malformed. Each
 * pointer must point before the place where the name, or its last part, began, so that
 * following them ends. */
static size_t
read_name(const struct message *message, size_t position, char name[MESSAGE_NAME_SIZE])
{
	size_t start = position, end = 0, used = 0, octets = 1;
	unsigned int first, pointers = 0;

	while (position < message->length) {
		first = message->data[position++];
		if (first == 0) {
			name[used] = '\0';
			return end != 0 ? end : position;
		}
		if (first <= LABEL_MAXIMUM) {
			octets += first + 1;
			if (octets > NAME_OCTETS_MAXIMUM ||
			    !read_label(message, position, first, name, &used))
				return 0;
			position += first;
		} else {
			if (first < 0xc0 || position == message->length)
				return 0;
			if (end == 0)
				end = position + 1;
			position = (first & 0x3f) << 8 | message->data[position];
			if (position >= start || position < HEADER_LENGTH ||
			    ++pointers > POINTERS_MAXIMUM)
				return 0;
			start = position;
		}
	}
	return 0;
}

static void
take_name(struct message *message, char name[MESSAGE_NAME_SIZE])
{
	size_t end = message->malformed ? 0 : read_name(message, message->position, name);

	if (end == 0)
		message->malformed = true;
	else
		message->position = end;
}

bool
message_next_question(struct message *message, struct message_question *question)
{
	if (message->questions == 0)
		return false;
	message->questions--;
	take_name(message, question->name);
	question->type = read_16(message);
	question->class = read_16(message);
	return !message->malformed;
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
	take_name(message, record->name);
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

bool
message_name_in(struct message *message, const struct message_record *record,
		char name[MESSAGE_NAME_SIZE])
{
	size_t position = (size_t)(record->data - message->data);

	if (read_name(message, position, name) != position + record->length)
		message->malformed = true;
	return !message->malformed;
}
