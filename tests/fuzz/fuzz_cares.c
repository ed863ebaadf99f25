/* SPDX-License-Identifier: MIT */
/* A response, read by c-ares' parsers and by ours, as one for records of the type that it
 * asks for, or of one of those that c-ares knows. What both accept must be the same. What
 * only one accepts must be peculiar (witness.h) in a way that is known to divide them. */
#include "compare.h"
#include "host_answer.h"
#include "record_answer.h"

enum side {
	OURS_MAY_REFUSE = 1,
	OURS_MUST_REFUSE = 2, /* unless it is in records that are none of ours */
	THEIRS_MAY_REFUSE = 4
};

static const struct division {
	unsigned int peculiarity;
	unsigned int sides;
	const char *reason;
} divisions[] = {
	{ PECULIAR_HEADER, OURS_MAY_REFUSE | OURS_MUST_REFUSE,
	  "header: c-ares' parsers leave it to their callers" },
	{ PECULIAR_POINTER, OURS_MAY_REFUSE | OURS_MUST_REFUSE,
	  "pointer: RFC 1035 4.1.4 means prior names; RFC 9267 says what comes of others" },
	{ PECULIAR_LONG_NAME, OURS_MAY_REFUSE | OURS_MUST_REFUSE,
	  "long name: c-ares does not count the octets (RFC 1035 2.3.4)" },
	{ PECULIAR_DATA, OURS_MAY_REFUSE | OURS_MUST_REFUSE,
	  "data: c-ares passes over addresses that are none, and does not look whether "
	  "names and strings end where the data end" },
	{ PECULIAR_REST, OURS_MAY_REFUSE | OURS_MUST_REFUSE,
	  "rest: c-ares reads no more than the answers" },
	{ PECULIAR_POINTERS, OURS_MAY_REFUSE | THEIRS_MAY_REFUSE,
	  "pointers: 50 are enough for c-ares; for us as many as a name can have labels, and "
	  "in all as many as can be followed in no time" },
	{ PECULIAR_OTHER_TYPE, OURS_MAY_REFUSE,
	  "other type: c-ares reads the data of one type; with us one malformed record "
	  "spoils all" },
	{ PECULIAR_OTHER_CLASS, OURS_MAY_REFUSE | THEIRS_MAY_REFUSE,
	  "other class: c-ares takes TXT and CAA of class CH too" },
	{ PECULIAR_STRAY, OURS_MAY_REFUSE | THEIRS_MAY_REFUSE,
	  "stray: c-ares takes records of any name, and addresses before an alias" },
	{ PECULIAR_ALIAS, OURS_MAY_REFUSE | THEIRS_MAY_REFUSE,
	  "alias: c-ares follows any, whosever it is, in the order of the message, and "
	  "leaves special names to the server" },
	{ PECULIAR_EMPTY, THEIRS_MAY_REFUSE,
	  "empty: RFC 8659 4.1 allows an empty value, c-ares does not" },
	{ PECULIAR_HOST, THEIRS_MAY_REFUSE,
	  "host: c-ares refuses targets that are no hosts; we hand out records escaped" },
	{ PECULIAR_COMPANY, THEIRS_MAY_REFUSE,
	  "company: to c-ares' taste a SOA record is alone" },
};

#define DIVISION_COUNT (sizeof divisions / sizeof divisions[0])

/* Then there is nothing to compare: c-ares has more records, or ends names at a NUL. */
#define NOT_COMPARED                                                                     \
	(PECULIAR_STRAY | PECULIAR_ALIAS | PECULIAR_OTHER_CLASS | PECULIAR_NUL_LABEL)

static unsigned long counts[DIVISION_COUNT], both, neither;

static void
print_counts(void)
{
	size_t i;

	printf("both accept: %lu\nboth refuse: %lu\n", both, neither);
	for (i = 0; i < DIVISION_COUNT; i++)
		printf("one accepts: %lu %s\n", counts[i], divisions[i].reason);
}

static unsigned int
peculiarities_of(unsigned int side)
{
	unsigned int all = 0;
	size_t i;

	for (i = 0; i < DIVISION_COUNT; i++)
		if ((divisions[i].sides & side) != 0)
			all |= divisions[i].peculiarity;
	return all;
}

