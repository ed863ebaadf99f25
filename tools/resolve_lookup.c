/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_lookup.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

/* One of the operations, or Begin, is through with it. Whoever sees that it is complete may
 * begin another lookup in its place. */
static void
lookup_leave(struct lookup *lookup)
{
	struct lookup_desk *desk = lookup->desk;

	if (atomic_fetch_sub(&lookup->pending, 1) != 1)
		return;
	clock_gettime(CLOCK_REALTIME, &lookup->time);
	atomic_store_explicit(&lookup->is_complete, true, memory_order_release);
	desk->on_complete(lookup, desk->context);
}

static void
on_operation_complete(DnsAsyncResult *operation)
{
	lookup_leave(DnsAsyncResultGetState(operation));
}

static DnsAsyncResult *
operation_begin(struct lookup *lookup, const struct item *item, int type)
{
	const struct lookup_desk *desk = lookup->desk;
	char reverse_name[REVERSE_NAME_SIZE];
	const char *name = item->name;

	if (type == TYPE_ADDRESSES)
		return BeginGetHostByNameWithOptions(desk->resolver, name, desk->options,
						     on_operation_complete, lookup);
	if (item->is_address) {
		item_make_reverse_name(item, reverse_name);
		name = reverse_name;
	}
	return BeginQueryRecordsWithOptions(desk->resolver, name, type, desk->options,
					    on_operation_complete, lookup);
}

static void
local_end(struct lookup *lookup)
{
	if (lookup->local != NULL)
		EndGetHostByAddress(lookup->local, &lookup->known);
	lookup->local = NULL;
}

/* The hosts file is usually at hand, and says at once whether it has the address. */
static void
local_begin(struct lookup *lookup, const struct item *item)
{
	const struct lookup_desk *desk = lookup->desk;
	struct sockaddr_storage address;
	socklen_t length;

	lookup->local = NULL;
	lookup->known = NULL;
	if (!item->is_address || desk->local_options == NULL)
		return;
	length = item_get_address(item, &address);
	atomic_fetch_add(&lookup->pending, 1);
	lookup->local = BeginGetHostByAddressWithOptions(
		desk->resolver, (struct sockaddr *)&address, length, desk->local_options,
		on_operation_complete, lookup);
	if (lookup->local == NULL)
		lookup_leave(lookup);
	else if (DnsAsyncResultCompletedSynchronously(lookup->local))
		local_end(lookup);
}

void
lookup_begin(struct lookup *lookup, struct lookup_desk *desk, const struct item *item)
{
	uint8_t i;

	lookup->desk = desk;
	lookup->error = 0;
	lookup->count = 0;
	atomic_init(&lookup->is_complete, false);
	atomic_init(&lookup->pending, item->types.count + 1U);
	local_begin(lookup, item);
	for (i = 0; i < item->types.count && lookup->known == NULL; i++) {
		DnsAsyncResult *operation =
			operation_begin(lookup, item, item->types.types[i]);

		lookup->operations[lookup->count++] = operation;
		if (operation == NULL) {
			lookup->error = errno;
			break;
		}
	}
	/* Those that were not begun will not call back. */
	for (; i < item->types.count; i++)
		lookup_leave(lookup);
	lookup_leave(lookup);
}

bool
lookup_is_complete(const struct lookup *lookup)
{
	return atomic_load_explicit(&lookup->is_complete, memory_order_acquire);
}

void
lookup_cancel(struct lookup *lookup)
{
	size_t i;

	DnsAsyncResultCancel(lookup->local);
	for (i = 0; i < lookup->count; i++)
		DnsAsyncResultCancel(lookup->operations[i]);
}

static void
operation_end(DnsAsyncResult *operation, int type, struct result_part *part)
{
	part->type = type;
	part->entry = NULL;
	part->records = NULL;
	part->report = DnsAsyncResultCopyReport(operation);
	if (type == TYPE_ADDRESSES)
		part->status = EndGetHostByName(operation, &part->entry);
	else
		part->status = EndQueryRecords(operation, &part->records);
}

/* What was found without a server counts; what servers say is dropped. */
static void
known_end(struct lookup *lookup, struct result *result)
{
	const DnsReport *report = DnsHostEntryGetReport(lookup->known);
	size_t i;

	for (i = 0; i < lookup->count; i++)
		EndQueryRecords(lookup->operations[i], NULL);
	result->parts[0] = (struct result_part){
		.type = DNS_RECORD_TYPE_PTR,
		.status = DNS_STATUS_OK,
		.entry = lookup->known,
		.report = DnsReportRetain((DnsReport *)(uintptr_t)report),
	};
	result->part_count = 1;
	result_judge(result);
	result->time = lookup->time;
}

void
lookup_end(struct lookup *lookup, const struct item *item, struct result *result)
{
	size_t i;

	local_end(lookup);
	if (lookup->known != NULL) {
		known_end(lookup, result);
		return;
	}
	result->part_count = 0;
	for (i = 0; i < lookup->count; i++) {
		if (lookup->operations[i] != NULL)
			operation_end(lookup->operations[i], item->types.types[i],
				      &result->parts[result->part_count++]);
	}
	if (lookup->error == 0) {
		result_judge(result);
		result->time = lookup->time;
		return;
	}
	result_clear(result);
	if (lookup->error == ENAMETOOLONG || lookup->error == EINVAL)
		result_of_fault(result, ITEM_TOO_LONG);
	else
		result_of_trouble(result, strerror(lookup->error));
}
