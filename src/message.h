/* SPDX-License-Identifier: MIT */
/* message: a strict reader of DNS messages (RFC 1035 4.1). It never reads outside the
 * bytes it was given, whatever they say; RFC 9267's list of mistakes is its checklist:
 * compression only points backwards, no name is longer than 255 octets, counts are bounded
 * by the bytes that are left. The first thing wrong makes the message malformed, and
 * nothing is read from it any more. */
#ifndef ASYNCDNS_MESSAGE_H
#define ASYNCDNS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	RECORD_A = 1,
	RECORD_CNAME = 5,
	RECORD_PTR = 12,
	RECORD_AAAA = 28,

	CLASS_IN = 1
};

enum message_rcode {
	RCODE_NOERROR = 0,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3
};

/* A name in presentation form without the final dot: an octet may need four characters. */
#define MESSAGE_NAME_SIZE 1024

struct message {
	const uint8_t *data;
	size_t length;
	size_t position;	/* of what is read next */
	bool malformed;

	unsigned int rcode;
	unsigned int questions;
	unsigned int answers;	/* records of the answer section that are left to read */
};

struct message_question {
	char name[MESSAGE_NAME_SIZE];
	unsigned int type;
	unsigned int class;
};

struct message_record {
	char name[MESSAGE_NAME_SIZE];
	unsigned int type;
	unsigned int class;
	uint32_t ttl;		/* seconds; RFC 2181 8: 0 if its top bit was set */
	const uint8_t *data;
	size_t length;
};

/* Reads the header. */
void message_open(struct message *message, const uint8_t *data, size_t length);

/* To be called for each of the questions, before the answers. */
bool message_next_question(struct message *message, struct message_question *question);

/* The next record of the answer section; false at its end or when malformed. */
bool message_next_answer(struct message *message, struct message_record *record);

/* The name that is all of a record's data; false, and malformed, if it is not. */
bool message_name_in(struct message *message, const struct message_record *record,
		     char name[MESSAGE_NAME_SIZE]);

#endif
