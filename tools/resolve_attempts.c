/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_attempts.h"

static void
begin(struct attempts *attempts, struct slot *slot, int64_t now)
{
	attempts->begun++;
	flow_note_begin(&attempts->flow, slot, now);
	lookup_begin(&slot->lookup, &attempts->desk, &slot->item);
}

void
attempts_begin(struct attempts *attempts, struct slot *slot, int64_t now)
{
	slot->begun = now;
	slot->is_again = false;
	slot->tries_before = 0;
	slot->microseconds_before = 0;
	begin(attempts, slot, now);
}

/* With what is left of its time; what is remembered of the first time does not count. */
static bool
begin_again(struct attempts *attempts, struct slot *slot, const struct result *result,
	    int64_t now)
{
	DnsLookupOptions *options = attempts->options;
	unsigned int flags = attempts->settings->lookup_flags;
	int time_left = flow_get_time_for_more(&attempts->flow, slot, result, now);

	if (time_left == 0)
		return false;
	slot->is_again = true;
	slot->tries_before = result->tries;
	slot->microseconds_before = result->microseconds;
	DnsLookupOptionsSetDeadline(options, time_left);
	DnsLookupOptionsSetFlags(options, flags | DNS_LOOKUP_NO_CACHE);
	begin(attempts, slot, now);
	DnsLookupOptionsSetDeadline(options, attempts->settings->timeout);
	DnsLookupOptionsSetFlags(options, flags);
	return true;
}

bool
attempts_end(struct attempts *attempts, struct slot *slot, bool is_last, int64_t now,
	     struct result *result)
{
	lookup_end(&slot->lookup, &slot->item, result);
	flow_note_result(&attempts->flow, slot, result);
	if (!is_last && begin_again(attempts, slot, result, now)) {
		result_clear(result);
		return false;
	}
	result->tries += slot->tries_before;
	result->microseconds += slot->microseconds_before;
	return true;
}
