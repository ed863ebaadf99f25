/* SPDX-License-Identifier: MIT */
/* witness: a third reader of responses, as lenient as the most lenient of the two that it
 * is to judge. It takes no side: it says what is peculiar about a response to a question
 * for records of a type, which is all that may be the reason when only one accepts it. */
#ifndef TESTS_FUZZ_WITNESS_H
#define TESTS_FUZZ_WITNESS_H

#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "message.h"
#include "record_layout.h"
#include "special_name.h"

#define WITNESS_POINTERS_MAXIMUM 300 /* of one name, so that following them ends */
/* Few enough for the labels behind them to be within message.c's limit. */
#define WITNESS_ALL_POINTERS_MAXIMUM 150
#define WITNESS_CHAIN_MAXIMUM	 16
#define WITNESS_NAME_SIZE	 320 /* in lower case; what is longer is cut off */

enum peculiarity {
	PECULIAR_HEADER = 1 << 0,      /* no response, cut off, or another rcode than 0 */
	PECULIAR_POINTER = 1 << 1,     /* not backwards, or into the header */
	PECULIAR_POINTERS = 1 << 2,    /* more than 50 in one name, or very many in all */
	PECULIAR_LONG_NAME = 1 << 3,   /* more than 255 octets */
	PECULIAR_NUL_LABEL = 1 << 4,   /* a label of one octet, which is 0 */
	PECULIAR_DATA = 1 << 5,	       /* fields that do not end where the data end */
	PECULIAR_EMPTY = 1 << 6,       /* a CAA record without a value */
	PECULIAR_HOST = 1 << 7,	       /* a name that is no host's is the data */
	PECULIAR_OTHER_TYPE = 1 << 8,  /* records of another type among the answers */
	PECULIAR_OTHER_CLASS = 1 << 9, /* records of the type in another class */
	PECULIAR_STRAY = 1 << 10, /* records of the type that are not the last name's */
	/* An alias out of order, or in a circle, or too many, or of a special name. */
	PECULIAR_ALIAS = 1 << 11,
	PECULIAR_COMPANY = 1 << 12, /* a SOA record is not alone */
	PECULIAR_REST = 1 << 13	    /* sections 2 and 3 broken off, or two OPT records */
};

struct witness_name {
	size_t length;
	uint8_t octets[WITNESS_NAME_SIZE];
};

struct witness {
	const uint8_t *data;
	size_t size;
	unsigned int type;
	unsigned int seen;
	unsigned int pointers; /* that were followed */
	size_t position;   /* SIZE_MAX: broken off, which nobody can read */
	size_t wanted;	   /* records of the type that are the last name's */
	size_t name_count; /* the name asked for, and those that aliases led to */
	struct witness_name names[WITNESS_CHAIN_MAXIMUM + 1];
};

struct witness_record {
	struct witness_name owner;
	unsigned int type, class;
	unsigned int ttl_high; /* its upper 16 bits */
	size_t data, length;
};

static inline unsigned int
witness_16(struct witness *witness)
{
	size_t at = witness->position;

	if (at == SIZE_MAX || witness->size - at < 2) {
		witness->position = SIZE_MAX;
		return 0;
	}
	witness->position += 2;
	return (unsigned int)witness->data[at] << 8 | witness->data[at + 1];
}

static inline void
witness_label(struct witness *witness, struct witness_name *name, size_t at)
{
	size_t length = 1 + (size_t)witness->data[at], i;
	uint8_t octet;

	if (length == 2 && witness->data[at + 1] == 0)
		witness->seen |= PECULIAR_NUL_LABEL;
	for (i = 0; i < length && name->length < WITNESS_NAME_SIZE; i++) {
		octet = witness->data[at + i];
		name->octets[name->length++] =
			i > 0 && octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
	}
	if (name->length > WIRE_NAME_MAXIMUM)
		witness->seen |= PECULIAR_LONG_NAME;
}

