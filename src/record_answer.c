/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_answer.h"

#include <string.h>

#include "host_name.h"
#include "message.h"
#include "rdata.h"
#include "record_parts.h"
#include "record_set_impl.h"
#include "special_name.h"

/* Owner, type, class, TTL, length. */
#define RECORD_LENGTH_MINIMUM 11

struct reading {
	struct DnsRecordSet *set;
	const uint8_t *octets;	/* a copy of the message, which stays with the set */
	DnsStatus status;
	unsigned int type;
	enum special_use use;	/* of the name that ended the chain, and is not part of it */
	size_t name_position;	/* that of the section's last record; 0: there is none */
	/* The name asked for, and where each CNAME led to. */
	size_t name_count;
	char names[RECORD_ANSWER_CHAIN_MAXIMUM + 1][MESSAGE_NAME_SIZE];
};

static bool
is_response_to(struct message *message, const char *name, unsigned int type)
{
	return (message->flags & FLAG_RESPONSE) != 0 &&
	       (message->flags & FLAG_TRUNCATED) == 0 &&
	       message_asks_for(message, name, type);
}

static const char *
end_of_chain(const struct reading *reading)
{
	return reading->names[reading->name_count - 1];
}

static bool
is_on_chain(const struct reading *reading, const char *name)
{
	size_t i;

	for (i = 0; i < reading->name_count; i++)
		if (host_name_is_same(reading->names[i], name))
			return true;
	return false;
}

/* Follows the CNAMEs of the answer section as far as they lead in their order, and says
 * whether there were any. */
static bool
follow_in_order(struct reading *reading, struct message message)
{
	struct message_record record;
	bool moved = false;
	char *target;

	while (message_next_answer(&message, &record)) {
		if (record.type != RECORD_CNAME || record.class != CLASS_IN ||
		    !wire_name_is(record.name, end_of_chain(reading)))
			continue;
		if (reading->name_count > RECORD_ANSWER_CHAIN_MAXIMUM) {
			reading->status = DNS_STATUS_NO_RECOVERY;
			return false;
		}
		target = reading->names[reading->name_count];
		if (!message_name_in(&message, &record, target) ||
		    is_on_chain(reading, target)) {
			reading->status = DNS_STATUS_NO_RECOVERY;
			return false;
		}
		reading->use = special_name_find(target);
		if (reading->use != SPECIAL_USE_NONE)
			return false;
		reading->name_count++;
		moved = true;
	}
	return moved;
}

/* Out of order each pass finds at least one link, so that the length of the chain bounds
 * the passes. Who asks for aliases themselves wants the first one. */
static void
follow_chain(struct reading *reading, const struct message *message, const char *name)
{
	memcpy(reading->names[0], name, strlen(name) + 1);
	reading->name_count = 1;
	reading->use = SPECIAL_USE_NONE;
	if (reading->type == RECORD_CNAME || reading->type == RECORD_ANY)
		return;
	while (follow_in_order(reading, *message))
		continue;
}

/* Of the names on the chain, or a DNAME above one, which explains its CNAME. */
static bool
is_of_answer(const struct reading *reading, const struct message_record *record)
{
	char name[MESSAGE_NAME_SIZE];
	size_t i;

	for (i = 0; i < reading->name_count; i++)
		if (wire_name_is(record->name, reading->names[i]))
			return true;
	if (record->type != RECORD_DNAME)
		return false;
	wire_name_print(record->name, name);
	for (i = 0; i < reading->name_count; i++)
		if (host_name_is_within(reading->names[i], name))
			return true;
	return false;
}

/* Records of one name mostly follow each other, and it is the one asked for: then they share
 * its text. */
static const char *
take_name(struct reading *reading, const struct record_section *section,
	  const struct message_record *raw)
{
	size_t length, before = reading->name_position;
	char name[MESSAGE_NAME_SIZE];

	reading->name_position = raw->name_position;
	if (raw->name_position == before)
		return section->records[section->count - 1].name;
	length = wire_name_print(raw->name, name);
	if (strcmp(reading->set->name, name) == 0)
		return reading->set->name;
	return arena_copy(&reading->set->arena, name, length);
}

static DnsStatus
add_record(struct reading *reading, struct record_section *section,
	   struct message *message, const struct message_record *raw)
{
	struct DnsRecord *record = &section->records[section->count];
	struct arena *arena = &reading->set->arena;
	DnsStatus status;

	record->name = take_name(reading, section, raw);
	record->type = (uint16_t)raw->type;
	record->class = (uint16_t)raw->class;
	record->ttl = raw->ttl;
	status = rdata_read(message, raw, reading->octets, arena, &record->data,
			    &record->length);
	if (status != DNS_STATUS_OK)
		return status;
	if (record->name == NULL || !record_parts_make(record, arena))
		return DNS_STATUS_NO_MEMORY;
	section->count++;
	return DNS_STATUS_OK;
}

/* Room for what the header promises, but for no more than what the octets can hold. */
static bool
make_room(struct reading *reading, struct record_section *section, size_t promised,
	  size_t octets)
{
	size_t room = octets / RECORD_LENGTH_MINIMUM;

	if (promised < room)
		room = promised;
	if (room == 0)
		return true;
	section->records = arena_take(&reading->set->arena, room * sizeof *section->records);
	return section->records != NULL;
}

