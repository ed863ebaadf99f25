/* SPDX-License-Identifier: MIT */
/* search: the way of one lookup through the names that its name may stand for. It goes on
 * while a name does not exist; that one exists without the records wanted ends it, and so
 * does a failure, except that servers for a local network tend to fail for a name of one
 * label, which says nothing about the others. Pure. */
#ifndef ASYNCDNS_SEARCH_H
#define ASYNCDNS_SEARCH_H

#include <asyncdns/status.h>

#include <stdbool.h>
#include <stdint.h>

#include "search_list.h"

/* The suffixes, and the name as it is. */
#define SEARCH_STEPS_MAXIMUM (SEARCH_LIST_MAXIMUM + 1)

struct search {
	const struct search_list *list;	/* NULL: none. It must stay, and so must */
	const char *name;		/* in normal form */
	bool is_absolute;
	DnsStatus failure;		/* to ask for one of the names; OK: none */
	unsigned int step;
	uint8_t statuses[SEARCH_STEPS_MAXIMUM];
	char candidate[SEARCH_LIST_NAME_SIZE];
};

/* The candidate is the first name to ask for; false: there is none. */
bool search_begin(struct search *search, const struct search_list *list, const char *name,
		  bool is_absolute);

/* What came of the candidate, anything but OK. Makes it the next one, if there is one and
 * there is time to ask for it; false: that was all. */
bool search_go_on(struct search *search, DnsStatus status, bool has_time);

/* When that was all: what has come of it. */
DnsStatus search_status(const struct search *search, DnsStatus last);

#endif
