/* SPDX-License-Identifier: MIT */
/* What came of an item: one status, the records, and how they were found. */
#ifndef TOOLS_RESOLVE_RESULT_H
#define TOOLS_RESOLVE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <asyncdns.h>

#include "resolve_item.h"

/* The texts of these are part of the interface. */
enum result_status {
	RESULT_FOUND,
	RESULT_NO_NAME,
	RESULT_NO_DATA,
	RESULT_TIMEOUT,
	RESULT_SERVER_FAILURE,
	RESULT_REFUSED,
	RESULT_UNREACHABLE,
	RESULT_INVALID,
	RESULT_CANCELLED
};

/* What came of one type: an entry, or records, or neither. References of the result. */
struct result_part {
	int type;
	DnsStatus status;
	DnsHostEntry *entry;
	DnsRecordSet *records;
	DnsReport *report;
};

struct result {
	enum result_status status;
	int exit_status;	/* what it stands for */
	enum item_fault fault;	/* of an invalid one */
	const char *trouble;	/* what is wrong here, in words; NULL: nothing */
	size_t part_count;
	struct result_part parts[TYPE_LIMIT];

	/* Of all parts together. */
	DnsSource source;
	const char *server;	/* NULL: none */
	unsigned int tries;
	int64_t microseconds;
	int rcode;		/* -1: none */
	struct timespec time;	/* when it was known */
};

/* Fills in what follows from the parts. */
void result_judge(struct result *);
/* The result of an item that was not looked up for its fault, or for lack of something. */
void result_of_fault(struct result *, enum item_fault);
void result_of_trouble(struct result *, const char *trouble);
/* Gives the references back. */
void result_clear(struct result *);

const char *result_status_text(enum result_status);
/* False: no status has that text. */
bool result_status_read(const char *text, size_t length, enum result_status *);
/* The exit status that it stands for; EXIT_NO_ANSWER: it is worth another try. */
int result_exit_status(enum result_status);
/* "dns", "hosts", "cache" ... */
const char *result_source_text(DnsSource);
/* "NXDOMAIN", "RCODE23" into 16 bytes or more. */
void rcode_format(int rcode, char *text, size_t size);

/* One record. Addresses of a host come without a DnsRecord. */
struct result_record {
	const char *name;	/* that has it, in presentation form; NULL: not said */
	int type;
	int type_asked;
	uint32_t ttl;
	const struct sockaddr *address;	/* of A and AAAA */
	const char *host;	/* of PTR, the name of an address in the hosts file */
	const DnsRecord *record;	/* NULL: an address of a host, or its name */
};

struct result_cursor {
	size_t part, index;
};

/* The next record, if there is one; a cursor of zeroes stands before the first. */
bool result_next(const struct result *, struct result_cursor *, struct result_record *);
/* The same without the aliases on the way: what was asked for and nothing else. */
bool result_next_asked(const struct result *, struct result_cursor *,
		       struct result_record *);

#endif
