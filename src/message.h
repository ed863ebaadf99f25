/* SPDX-License-Identifier: MIT */
/* message: a strict reader of DNS messages (RFC 1035 4.1). It never reads outside the
 * bytes it was given, whatever they say; RFC 9267's list of mistakes is its checklist:
 *   2  a compression pointer points backwards, behind the header, and not too often
 *   3  a label has 63 octets at most, a name 255, expanded
 *   4  a name ends in the root, in the message, or in the data that it belongs to
 *   5  the data of a record end in the message
 *   6  counts are bounded by the bytes that are left
 * Names whose pointers lead through too many labels, all of them together, are malformed too.
 * The first thing wrong makes the message malformed, and nothing is read from it any more.
 * Reading all of a message takes time linear in its length. */
#ifndef ASYNCDNS_MESSAGE_H
#define ASYNCDNS_MESSAGE_H

#include <asyncdns/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire_name.h"

enum {
	RECORD_A = 1,
	RECORD_NS = 2,
	RECORD_CNAME = 5,
	RECORD_SOA = 6,
	RECORD_PTR = 12,
	RECORD_MX = 15,
	RECORD_TXT = 16,
	RECORD_AAAA = 28,
	RECORD_SRV = 33,
	RECORD_NAPTR = 35,
	RECORD_DNAME = 39,
	RECORD_OPT = 41,
	RECORD_DS = 43,
	RECORD_RRSIG = 46,
	RECORD_TLSA = 52,
	RECORD_SMIMEA = 53,
	RECORD_CDS = 59,
	RECORD_SVCB = 64,
	RECORD_HTTPS = 65,
	RECORD_SPF = 99,
	RECORD_ANY = 255,
	RECORD_URI = 256,
	RECORD_CAA = 257,

	CLASS_IN = 1
};

/* Bits of the header (RFC 1035 4.1.1, RFC 4035 3.1.6). */
enum message_flag {
	FLAG_RESPONSE = 0x8000,
	FLAG_AUTHORITATIVE = 0x0400,
	FLAG_TRUNCATED = 0x0200,
	FLAG_RECURSION_DESIRED = 0x0100,
	FLAG_RECURSION_AVAILABLE = 0x0080,
	FLAG_AUTHENTIC = 0x0020
};

enum message_section {
	SECTION_ANSWER,
	SECTION_AUTHORITY,
	SECTION_ADDITIONAL,

	SECTION_COUNT
};

enum message_rcode {
	RCODE_NOERROR = 0,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3
};

#define MESSAGE_NAME_SIZE WIRE_NAME_TEXT_SIZE

struct message {
	const uint8_t *data;
	size_t length;
	size_t position;	/* of what is read next */
	bool malformed;
	size_t plain_name;	/* where one is that is good as it stands there: the first
				 * question's, or the last that a pointer led to; 0: none */

	unsigned int steps;	/* left to take where pointers lead */
	uint32_t age;		/* seconds that every ttl is less; to be set after opening */
	unsigned int flags;
	unsigned int rcode;	/* of the header, four bits */
	unsigned int questions;	/* left to read */
	unsigned int records[SECTION_COUNT];	/* left to read */
};

/* Expanded names are the message's own octets where they can be, and stay as long as those
 * do and this here. */

struct message_question {
	const uint8_t *name;
	uint8_t expanded[WIRE_NAME_MAXIMUM];
	unsigned int type;
	unsigned int class;
};

struct message_record {
	const uint8_t *name;
	size_t name_position;	/* of records that have the same, they have the same name */
	uint8_t expanded[WIRE_NAME_MAXIMUM];
	unsigned int type;
	unsigned int class;
	uint32_t ttl;		/* seconds; RFC 2181 8: 0 if its top bit was set. Of RECORD_OPT
				 * what is there instead */
	const uint8_t *data;
	size_t length;
};

/* A response to a query of one question, by its header (QR, OPCODE, QDCOUNT)? */
bool message_is_response(const uint8_t *data, size_t length);

/* Reads the header. The age is 0. */
void message_open(struct message *message, const uint8_t *data, size_t length);

/* To be called for each of the questions, before the answers. */
bool message_next_question(struct message *message, struct message_question *question);

/* Is it the only question, for records of class IN, of that type and name? It is read. */
bool message_asks_for(struct message *message, const char *name, unsigned int type);

/* The next record of the answer section; false at its end or when malformed. */
bool message_next_answer(struct message *message, struct message_record *record);

/* The next record of a section; the sections before it must have been read to their ends,
 * or are passed over. */
bool message_next_record(struct message *message, enum message_section section,
			 struct message_record *record);

/* Where the CNAME records of class IN are in the answer section. Found once, since chains
 * come out of their order too, and reading all of an answer for each link of one would let
 * a hostile answer take long. */
#define MESSAGE_ALIASES_MAXIMUM 32

struct message_aliases {
	unsigned int count;
	struct message places[MESSAGE_ALIASES_MAXIMUM];
};

/* Looks through the answer section, and leaves it to be read; false: it is malformed, or has
 * more of them than anybody needs. */
bool message_find_aliases(const struct message *message, struct message_aliases *aliases);

/* The first with that owner, and its place, for message_name_in; NULL: there is none. */
struct message *message_find_alias(struct message_aliases *aliases, const char *owner,
				   struct message_record *record);

/* The rcode with the upper bits that an OPT record adds (RFC 6891 6.1.3). Looks through
 * what is left to read, and leaves it to be read; two OPT records are malformed. */
unsigned int message_extended_rcode(struct message *message);

/* Can all that is left be read, to the data of addresses and names, and is there one OPT
 * record at most, in its place (RFC 6891 6.1.1)? What follows the last record is nobody's
 * business. */
bool message_is_sound(struct message *message);

/* What a server says with it of what it was asked for: OK, HOST_NOT_FOUND, TRY_AGAIN or
 * NO_RECOVERY. */
DnsStatus message_status_of_rcode(unsigned int rcode);

/* The name that is all of a record's data; false, and malformed, if it is not. */
bool message_name_in(struct message *message, const struct message_record *record,
		     char text[MESSAGE_NAME_SIZE]);

/* Expands the name at a position, whose own octets must end there or before. Where what
 * follows it begins; 0, and malformed, if it is not good. */
size_t message_expand_name(struct message *message, size_t position, size_t end,
			   uint8_t name[WIRE_NAME_MAXIMUM], size_t *length);

#endif
