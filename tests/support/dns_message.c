/* SPDX-License-Identifier: MIT */
#include "dns_message.h"

#include <string.h>

#define CLASS_IN	   1
#define CLASS_ANY	   255
#define EDNS_SIZE	   11 /* of an OPT record without options */
#define EDNS_UDP_SIZE	   1232
#define CHAIN_MAX	   16	  /* aliases in one answer */
#define RECORD_HEAD_SIZE   12	  /* with a pointer for a name */
#define POINTER_MAXIMUM	   0x3fff
#define SOA_TTL		   300	  /* and its minimum */
#define FLAGS_ANSWER	   0x8480 /* QR, AA, RA */
#define FLAG_TRUNCATED	   0x0200
#define FLAG_RECURSION	   0x0100
#define OFFSET_FLAGS	   2
#define OFFSET_ANSWERS	   6
#define OFFSET_AUTHORITIES 8
#define OFFSET_ADDITIONALS 10

static unsigned int
get16(const uint8_t *bytes)
{
	return (unsigned int)bytes[0] << 8 | bytes[1];
}

static void
set16(uint8_t *bytes, unsigned int value)
{
	bytes[0] = (uint8_t)(value >> 8);
	bytes[1] = (uint8_t)value;
}

/* Past a name, compressed or not; 0 if it runs out of the message. */
static size_t
skip_name(const uint8_t *message, size_t length, size_t at)
{
	while (at < length && message[at] != 0) {
		if (message[at] >= 0xc0)
			return at + 2 <= length ? at + 2 : 0;
		if (message[at] > 63)
			return 0;
		at += 1 + (size_t)message[at];
	}
	return at < length ? at + 1 : 0;
}

/* Looks for the OPT record behind the question. False if the records are malformed. */
static bool
read_edns(struct dns_question *question, size_t length)
{
	const uint8_t *message = question->message;
	unsigned int count = get16(message + OFFSET_ANSWERS) +
			     get16(message + OFFSET_AUTHORITIES) +
			     get16(message + OFFSET_ADDITIONALS);
	size_t at = question->end;

	for (; count > 0; count--) {
		at = skip_name(message, length, at);
		if (at == 0 || length - at < 10)
			return false;
		if (get16(message + at) == TYPE_OPT) {
			question->has_edns = true;
			question->udp_size = get16(message + at + 2);
		}
		at += 10 + (size_t)get16(message + at + 8);
		if (at > length)
			return false;
	}
	if (question->udp_size < DNS_UDP_SIZE)
		question->udp_size = DNS_UDP_SIZE;
	return true;
}

enum dns_question_kind
dns_question_read(struct dns_question *question, const uint8_t *message, size_t length,
		  enum dns_rcode *ret_rcode)
{
	size_t at;

	if (length < DNS_HEADER_SIZE || (message[OFFSET_FLAGS] & 0x80) != 0)
		return QUESTION_GARBAGE;
	if ((message[OFFSET_FLAGS] & 0x78) != 0) {
		*ret_rcode = RCODE_NOTIMP;
		return QUESTION_BAD;
	}
	*ret_rcode = RCODE_FORMERR;
	question->message = message;
	question->has_edns = false;
	question->udp_size = DNS_UDP_SIZE;
	if (get16(message + 4) != 1 ||
	    !dns_name_from_wire(&question->name, message + DNS_HEADER_SIZE,
				length - DNS_HEADER_SIZE))
		return QUESTION_BAD;
	dns_name_fold(&question->name);
	at = DNS_HEADER_SIZE + question->name.length;
	if (length - at < 4)
		return QUESTION_BAD;
	question->type = (uint16_t)get16(message + at);
	question->class = (uint16_t)get16(message + at + 2);
	question->end = at + 4;
	if (!read_edns(question, length))
		return QUESTION_BAD;
	if (question->class != CLASS_IN && question->class != CLASS_ANY) {
		*ret_rcode = RCODE_REFUSED;
		return QUESTION_BAD;
	}
	return QUESTION_GOOD;
}

/* An answer under construction. What does not fit sets is_full, and nothing more is
 * written; so callers need not check each step. */
struct answer {
	uint8_t *bytes;
	size_t length;
	size_t limit;
	bool is_full;
};

static void
put_bytes(struct answer *answer, const void *bytes, size_t length)
{
	if (answer->is_full || length > answer->limit - answer->length) {
		answer->is_full = true;
		return;
	}
	memcpy(answer->bytes + answer->length, bytes, length);
	answer->length += length;
}

static void
put16(struct answer *answer, unsigned int value)
{
	uint8_t bytes[2];

	set16(bytes, value);
	put_bytes(answer, bytes, sizeof(bytes));
}