/* From 1.21 on c-ares reads the whole message by another parser, which is ever more
 * strict: then only what both accept is looked at. */
static bool
is_another_parser(void)
{
	int version;

	ares_version(&version);
	return version >= 0x011500;
}

/* Only one accepts it: there is a reason for the other. */
static void
require_reason(const struct witness *witness, unsigned int side)
{
	size_t i;

	for (i = 0; i < DIVISION_COUNT; i++)
		if ((divisions[i].sides & side) != 0 &&
		    (divisions[i].peculiarity & witness->seen) != 0) {
			counts[i]++;
			return;
		}
	require(!"one accepts what is not peculiar");
}

/* ---- hosts ---- */

static bool
is_among(const union host_address *address, const struct theirs *theirs,
	 unsigned int type)
{
	const void *octets = type == RECORD_A ? (const void *)&address->ipv4.sin_addr
					      : (const void *)&address->ipv6.sin6_addr;
	int i;

	for (i = 0; i < theirs->count; i++)
		if (memcmp(octets, address_at(theirs, type, i),
			   type == RECORD_A ? 4 : 16) == 0)
			return true;
	return theirs->count == ADDRESSES_MAXIMUM;
}

/* All names and addresses; c-ares gives a host the name that its first alias leads to,
 * and those that have aliases as aliases. */
static void
compare_host(const struct host_answer *ours, const struct theirs *theirs,
	     const struct witness *witness)
{
	size_t i;

	require(ours->name_count == witness->name_count);
	require(is_same_owner(ours->names[ours->name_count > 1], theirs->host->h_name));
	for (i = 0; i + 1 < ours->name_count; i++)
		require(is_same_owner(ours->names[i], theirs->host->h_aliases[i]));
	require(theirs->host->h_aliases[i] == NULL);
	for (i = 0; i < ours->address_count; i++)
		require(is_among(&ours->addresses[i], theirs, witness->type));
}

static void
check_host(const uint8_t *data, size_t size, const char *name,
	   const struct theirs *theirs, const struct witness *witness)
{
	static struct host_answer ours;

	host_answer_read(&ours, data, size, name, (int)witness->type, 0);
	if (ours.status == DNS_STATUS_OK && (witness->seen & NOT_COMPARED) == 0) {
		require(theirs->host != NULL || is_another_parser() ||
			(witness->seen & peculiarities_of(THEIRS_MAY_REFUSE)) != 0);
		if (theirs->host != NULL)
			compare_host(&ours, theirs, witness);
	}
	host_answer_clear(&ours);
}

/* ---- one response ---- */

