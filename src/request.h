/* SPDX-License-Identifier: MIT */
/* request: what X or BeginX is called with, and what that means once it is understood. */
#ifndef ASYNCDNS_REQUEST_H
#define ASYNCDNS_REQUEST_H

#include <stdbool.h>

#include "async_result_impl.h"
#include "lookup_options_impl.h"
#include "question.h"

/* What X and BeginX are called with. */
struct operation_request {
	enum operation_kind kind;
	const char *host;			/* a name, or an address as text */
	int family;				/* AF_UNSPEC for both */
	int type;				/* of QueryRecords */
	const struct sockaddr *address;		/* of GetHostByAddress */
	socklen_t address_length;
	const DnsLookupOptions *options;	/* NULL: none */
};

struct request {
	enum operation_kind kind;
	struct question question;
	int family;
	int type;		/* of records; 0: a host is wanted */
	struct DnsLookupOptions options;
	bool is_absolute;	/* the search list does not matter */
	bool is_backwards;	/* from the question's address to a name, and then forwards */
};

/* 0, or the errno that Begin reports. */
int request_read(struct request *request, const struct operation_request *given);

#endif