/* Where a pointer at that place leads to; SIZE_MAX: nowhere. */
static inline size_t
witness_pointer(struct witness *witness, size_t at, size_t start, unsigned int pointers)
{
	size_t target;

	if (witness->data[at] < 0xc0 || at + 1 >= witness->size ||
	    pointers > WITNESS_POINTERS_MAXIMUM)
		return SIZE_MAX;
	target = (witness->data[at] & 0x3fu) << 8 | witness->data[at + 1];
	if (target >= start || target < 12)
		witness->seen |= PECULIAR_POINTER;
	if (pointers > 50 || ++witness->pointers > WITNESS_ALL_POINTERS_MAXIMUM)
		witness->seen |= PECULIAR_POINTERS;
	return target;
}

/* The name at the position, which goes on behind it. */
static inline void
witness_take_name(struct witness *witness, struct witness_name *name)
{
	size_t at = witness->position, start = at, after = SIZE_MAX;
	unsigned int pointers = 0;

	name->length = 0;
	while (at < witness->size && witness->data[at] != 0) {
		if (witness->data[at] <= WIRE_LABEL_MAXIMUM) {
			if (witness->size - at <= witness->data[at])
				break;
			witness_label(witness, name, at);
			at += 1 + (size_t)witness->data[at];
			continue;
		}
		if (after == SIZE_MAX)
			after = at + 2;
		at = witness_pointer(witness, at, start, ++pointers);
		start = at;
	}
	if (at >= witness->size || witness->data[at] != 0) {
		witness->position = SIZE_MAX;
		return;
	}
	if (name->length == WIRE_NAME_MAXIMUM) /* and the root's octet */
		witness->seen |= PECULIAR_LONG_NAME;
	witness->position = after != SIZE_MAX ? after : at + 1;
}

static inline bool
witness_is_same(const struct witness_name *a, const struct witness_name *b)
{
	return a->length == b->length && memcmp(a->octets, b->octets, a->length) == 0;
}

static inline bool
witness_take_record(struct witness *witness, struct witness_record *record)
{
	witness_take_name(witness, &record->owner);
	record->type = witness_16(witness);
	record->class = witness_16(witness);
	record->ttl_high = witness_16(witness);
	witness_16(witness);
	record->length = witness_16(witness);
	record->data = witness->position;
	if (record->data == SIZE_MAX || witness->size - record->data < record->length) {
		witness->position = SIZE_MAX;
		return false;
	}
	witness->position += record->length;
	return true;
}

/* c-ares' idea of a host's name, which has no escapes either. */
static inline bool
witness_is_host(const struct witness_name *name)
{
	size_t at, i;

	for (at = 0; at < name->length; at += 1 + (size_t)name->octets[at])
		for (i = at + 1; i <= at + name->octets[at] && i < name->length; i++)
			if (strchr("-_/0123456789abcdefghijklmnopqrstuvwxyz",
				   name->octets[i]) == NULL ||
			    name->octets[i] == 0)
				return false;
	return true;
}

/* One field of a record's data; only names are looked at more closely. */
static inline void
witness_take_field(struct witness *witness, char field, size_t end,
		   struct witness_name *name)
{
	size_t length;

	if (field == FIELD_NAME || field == FIELD_PACKED_NAME) {
		witness_take_name(witness, name);
		return;
	}
	length = record_layout_measure(field, witness->data, witness->position, end);
	witness->position =
		length == FIELD_MALFORMED ? SIZE_MAX : witness->position + length;
}

/* Leaves the position as it was. The name is the last one of the data. */
static inline void
witness_look_at_data(struct witness *witness, const struct witness_record *record,
		     struct witness_name *name)
{
	const char *fields = record_layout_of(record->type);
	size_t before = witness->position, end = record->data + record->length;

	witness->position = record->data;
	while (fields != NULL && *fields != '\0' && witness->position <= end)
		witness_take_field(witness, *fields++, end, name);
	if (witness->position != end)
		witness->seen |= PECULIAR_DATA;
	if (record->type == RECORD_CAA && record->length >= 2 &&
	    record->length == 2 + (size_t)witness->data[record->data + 1])
		witness->seen |= PECULIAR_EMPTY;
	if ((record->type == RECORD_CNAME || record->type == RECORD_NS ||
	     record->type == RECORD_PTR) &&
	    !witness_is_host(name))
		witness->seen |= PECULIAR_HOST;
	witness->position = before;
}

