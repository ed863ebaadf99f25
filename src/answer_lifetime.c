/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "answer_lifetime.h"

#include <stdbool.h>
#include <string.h>

#include "host_name.h"
#include "message.h"
#include "octets.h"

#define CHAIN_MAXIMUM 16

/* Two names, and five numbers of which MINIMUM is the last (RFC 1035 3.3.13). */
#define SOA_LENGTH_MINIMUM (2 + 5 * 4)

struct reading {
	struct message answers;	/* the answer section begins here */
	struct message authority;
	char end[MESSAGE_NAME_SIZE]; /* of the chain of aliases */
	uint32_t time_to_live;	/* the least of all records so far */
	bool has_data;
};

static void
note_time_to_live(struct reading *reading, uint32_t ttl)
{
	if (ttl < reading->time_to_live)
		reading->time_to_live = ttl;
}

/* Reads all there is; false: something in it is wrong. All of the answer section counts,
 * whether it is of the chain or not: what came together is kept together. */
static bool
read_sections(struct reading *reading)
{
	struct message message = reading->answers;
	struct message_record record;
	unsigned int rcode;

	while (message_next_answer(&message, &record))
		note_time_to_live(reading, record.ttl);
	reading->authority = message;
	rcode = message_extended_rcode(&message);
	return !message.malformed && (rcode == RCODE_NOERROR || rcode == RCODE_NXDOMAIN);
}

static bool
has_data(const struct reading *reading, unsigned int type)
{
	struct message message = reading->answers;
	struct message_record record;

	while (message_next_answer(&message, &record))
		if ((record.type == type || type == RECORD_ANY) && record.class == CLASS_IN &&
		    wire_name_is(record.name, reading->end))
			return true;
	return false;
}

/* Looks for records of the type at the end of the chain; false: it has none, or is
 * malformed. Aliases that were asked for are no chain. */
static bool
follow_to_end(struct reading *reading, const char *name, unsigned int type)
{
	struct message_aliases aliases;
	struct message_record record;
	unsigned int links = 0;
	struct message *place;

	memcpy(reading->end, name, strlen(name) + 1); /* as long as the question's */
	if (!message_find_aliases(&reading->answers, &aliases))
		return false;
	while (type != RECORD_CNAME && type != RECORD_ANY) {
		place = message_find_alias(&aliases, reading->end, &record);
		if (place == NULL)
			break;
		if (++links > CHAIN_MAXIMUM || !message_name_in(place, &record, reading->end))
			return false;
	}
	reading->has_data = has_data(reading, type);
	return true;
}

/* RFC 2308 5: what is not there is cached only on the word of an SOA record, for the lesser
 * of its TTL and its MINIMUM. */
static bool
read_soa(struct reading *reading)
{
	struct message message = reading->authority;
	struct message_record record;
	char zone[MESSAGE_NAME_SIZE];
	uint32_t seconds;

	while (message_next_record(&message, SECTION_AUTHORITY, &record)) {
		if (record.type != RECORD_SOA || record.class != CLASS_IN ||
		    record.length < SOA_LENGTH_MINIMUM)
			continue;
		wire_name_print(record.name, zone);
		if (!host_name_is_within(reading->end, zone))
			continue;
		seconds = octets_32(record.data + record.length - 4);
		note_time_to_live(reading, record.ttl);
		note_time_to_live(reading, seconds > 0x7fffffff ? 0 : seconds);
		return true;
	}
	return false;
}

static uint32_t
at_most(uint32_t value, uint32_t maximum)
{
	return value < maximum ? value : maximum;
}

static enum answer_kind
read_response(const struct answer *answer, const char *name, unsigned int type,
	      uint32_t *seconds)
{
	struct reading reading = { .time_to_live = UINT32_MAX };
	struct message *message = &reading.answers;

	message_open(message, answer->octets, answer->length);
	/* RFC 2181 9: what was cut off may be all that matters. */
	if ((message->flags & FLAG_RESPONSE) == 0 || (message->flags & FLAG_TRUNCATED) != 0 ||
	    !message_asks_for(message, name, type) || !read_sections(&reading) ||
	    !follow_to_end(&reading, name, type))
		return ANSWER_UNFIT;
	if (message->rcode == RCODE_NOERROR && reading.has_data) {
		*seconds = at_most(reading.time_to_live, ANSWER_LIFETIME_POSITIVE_MAXIMUM);
		return ANSWER_POSITIVE;
	}
	if (reading.has_data || !read_soa(&reading))
		return ANSWER_UNFIT;
	*seconds = at_most(reading.time_to_live, ANSWER_LIFETIME_NEGATIVE_MAXIMUM);
	return ANSWER_NEGATIVE;
}

enum answer_kind
answer_lifetime_read(const struct answer *answer, const char *name, int type,
		     uint32_t *seconds)
{
	*seconds = 0;
	switch (answer->status) {
	case DNS_STATUS_OK:
		return read_response(answer, name, (unsigned int)type, seconds);
	case DNS_STATUS_TRY_AGAIN:
	case DNS_STATUS_NO_RECOVERY:
		return ANSWER_FAILURE;
	default:
		return ANSWER_UNFIT;
	}
}
