/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "cached_answer.h"

#include "answer_cache.h"
#include "journal.h"
#include "question.h"
#include "record_answer.h"
#include "search.h"

struct finder {
	const struct cached_request *request;
	struct journal journal;

	/* Of an address. */
	bool has_name;
	char found_name[HOST_ANSWER_NAME_SIZE];
	uint32_t pointer_time_to_live;
};

/* A response. That servers failed a moment ago may not be all that is known, and is no
 * matter of speed. */
static struct answer *
find(struct finder *finder, const char *name, int type, uint32_t *age)
{
	const struct cached_request *request = finder->request;
	struct answer *answer = answer_cache_find(request->cache, name, type, request->now, age);

	if (answer != NULL && answer->status != DNS_STATUS_OK) {
		answer_release(answer);
		answer = NULL;
	}
	journal_note(&finder->journal, answer, DNS_SOURCE_CACHE);
	return answer;
}

/* What the cache knows of one family; a family that is not wanted has no data. */
static bool
read_family(struct finder *finder, const char *name, int family, int type,
	    struct host_answer *found)
{
	int wanted = finder->request->family;
	struct answer *answer;
	uint32_t age;

	host_answer_fail(found, DNS_STATUS_NO_DATA);
	if (wanted != AF_UNSPEC && wanted != family)
		return true;
	answer = find(finder, name, type, &age);
	if (answer == NULL)
		return false;
	host_answer_read(found, answer->octets, answer->length, name, type, age);
	rebinding_judge_host(&finder->request->rebinding, name, found);
	answer_release(answer);
	return true;
}

/* One step of the search; false: not known. */
static bool
find_step(struct finder *finder, const char *name, struct outcome *outcome)
{
	const struct cached_request *request = finder->request;
	struct host_answer ipv4, ipv6;
	bool is_known;

	is_known = read_family(finder, name, AF_INET, RECORD_A, &ipv4) &&
		   read_family(finder, name, AF_INET6, RECORD_AAAA, &ipv6);
	if (is_known) {
		if (finder->has_name && finder->pointer_time_to_live < ipv4.time_to_live)
			ipv4.time_to_live = finder->pointer_time_to_live;
		outcome->status = host_answer_combine(&ipv4, &ipv6, request->arrange,
						      request->context, &outcome->entry);
		host_answer_clear(&ipv6);
	}
	host_answer_clear(&ipv4);
	return is_known;
}

static bool
find_forwards(struct finder *finder, struct search *search, struct outcome *outcome)
{
	do {
		if (!find_step(finder, search->candidate, outcome))
			return false;
	} while (outcome->status != DNS_STATUS_OK &&
		 search_go_on(search, outcome->status, true));
	if (outcome->status != DNS_STATUS_OK)
		outcome->status = search_status(search, outcome->status);
	return true;
}

/* The name of the address; false: not known. */
static bool
find_pointer(struct finder *finder, struct outcome *outcome)
{
	const char *name = finder->request->reverse_name;
	struct answer *answer;
	uint32_t age;

	answer = find(finder, name, RECORD_PTR, &age);
	if (answer == NULL)
		return false;
	outcome->status = host_answer_read_pointer(answer->octets, answer->length, name, age,
						   finder->found_name,
						   &finder->pointer_time_to_live);
	finder->has_name = outcome->status == DNS_STATUS_OK;
	answer_release(answer);
	return true;
}

static bool
find_backwards(struct finder *finder, struct search *search, struct outcome *outcome)
{
	if (!find_pointer(finder, outcome))
		return false;
	if (!finder->has_name)
		return true;
	outcome->status = DNS_STATUS_NO_DATA;
	if (question_classify(finder->found_name) == QUESTION_NAME) {
		search_begin(search, NULL, finder->found_name, true);
		if (!find_forwards(finder, search, outcome))
			return false;
	}
	if (outcome->status != DNS_STATUS_OK)
		outcome->status = host_answer_name_only(finder->found_name,
							finder->pointer_time_to_live,
							outcome->status, &outcome->entry);
	return true;
}

bool
cached_answer_find(const struct cached_request *request, struct outcome *outcome)
{
	struct finder finder = { .request = request };
	struct search search = { .name = NULL };
	bool is_known;

	*outcome = OUTCOME_OF(DNS_STATUS_OK);
	journal_init(&finder.journal, request->begun);
	if (request->reverse_name != NULL)
		is_known = find_backwards(&finder, &search, outcome);
	else
		is_known = search_begin(&search, request->search, request->name,
					request->is_absolute) &&
			   find_forwards(&finder, &search, outcome);
	if (is_known)
		journal_report(&finder.journal, request->reverse_name,
			       search.name != NULL ? &search : NULL, outcome);
	return is_known;
}

bool
cached_answer_find_records(const struct cached_request *request, int type, bool is_whole,
			   struct outcome *outcome)
{
	struct finder finder = { .request = request };
	struct search search;
	struct answer *answer;
	uint32_t age;

	*outcome = OUTCOME_OF(DNS_STATUS_OK);
	journal_init(&finder.journal, request->begun);
	answer = find(&finder, request->name, type, &age);
	if (answer == NULL)
		return false;
	outcome->status = record_answer_read(&outcome->records, answer->octets, answer->length,
					     request->name, type, age, is_whole);
	outcome->status = rebinding_judge_records(&request->rebinding, request->name,
						  outcome->status, &outcome->records);
	answer_release(answer);
	search_begin(&search, NULL, request->name, true);
	search_go_on(&search, outcome->status, false);
	journal_report(&finder.journal, NULL, &search, outcome);
	return true;
}