static inline bool
witness_is_special(const struct witness_name *name)
{
	uint8_t octets[WIRE_NAME_MAXIMUM] = {0};
	char text[WIRE_NAME_TEXT_SIZE];

	if (name->length >= WIRE_NAME_MAXIMUM)
		return false;
	memcpy(octets, name->octets, name->length);
	wire_name_print(octets, text);
	return special_name_find(text) != SPECIAL_USE_NONE;
}

static inline void
witness_follow(struct witness *witness, const struct witness_record *record,
	       const struct witness_name *target)
{
	size_t i;

	if (!witness_is_same(&record->owner, &witness->names[witness->name_count - 1]) ||
	    witness->wanted > 0 || witness->name_count > WITNESS_CHAIN_MAXIMUM) {
		witness->seen |= PECULIAR_ALIAS;
		return;
	}
	if (witness_is_special(target))
		witness->seen |= PECULIAR_ALIAS;
	for (i = 0; i < witness->name_count; i++)
		if (witness_is_same(target, &witness->names[i]))
			witness->seen |= PECULIAR_ALIAS;
	witness->names[witness->name_count++] = *target;
}

static inline void
witness_look_at_answer(struct witness *witness, const struct witness_record *record)
{
	struct witness_name name = {0};

	if (record->class != CLASS_IN) {
		if (record->type == witness->type)
			witness->seen |= PECULIAR_OTHER_CLASS;
		return;
	}
	if (record->type != witness->type && record->type != RECORD_CNAME) {
		witness->seen |= PECULIAR_OTHER_TYPE;
		return;
	}
	witness_look_at_data(witness, record, &name);
	if (record->type == RECORD_CNAME)
		witness_follow(witness, record, &name);
	else if (witness_is_same(&record->owner,
				 &witness->names[witness->name_count - 1]))
		witness->wanted++;
	else
		witness->seen |= PECULIAR_STRAY;
}

/* Nobody refuses a response for what is in there, unless it is broken off. */
static inline void
witness_look_at_rest(struct witness *witness, unsigned int authorities,
		     unsigned int additionals)
{
	struct witness_record record;
	unsigned int i, options = 0;

	for (i = 0; i < authorities + additionals; i++) {
		if (!witness_take_record(witness, &record)) {
			witness->seen |= PECULIAR_REST;
			return;
		}
		if (record.type != RECORD_OPT || i < authorities)
			continue;
		if (record.ttl_high >= 0x0100)
			witness->seen |= PECULIAR_HEADER;
		if (++options > 1)
			witness->seen |= PECULIAR_REST;
	}
}

/* The type is asked for in class IN. Is it whole up to the end of the answers? */
static inline bool
witness_read(struct witness *witness, const uint8_t *data, size_t size, unsigned int type)
{
	unsigned int questions, answers, authorities, additionals, i;
	struct witness_record record;

	memset(witness, 0, sizeof *witness);
	witness->data = data;
	witness->size = size;
	witness->type = type;
	witness->position = 2;
	if (size < 12)
		return false;
	if ((witness_16(witness) & (FLAG_RESPONSE | FLAG_TRUNCATED | 0xf)) !=
	    FLAG_RESPONSE)
		witness->seen |= PECULIAR_HEADER;
	questions = witness_16(witness);
	answers = witness_16(witness);
	authorities = witness_16(witness);
	additionals = witness_16(witness);
	witness_take_name(witness, &witness->names[0]);
	witness->name_count = 1;
	witness_16(witness);
	witness_16(witness);
	if (questions != 1 || witness->position == SIZE_MAX)
		return false;
	for (i = 0; i < answers; i++) {
		if (!witness_take_record(witness, &record))
			return false;
		witness_look_at_answer(witness, &record);
	}
	if (type == RECORD_SOA && answers > 1)
		witness->seen |= PECULIAR_COMPANY;
	witness_look_at_rest(witness, authorities, additionals);
	return true;
}

#endif
