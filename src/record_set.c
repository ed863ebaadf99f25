/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "record_set_impl.h"

#include <string.h>

#include "depot.h"

struct DnsRecordSet *
record_set_create(void)
{
	struct DnsRecordSet *set = depot_allocate(sizeof *set);

	if (set == NULL)
		return NULL;
	memset(set, 0, sizeof *set);
	atomic_init(&set->references, 1);
	arena_init(&set->arena);
	return set;
}

DnsRecordSet *
DnsRecordSetRetain(DnsRecordSet *set)
{
	if (set != NULL)
		atomic_fetch_add_explicit(&set->references, 1, memory_order_relaxed);
	return set;
}

void
DnsRecordSetRelease(DnsRecordSet *set)
{
	if (set != NULL &&
	    atomic_fetch_sub_explicit(&set->references, 1, memory_order_acq_rel) == 1) {
		DnsReportRelease(set->report);
		arena_clear(&set->arena);
		depot_free(set);
	}
}

const DnsReport *
DnsRecordSetGetReport(const DnsRecordSet *set)
{
	return set != NULL ? set->report : NULL;
}

const char *
DnsRecordSetGetName(const DnsRecordSet *set)
{
	return set != NULL ? set->name : NULL;
}

int
DnsRecordSetGetResponseCode(const DnsRecordSet *set)
{
	return set != NULL ? (int)set->response_code : 0;
}

bool
DnsRecordSetIsAuthenticated(const DnsRecordSet *set)
{
	return set != NULL && set->is_authenticated;
}

uint32_t
DnsRecordSetGetTimeToLive(const DnsRecordSet *set)
{
	return set != NULL ? set->time_to_live : 0;
}

size_t
DnsRecordSetGetCount(const DnsRecordSet *set, DnsSection section)
{
	if (set == NULL || (unsigned int)section >= RECORD_SECTION_COUNT)
		return 0;
	return set->sections[section].count;
}

const DnsRecord *
DnsRecordSetGetRecord(const DnsRecordSet *set, DnsSection section, size_t index)
{
	if (index >= DnsRecordSetGetCount(set, section))
		return NULL;
	return &set->sections[section].records[index];
}