static void
put32(struct answer *answer, uint32_t value)
{
	put16(answer, value >> 16);
	put16(answer, value & 0xffff);
}

/* A name that has been written at that place before. */
static void
put_pointer(struct answer *answer, size_t place)
{
	put16(answer, 0xc000 | (unsigned int)place);
}

static void
count_record(struct answer *answer, size_t section)
{
	set16(answer->bytes + section, get16(answer->bytes + section) + 1);
}

/* Up to the data, whose length is given. */
static void
put_record_head(struct answer *answer, size_t owner, unsigned int type, uint32_t ttl,
		size_t length)
{
	put_pointer(answer, owner);
	put16(answer, type);
	put16(answer, CLASS_IN);
	put32(answer, ttl);
	put16(answer, (unsigned int)length);
}

static void
put_record(struct answer *answer, size_t owner, const struct dns_record *record,
	   size_t section)
{
	put_record_head(answer, owner, record->type, record->ttl, record->length);
	put_bytes(answer, record->data, record->length);
	count_record(answer, section);
}

/* The zone of a name is what its last two labels say. */
static void
put_soa(struct answer *answer, size_t owner, const struct dns_name *name)
{
	static const uint8_t server[] = "\2ns";
	static const uint8_t mailbox[] = "\12hostmaster";
	size_t zone = owner + dns_name_suffix(name, 2);

	put_record_head(answer, zone, TYPE_SOA, SOA_TTL,
			sizeof(server) + 1 + sizeof(mailbox) + 1 + 20);
	put_bytes(answer, server, sizeof(server) - 1);
	put_pointer(answer, zone);
	put_bytes(answer, mailbox, sizeof(mailbox) - 1);
	put_pointer(answer, zone);
	put32(answer, 1);     /* serial */
	put32(answer, 3600);  /* refresh */
	put32(answer, 600);   /* retry */
	put32(answer, 86400); /* expire */
	put32(answer, SOA_TTL);
	count_record(answer, OFFSET_AUTHORITIES);
}

static bool
put_records_of_type(struct answer *answer, size_t owner, const struct dns_entry *entry,
		    unsigned int type)
{
	const struct dns_record *record;
	bool any = false;

	for (record = entry->records; record != NULL; record = record->next) {
		if (record->type == type || type == TYPE_ANY) {
			put_record(answer, owner, record, OFFSET_ANSWERS);
			any = true;
		}
	}
	return any;
}

/* Where in the data of such a record a host's name stands; -1: nowhere. */
static int
host_offset(unsigned int type)
{
	switch (type) {
	case TYPE_NS:
		return 0;
	case TYPE_MX:
		return 2;
	case TYPE_SRV:
		return 6;
	default:
		return -1;
	}
}

/* The addresses of the host whose name stands at that place. */
static void
put_addresses(struct answer *answer, const struct dns_zone *zone, size_t place)
{
	const struct dns_record *record;
	const struct dns_entry *entry;
	struct dns_name host;

	if (place > POINTER_MAXIMUM ||
	    !dns_name_from_wire(&host, answer->bytes + place, answer->length - place))
		return;
	dns_name_fold(&host);
	entry = dns_zone_find(zone, &host);
	for (record = entry == NULL ? NULL : entry->records; record != NULL;
	     record = record->next)
		if (record->type == TYPE_A || record->type == TYPE_AAAA)
			put_record(answer, place, record, OFFSET_ADDITIONALS);
}

/* Of the hosts in the answer's records, which begin at that place; none of them if there
 * is no room for all. */
static void
put_addresses_of_hosts(struct answer *answer, const struct dns_zone *zone,
		       const struct dns_entry *entry, unsigned int type, size_t place)
{
	size_t length = answer->length;
	const struct dns_record *record;
	int offset = host_offset(type);

	if (offset < 0 || answer->is_full)
		return;
	for (record = entry->records; record != NULL; record = record->next) {
		if (record->type != type)
			continue;
		place += RECORD_HEAD_SIZE;
		put_addresses(answer, zone, place + (size_t)offset);
		place += record->length;
	}
	if (answer->is_full) {
		answer->length = length;
		answer->is_full = false;
		set16(answer->bytes + OFFSET_ADDITIONALS, 0);
	}
}