static void
read_theirs(struct theirs *theirs, const uint8_t *data, int size, unsigned int type)
{
	int count = ADDRESSES_MAXIMUM;

	switch (type) {
	case RECORD_A:
		theirs->status = ares_parse_a_reply(data, size, &theirs->host,
						    theirs->ipv4, &count);
		theirs->count = count;
		break;
	case RECORD_AAAA:
		theirs->status = ares_parse_aaaa_reply(data, size, &theirs->host,
						       theirs->ipv6, &count);
		theirs->count = count;
		break;
	case RECORD_NS:
		theirs->status = ares_parse_ns_reply(data, size, &theirs->host);
		break;
	case RECORD_PTR:
		theirs->status =
			ares_parse_ptr_reply(data, size, NULL, 0, AF_INET, &theirs->host);
		break;
#define PARSE(record_type, name, reply)                                                  \
	case record_type:                                                                \
		theirs->status = ares_parse_##name(                                      \
			data, size, (struct ares_##reply **)&theirs->list);              \
		break
		PARSE(RECORD_MX, mx_reply, mx_reply);
		PARSE(RECORD_SRV, srv_reply, srv_reply);
		PARSE(RECORD_TXT, txt_reply_ext, txt_ext);
		PARSE(RECORD_SOA, soa_reply, soa_reply);
		PARSE(RECORD_NAPTR, naptr_reply, naptr_reply);
		PARSE(RECORD_CAA, caa_reply, caa_reply);
	default:
		PARSE(RECORD_URI, uri_reply, uri_reply);
#undef PARSE
	}
	if (theirs->status != ARES_SUCCESS)
		theirs->count = 0;
}

/* Did they find any? */
static bool
have_accepted(const struct theirs *theirs, unsigned int type)
{
	if (theirs->status != ARES_SUCCESS)
		return false;
	if (type == RECORD_A || type == RECORD_AAAA)
		return theirs->count > 0;
	return theirs->list != NULL || theirs->host != NULL;
}

static void
clear(struct theirs *theirs)
{
	if (theirs->host != NULL)
		ares_free_hostent(theirs->host);
	if (theirs->list != NULL)
		ares_free_data(theirs->list);
}

static void
judge(const struct witness *witness, bool is_whole, const DnsRecordSet *ours,
      bool accepted)
{
	const unsigned int elsewhere = PECULIAR_STRAY | PECULIAR_ALIAS;
	bool must_refuse = (witness->seen & peculiarities_of(OURS_MUST_REFUSE)) != 0 &&
			   (witness->seen & elsewhere) == 0;

	if (!is_whole) { /* c-ares looks for one SOA record only */
		require(ours == NULL && (!accepted || witness->type == RECORD_SOA));
		return;
	}
	require(ours == NULL || !must_refuse);
	if (is_another_parser())
		return;
	require(witness->seen != 0 ||
		(witness->wanted > 0) == (ours != NULL));
	if (ours != NULL && !accepted)
		require_reason(witness, THEIRS_MAY_REFUSE);
	else if (ours == NULL && accepted)
		require_reason(witness, OURS_MAY_REFUSE);
	else
		*(accepted ? &both : &neither) += 1;
}

static void
try_response(const uint8_t *data, size_t size, const char *name, unsigned int type)
{
	static struct witness witness;
	static struct theirs theirs;
	DnsRecordSet *ours;
	bool is_whole, accepted;

	theirs.host = NULL;
	theirs.list = NULL;
	theirs.count = 0;
	is_whole = witness_read(&witness, data, size, type);
	read_theirs(&theirs, data, (int)size, type);
	accepted = have_accepted(&theirs, type);
	record_answer_read(&ours, data, size, name, (int)type, 0, false);
	judge(&witness, is_whole, ours, accepted);
	if (ours != NULL && accepted && (witness.seen & NOT_COMPARED) == 0)
		compare(ours, &theirs, type);
	if (is_whole && (type == RECORD_A || type == RECORD_AAAA))
		check_host(data, size, name, &theirs, &witness);
	DnsRecordSetRelease(ours);
	clear(&theirs);
}

static unsigned int
type_for(unsigned int type)
{
	static const unsigned int types[] = {
		RECORD_A,   RECORD_AAAA, RECORD_NS,    RECORD_PTR, RECORD_MX,  RECORD_SRV,
		RECORD_TXT, RECORD_SOA,	 RECORD_NAPTR, RECORD_CAA, RECORD_URI,
	};
	const size_t count = sizeof types / sizeof types[0];
	size_t i;

	for (i = 0; i < count; i++)
		if (types[i] == type)
			return type;
	return types[type % count];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_ready;
	struct message_question question;
	char name[MESSAGE_NAME_SIZE];
	struct message message;
	unsigned int type;
	uint8_t *copy;
	char *at;

	if (!is_ready && getenv("FUZZ_COUNTS") != NULL)
		atexit(print_counts);
	is_ready = true;
	message_open(&message, data, size);
	if (!message_next_question(&message, &question))
		return 0;
	wire_name_print(question.name, name);
	for (at = name; *at != '\0'; at++)
		*at = (char)in_lower_case((unsigned char)*at);
	type = type_for(question.type);
	copy = malloc(size);
	require(copy != NULL);
	memcpy(copy, data, size);
	copy[message.position - 4] = (uint8_t)(type >> 8);
	copy[message.position - 3] = (uint8_t)type;
	copy[message.position - 2] = 0;
	copy[message.position - 1] = CLASS_IN;
	try_response(copy, size, name, type);
	free(copy);
	return 0;
}
