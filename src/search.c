/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "search.h"

#include <string.h>

bool
search_begin(struct search *search, const struct search_list *list, const char *name,
	     bool is_absolute)
{
	search->list = list;
	search->name = name;
	search->is_absolute = is_absolute;
	search->failure = DNS_STATUS_OK;
	search->step = 0;
	memset(search->statuses, DNS_STATUS_OK, sizeof search->statuses);
	return search_list_step(search->list, name, is_absolute, 0, search->candidate);
}

static bool
may_go_on(const struct search *search, DnsStatus status)
{
	switch (status) {
	case DNS_STATUS_HOST_NOT_FOUND:
		return true;
	case DNS_STATUS_TRY_AGAIN:
	case DNS_STATUS_NO_RECOVERY:
		return strchr(search->name, '.') == NULL;
	default:
		return false;
	}
}

/* The first is what counts. */
static void
note_failure(struct search *search, DnsStatus failure)
{
	if (search->failure == DNS_STATUS_OK)
		search->failure = failure;
}

bool
search_go_on(struct search *search, DnsStatus status, bool has_time)
{
	char next[SEARCH_LIST_NAME_SIZE];

	search->statuses[search->step] = (uint8_t)status;
	if (!may_go_on(search, status) || search->step + 1 == SEARCH_STEPS_MAXIMUM)
		return false;
	if (status != DNS_STATUS_HOST_NOT_FOUND)
		note_failure(search, status);
	if (!search_list_step(search->list, search->name, search->is_absolute,
			      search->step + 1, next))
		return false;
	if (!has_time) {
		note_failure(search, DNS_STATUS_TIMED_OUT);
		return false;
	}
	strcpy(search->candidate, next);
	search->step++;
	return true;
}

/* That a name was not found is not known if one of its candidates could not be asked for. */
DnsStatus
search_status(const struct search *search, DnsStatus last)
{
	if (last == DNS_STATUS_HOST_NOT_FOUND && search->failure != DNS_STATUS_OK)
		return search->failure;
	return last;
}
