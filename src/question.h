/* SPDX-License-Identifier: MIT */
/* question: what a host name given by a caller asks for, in normal form, and whether a
 * server is needed for it at all. */
#ifndef ASYNCDNS_QUESTION_H
#define ASYNCDNS_QUESTION_H

#include "host_entry_impl.h"

/* The longest argument in ASCII, whether there is such a name or not, with its NUL. */
#define QUESTION_NAME_SIZE 256

enum question_kind {
	QUESTION_NAME,		/* an ordinary name: ask the servers */
	QUESTION_ADDRESS,	/* an address literal: it is the answer */
	QUESTION_LOOPBACK,	/* localhost and below */
	QUESTION_NO_ADDRESS,	/* the name of a loopback address's pointer */
	QUESTION_HOSTS_FILE,	/* local and below: exists where the hosts file has it */
	QUESTION_NO_HOST,	/* a special name that does not exist, or one that cannot */
	QUESTION_NO_IDN		/* not ASCII, and there is no libidn2 to understand it */
};

struct question {
	enum question_kind kind;
	/* Lower case, without the final dot, ASCII where it was UTF-8 (if there is no such
	 * name, ""); of an address its usual spelling. */
	char name[QUESTION_NAME_SIZE];
	bool is_absolute;	/* it was given with its final dot */
	union host_address address; /* of a QUESTION_ADDRESS */
};

/* 0, or the errno that Begin reports: EINVAL (NULL), ENAMETOOLONG, ENOMEM. "" is the own
 * host's name. */
int question_read_host(struct question *question, const char *host_name);

/* The same for a name that records are asked for by: no address, and the root too. What is
 * said of special names holds. */
int question_read_name(struct question *question, const char *name);

/* 0, or EINVAL for what is not an IPv4 or IPv6 address. Its port is not looked at. */
int question_read_address(struct question *question, const struct sockaddr *address,
			  socklen_t length);

/* What a name in normal form is. */
enum question_kind question_classify(const char *name);

/* The name whose PTR record leads from an address to its host (RFC 1035 3.5, RFC 3596 2.5). */
void question_make_reverse_name(const union host_address *address,
				char name[QUESTION_NAME_SIZE]);

#endif
