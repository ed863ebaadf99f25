/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_attempts.h"

void
attempts_start(struct attempts *attempts, int64_t now)
{
	attempts->begun = 0;
	attempts->waiting = NULL;
	attempts->waiting_end = &attempts->waiting;
	flow_start(&attempts->flow, attempts->settings, now);
}

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
	slot->is_again = slot->is_waiting = false;
	slot->tries_before = 0;
	slot->microseconds_before = 0;
	begin(attempts, slot, now);
}

static void
wait_for_again(struct attempts *attempts, struct slot *slot, const struct result *result)
{
	slot->is_again = true;
	slot->is_waiting = true;
	slot->tries_before = result->tries;
	slot->microseconds_before = result->microseconds;
	slot->next = NULL;
	*attempts->waiting_end = slot;
	attempts->waiting_end = &slot->next;
}

/* With what is left of its time; what is remembered of the first time does not count. */
static void
begin_next(struct attempts *attempts, int64_t now)
{
	DnsLookupOptions *options = attempts->options;
	unsigned int flags = attempts->settings->lookup_flags;
	struct slot *slot = attempts->waiting;

	attempts->waiting = slot->next;
	if (attempts->waiting == NULL)
		attempts->waiting_end = &attempts->waiting;
	slot->is_waiting = false;
	DnsLookupOptionsSetDeadline(options,
				    flow_get_time_left(&attempts->flow, slot, now));
	DnsLookupOptionsSetFlags(options, flags | DNS_LOOKUP_NO_CACHE);
	begin(attempts, slot, now);
	DnsLookupOptionsSetDeadline(options, attempts->settings->timeout);
	DnsLookupOptionsSetFlags(options, flags);
}

bool
attempts_are_waiting(const struct attempts *attempts)
{
	return attempts->waiting != NULL;
}

bool
attempts_begin_again(struct attempts *attempts, int64_t now)
{
	if (attempts->waiting == NULL ||
	    !flow_allows_again(&attempts->flow, attempts->waiting, now))
		return false;
	begin_next(attempts, now);
	return true;
}

void
attempts_stop_waiting(struct attempts *attempts, int64_t now)
{
	while (attempts->waiting != NULL)
		begin_next(attempts, now);
}

bool
attempts_end(struct attempts *attempts, struct slot *slot, bool is_last, int64_t now,
	     struct result *result)
{
	lookup_end(&slot->lookup, &slot->item, result);
	flow_note_result(&attempts->flow, slot, result);
	if (!is_last && flow_wants_more(&attempts->flow, slot, result, now)) {
		wait_for_again(attempts, slot, result);
		result_clear(result);
		return false;
	}
	result->tries += slot->tries_before;
	result->microseconds += slot->microseconds_before;
	return true;
}