/* The records asked for, along the aliases. */
static enum dns_rcode
put_zone_answer(struct answer *answer, const struct dns_zone *zone,
		const struct dns_question *question)
{
	struct dns_name name = question->name;
	size_t owner = DNS_HEADER_SIZE;
	int aliases;

	for (aliases = 0;; aliases++) {
		const struct dns_entry *entry = dns_zone_find(zone, &name);
		const struct dns_record *alias;
		size_t place = answer->length;

		if (entry == NULL) {
			put_soa(answer, owner, &name);
			return RCODE_NXDOMAIN;
		}
		if (put_records_of_type(answer, owner, entry, question->type)) {
			put_addresses_of_hosts(answer, zone, entry, question->type, place);
			return RCODE_NOERROR;
		}
		for (alias = entry->records; alias != NULL; alias = alias->next)
			if (alias->type == TYPE_CNAME)
				break;
		if (alias == NULL) {
			put_soa(answer, owner, &name);
			return RCODE_NOERROR;
		}
		if (aliases == CHAIN_MAX)
			return RCODE_NOERROR;
		put_record(answer, owner, alias, OFFSET_ANSWERS);
		owner = answer->length - alias->length;
		dns_name_from_wire(&name, alias->data, alias->length);
		dns_name_fold(&name);
	}
}

/* A record whose owner is a pointer to itself. */
static void
put_endless_name(struct answer *answer)
{
	put_record_head(answer, answer->length, TYPE_A, SOA_TTL, 4);
	put_bytes(answer, "\300\0\2\1", 4);
	count_record(answer, OFFSET_ANSWERS);
}

static void
cut_records(struct answer *answer, size_t length)
{
	answer->length = length;
	answer->is_full = false;
	memset(answer->bytes + OFFSET_ANSWERS, 0, DNS_HEADER_SIZE - OFFSET_ANSWERS);
}

static void
put_edns(struct answer *answer)
{
	answer->limit += EDNS_SIZE;
	put_bytes(answer, "", 1);
	put16(answer, TYPE_OPT);
	put16(answer, EDNS_UDP_SIZE);
	put32(answer, 0);
	put16(answer, 0);
	count_record(answer, OFFSET_ADDITIONALS);
}

static void
set_flags(uint8_t *answer, const uint8_t *message, unsigned int flags,
	  enum dns_rcode rcode)
{
	flags |= get16(message + OFFSET_FLAGS) & FLAG_RECURSION;
	set16(answer + OFFSET_FLAGS, FLAGS_ANSWER | flags | (unsigned int)rcode);
}

size_t
dns_answer_refuse(const uint8_t *message, enum dns_rcode rcode, uint8_t *answer)
{
	memset(answer, 0, DNS_HEADER_SIZE);
	memcpy(answer, message, 2);
	set_flags(answer, message, 0, rcode);
	return DNS_HEADER_SIZE;
}

static void
lower_case(uint8_t *name)
{
	for (; *name != 0; name++)
		if (*name >= 'A' && *name <= 'Z')
			*name |= 0x20;
}

size_t
dns_answer_build(const struct dns_zone *zone, const struct dns_question *question,
		 bool is_tcp, int misbehaviour, uint8_t *bytes, size_t limit)
{
	const int *rcode_set = dns_zone_find_setting(zone, &question->name,
						     question->type, SETTING_RCODE);
	enum dns_rcode rcode =
		rcode_set == NULL ? RCODE_NOERROR : (enum dns_rcode) * rcode_set;
	struct answer answer = {.bytes = bytes, .length = question->end, .limit = limit};
	unsigned int flags = 0;

	memcpy(bytes, question->message, question->end);
	cut_records(&answer, question->end);
	if (question->has_edns)
		answer.limit -= EDNS_SIZE;
	if (!is_tcp && (misbehaviour & (ANSWER_TRUNCATED | ANSWER_TCP_RESET)) != 0)
		flags = FLAG_TRUNCATED;
	else if ((misbehaviour & ANSWER_MALFORMED) != 0)
		put_endless_name(&answer);
	else if (rcode == RCODE_NXDOMAIN)
		put_soa(&answer, DNS_HEADER_SIZE, &question->name);
	else if (rcode == RCODE_NOERROR)
		rcode = put_zone_answer(&answer, zone, question);
	if (answer.is_full) {
		cut_records(&answer, question->end);
		flags = FLAG_TRUNCATED;
	}
	/* FORMERR goes without: so answers a server that does not know EDNS. */
	if (question->has_edns && rcode != RCODE_FORMERR)
		put_edns(&answer);
	set_flags(bytes, question->message, flags, rcode);
	if ((misbehaviour & ANSWER_WRONG_ID) != 0)
		set16(bytes, get16(bytes) ^ 0xffff);
	if ((misbehaviour & ANSWER_WRONG_QUESTION) != 0 && bytes[DNS_HEADER_SIZE] != 0)
		bytes[DNS_HEADER_SIZE + 1] =
			bytes[DNS_HEADER_SIZE + 1] == 'x' ? 'y' : 'x';
	if ((misbehaviour & ANSWER_LOWER_CASE) != 0)
		lower_case(bytes + DNS_HEADER_SIZE);
	return answer.length;
}
