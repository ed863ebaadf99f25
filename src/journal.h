/* SPDX-License-Identifier: MIT */
/* journal: what is remembered of a lookup while it goes on, for its report. */
#ifndef ASYNCDNS_JOURNAL_H
#define ASYNCDNS_JOURNAL_H

#include "outcome.h"
#include "server_list.h"

struct answer;
struct inquiry;
struct search;

struct journal {
	int64_t begun;		/* by clock_microseconds */
	DnsSource source;
	struct server server;	/* family 0: none */
	unsigned int tries;
	unsigned int discarded;
	unsigned int unanswered;
	int rcode;		/* -1: none */
};

void journal_init(struct journal *journal, int64_t begun);

/* An answer (NULL: nothing is noted), and where it came from. */
void journal_note(struct journal *journal, const struct answer *answer, DnsSource source);
/* The same, as the inquiry that it is for says; and one that is about to be abandoned. */
void journal_note_answer(struct journal *journal, const struct inquiry *inquiry,
			 const struct answer *answer);
void journal_note_abandoned(struct journal *journal, const struct inquiry *inquiry);

/* Makes the report of an outcome. The steps are those of the search, whose last has that
 * status (NULL: none), after that for the name of a pointer (NULL: there was none). */
void journal_report(const struct journal *journal, const char *pointer_name,
		    const struct search *search, struct outcome *outcome);

#endif