static void
take_section(struct reading *reading, struct message *message, enum message_section which)
{
	struct record_section *section = &reading->set->sections[which];
	struct message_record raw;

	reading->name_position = 0;
	if (!make_room(reading, section, message->records[which],
		       message->length - message->position))
		reading->status = DNS_STATUS_NO_MEMORY;
	while (reading->status == DNS_STATUS_OK && message_next_record(message, which, &raw)) {
		if (raw.class != CLASS_IN || raw.type == RECORD_OPT ||
		    (which == SECTION_ANSWER && !is_of_answer(reading, &raw)))
			continue;
		reading->status = add_record(reading, section, message, &raw);
	}
	if (message->malformed && reading->status == DNS_STATUS_OK)
		reading->status = DNS_STATUS_NO_RECOVERY;
}

static bool
has_records_wanted(const struct reading *reading)
{
	const struct record_section *section = &reading->set->sections[SECTION_ANSWER];
	size_t i;

	for (i = 0; i < section->count; i++)
		if ((section->records[i].type == reading->type ||
		     reading->type == RECORD_ANY) &&
		    host_name_is_same(section->records[i].name, end_of_chain(reading)))
			return true;
	return false;
}

static uint32_t
lesser(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* RFC 2308 5: for how long it holds that there is nothing. */
static uint32_t
negative_time_to_live(const struct reading *reading, uint32_t age)
{
	const struct record_section *section = &reading->set->sections[SECTION_AUTHORITY];
	const struct DnsRecord *record;
	uint32_t minimum;
	size_t i;

	for (i = 0; i < section->count; i++) {
		record = &section->records[i];
		if (record->type != RECORD_SOA ||
		    !host_name_is_within(end_of_chain(reading), record->name))
			continue;
		minimum = DnsRecordGetSoa(record)->minimum;
		if (minimum > 0x7fffffff || minimum < age)
			return 0;
		return lesser(record->ttl, minimum - age);
	}
	return 0;
}

static uint32_t
time_to_live(const struct reading *reading, DnsStatus status, uint32_t age)
{
	const struct record_section *section = &reading->set->sections[SECTION_ANSWER];
	uint32_t least = UINT32_MAX;
	size_t i;

	if (status != DNS_STATUS_OK)
		least = negative_time_to_live(reading, age);
	for (i = 0; i < section->count; i++)
		least = lesser(least, section->records[i].ttl);
	return least;
}

/* What the records say that were wanted. Special names have none, whatever the server says
 * of them. */
static DnsStatus
status_of_records(const struct reading *reading)
{
	if (reading->use == SPECIAL_USE_LOOPBACK)
		return DNS_STATUS_NO_DATA;
	if (reading->use != SPECIAL_USE_NONE)
		return DNS_STATUS_HOST_NOT_FOUND;
	return has_records_wanted(reading) ? DNS_STATUS_OK : DNS_STATUS_NO_DATA;
}

/* The answer section, and the others if wanted; what became of the question. */
static DnsStatus
read_sections(struct reading *reading, struct message *message, const char *name,
	      bool whole)
{
	reading->status = DNS_STATUS_OK;
	follow_chain(reading, message, name);
	take_section(reading, message, SECTION_ANSWER);
	if (whole) {
		take_section(reading, message, SECTION_AUTHORITY);
		take_section(reading, message, SECTION_ADDITIONAL);
	}
	if (reading->status == DNS_STATUS_OK)
		reading->status = message_status_of_rcode(reading->set->response_code);
	if (reading->status == DNS_STATUS_OK)
		reading->status = status_of_records(reading);
	return reading->status;
}

/* Fills in the set of the reading. */
static DnsStatus
read_response(struct reading *reading, struct message *message, const char *name,
	      bool whole)
{
	struct DnsRecordSet *set = reading->set;
	DnsStatus status;

	set->response_code = message_extended_rcode(message);
	status = message_status_of_rcode(set->response_code);
	if (status != DNS_STATUS_OK && status != DNS_STATUS_HOST_NOT_FOUND)
		return status;
	if (!is_response_to(message, name, reading->type))
		return DNS_STATUS_NO_RECOVERY;
	set->is_authenticated = (message->flags & FLAG_AUTHENTIC) != 0;
	set->name = arena_copy(&set->arena, name, strlen(name));
	reading->octets = arena_copy(&set->arena, message->data, message->length);
	if (set->name == NULL || reading->octets == NULL)
		return DNS_STATUS_NO_MEMORY;
	status = read_sections(reading, message, name, whole);
	set->time_to_live = time_to_live(reading, status, message->age);
	return status;
}

DnsStatus
record_answer_read(struct DnsRecordSet **set, const uint8_t *octets, size_t length,
		   const char *name, int type, uint32_t age, bool whole)
{
	struct reading reading;
	struct message message;
	DnsStatus status;

	*set = NULL;
	reading.type = (unsigned int)type;
	reading.set = record_set_create();
	if (reading.set == NULL)
		return DNS_STATUS_NO_MEMORY;
	message_open(&message, octets, length);
	message.age = age;
	status = read_response(&reading, &message, name, whole);
	if (status == DNS_STATUS_OK ||
	    (whole && (status == DNS_STATUS_NO_DATA || status == DNS_STATUS_HOST_NOT_FOUND)))
		*set = reading.set;
	else
		DnsRecordSetRelease(reading.set);
	return status;
}
