/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_effort.h"

static unsigned int
queries_of(int type, int family)
{
	return type == TYPE_ADDRESSES && family == AF_UNSPEC ? 2 : 1;
}

unsigned int
effort_expect(const struct item *item, int family)
{
	unsigned int queries = 0;
	uint8_t i;

	for (i = 0; i < item->types.count; i++)
		queries += queries_of(item->types.types[i], family);
	return queries;
}

static bool
is_answered(DnsStatus status)
{
	return status == DNS_STATUS_OK || status == DNS_STATUS_NO_DATA ||
	       status == DNS_STATUS_HOST_NOT_FOUND;
}

static bool
part_was_repeated(const struct result_part *part, int family)
{
	size_t steps = DnsReportGetStepCount(part->report);
	size_t expected = queries_of(part->type, family) * (steps > 0 ? steps : 1);

	return is_answered(part->status) &&
	       DnsReportGetTryCount(part->report) >
		       expected + DnsReportGetDiscardedCount(part->report);
}

bool
effort_was_repeated(const struct result *result, int family)
{
	size_t i;

	for (i = 0; i < result->part_count; i++) {
		if (part_was_repeated(&result->parts[i], family))
			return true;
	}
	return false;
}

bool
effort_was_in_vain(const struct result *result)
{
	size_t i;

	if (result->tries == 0)
		return false;
	for (i = 0; i < result->part_count; i++) {
		const struct result_part *part = &result->parts[i];

		if (DnsReportGetDiscardedCount(part->report) > 0 ||
		    (part->status != DNS_STATUS_TIMED_OUT &&
		     part->status != DNS_STATUS_TRY_AGAIN))
			return false;
	}
	return true;
}
