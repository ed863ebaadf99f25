/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "journal.h"

#include "answer.h"
#include "clock.h"
#include "inquiry.h"
#include "search.h"

#define STEPS_MAXIMUM (SEARCH_STEPS_MAXIMUM + 1)

void
journal_init(struct journal *journal, int64_t begun)
{
	*journal = (struct journal){ .begun = begun, .rcode = -1 };
}

/* An answer out of the cache was asked for by somebody else. */
void
journal_note(struct journal *journal, const struct answer *answer, DnsSource source)
{
	if (answer == NULL)
		return;
	if (source > journal->source)
		journal->source = source;
	if (answer->tries > 0)
		journal->server = answer->server;
	if (answer->length > 0 || answer->discarded > 0)
		journal->rcode = (int)answer->rcode;
	journal->unanswered += answer->unanswered;
	if (source == DNS_SOURCE_SERVER) {
		journal->tries += answer->tries;
		journal->discarded += answer->discarded;
	}
}

void
journal_note_answer(struct journal *journal, const struct inquiry *inquiry,
		    const struct answer *answer)
{
	static const DnsSource sources[] = { [INQUIRY_SERVER] = DNS_SOURCE_SERVER,
					     [INQUIRY_CACHE] = DNS_SOURCE_CACHE,
					     [INQUIRY_STALE] = DNS_SOURCE_STALE };

	journal_note(journal, answer, sources[inquiry->source]);
}

void
journal_note_abandoned(struct journal *journal, const struct inquiry *inquiry)
{
	journal->tries += inquiry_count_tries(inquiry, &journal->server);
}

void
journal_report(const struct journal *journal, const char *pointer_name,
	       const struct search *search, struct outcome *outcome)
{
	char candidates[SEARCH_STEPS_MAXIMUM][SEARCH_LIST_NAME_SIZE];
	char server[SERVER_LIST_TEXT_SIZE];
	const char *names[STEPS_MAXIMUM];
	DnsStatus statuses[STEPS_MAXIMUM];
	struct report_facts facts = { .source = journal->source,
				      .tries = journal->tries,
				      .discarded = journal->discarded,
				      .unanswered = journal->unanswered,
				      .rcode = journal->rcode,
				      .step_names = names,
				      .step_statuses = statuses };
	struct server_list servers = { 1, { journal->server } };
	unsigned int i;

	if (pointer_name != NULL) {
		names[facts.step_count] = pointer_name;
		statuses[facts.step_count++] = search != NULL ? DNS_STATUS_OK :
								outcome->status;
	}
	for (i = 0; search != NULL && i <= search->step; i++) {
		search_list_step(search->list, search->name, search->is_absolute, i,
				 candidates[i]);
		names[facts.step_count] = candidates[i];
		statuses[facts.step_count++] = (DnsStatus)search->statuses[i];
	}
	if (journal->server.family != 0) {
		server_list_format(&servers, server);
		facts.server = server;
	}
	facts.microseconds = clock_microseconds() - journal->begun;
	outcome_set_report(outcome, &facts);
}
