/* SPDX-License-Identifier: MIT */
#include "dns_zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKET_COUNT 64

void *
dns_reallocate(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory == NULL) {
		fputs("dns_server: out of memory\n", stderr);
		exit(99);
	}
	return memory;
}

void *
dns_allocate(size_t size)
{
	return memset(dns_reallocate(NULL, size), 0, size);
}

void
dns_zone_init(struct dns_zone *zone)
{
	memset(zone, 0, sizeof(*zone));
	zone->bucket_count = FIRST_BUCKET_COUNT;
	zone->buckets = dns_allocate(zone->bucket_count * sizeof(*zone->buckets));
}

static void
destroy_entry(struct dns_entry *entry)
{
	while (entry->records != NULL) {
		struct dns_record *record = entry->records;

		entry->records = record->next;
		free(record);
	}
	while (entry->rules != NULL) {
		struct dns_rule *rule = entry->rules;

		entry->rules = rule->next;
		free(rule);
	}
	free(entry);
}

void
dns_zone_destroy(struct dns_zone *zone)
{
	size_t i;

	for (i = 0; i < zone->bucket_count; i++) {
		while (zone->buckets[i] != NULL) {
			struct dns_entry *entry = zone->buckets[i];

			zone->buckets[i] = entry->next;
			destroy_entry(entry);
		}
	}
	free(zone->buckets);
}

static struct dns_entry *
find_entry(const struct dns_zone *zone, const struct dns_name *name)
{
	uint64_t hash = dns_name_hash(name);
	struct dns_entry *entry = zone->buckets[hash & (zone->bucket_count - 1)];

	for (; entry != NULL; entry = entry->next)
		if (entry->hash == hash && entry->name.length == name->length &&
		    memcmp(entry->name.bytes, name->bytes, name->length) == 0)
			return entry;
	return NULL;
}

static void
insert_entry(struct dns_zone *zone, struct dns_entry *entry)
{
	struct dns_entry **bucket =
		&zone->buckets[entry->hash & (zone->bucket_count - 1)];

	entry->next = *bucket;
	*bucket = entry;
}

static void
grow_buckets(struct dns_zone *zone)
{
	struct dns_entry **old = zone->buckets;
	size_t old_count = zone->bucket_count;
	size_t i;

	zone->bucket_count *= 2;
	zone->buckets = dns_allocate(zone->bucket_count * sizeof(*zone->buckets));
	for (i = 0; i < old_count; i++) {
		while (old[i] != NULL) {
			struct dns_entry *entry = old[i];

			old[i] = entry->next;
			insert_entry(zone, entry);
		}
	}
	free(old);
}

struct dns_entry *
dns_zone_get_or_make(struct dns_zone *zone, const struct dns_name *name)
{
	struct dns_name folded = *name;
	struct dns_entry *entry;

	dns_name_fold(&folded);
	entry = find_entry(zone, &folded);
	if (entry != NULL)
		return entry;
	if (zone->entry_count == zone->bucket_count)
		grow_buckets(zone);
	entry = dns_allocate(sizeof(*entry));
	entry->name = folded;
	entry->hash = dns_name_hash(&folded);
	insert_entry(zone, entry);
	zone->entry_count++;
	if (folded.bytes[0] == 1 && folded.bytes[1] == '*')
		zone->wildcard_count++;
	return entry;
}

void
dns_zone_add_record(struct dns_zone *zone, const struct dns_name *name, int type,
		    uint32_t ttl, const void *data, size_t length)
{
	struct dns_entry *entry = dns_zone_get_or_make(zone, name);
	struct dns_record *record = dns_allocate(sizeof(*record) + length);
	struct dns_record **end = &entry->records;

	record->type = (uint16_t)type;
	record->ttl = ttl;
	record->length = (uint16_t)length;
	memcpy(record->data, data, length);
	while (*end != NULL)
		end = &(*end)->next;
	*end = record;
	entry->exists = true;
}

static struct dns_rule *
find_rule(const struct dns_entry *entry, int type)
{
	struct dns_rule *rule = entry->rules;

	while (rule != NULL && rule->type != type)
		rule = rule->next;
	return rule;
}

void
dns_zone_set(struct dns_zone *zone, const struct dns_name *name, int type,
	     enum dns_setting setting, int value)
{
	struct dns_entry *entry = dns_zone_get_or_make(zone, name);
	struct dns_rule *rule = find_rule(entry, type);

	if (rule == NULL) {
		rule = dns_allocate(sizeof(*rule));
		rule->type = type;
		rule->next = entry->rules;
		entry->rules = rule;
	}
	rule->is_set[setting] = true;
	rule->value[setting] = value;
	zone->has_rules = true;
}

struct dns_entry *
dns_zone_walk(const struct dns_zone *zone, struct dns_walk *walk)
{
	const struct dns_name *name = walk->name;
	struct dns_name wildcard = {.length = 2, .bytes = {1, '*'}};
	struct dns_entry *entry;

	if (!walk->is_begun) {
		walk->is_begun = true;
		entry = find_entry(zone, name);
		if (entry != NULL)
			return entry;
	}
	if (zone->wildcard_count == 0)
		return NULL;
	while (name->bytes[walk->suffix] != 0) {
		size_t length;

		walk->suffix += 1 + (size_t)name->bytes[walk->suffix];
		length = name->length - walk->suffix;
		if (length + 2 > DNS_NAME_SIZE)
			continue;
		memcpy(wildcard.bytes + 2, name->bytes + walk->suffix, length);
		wildcard.length = length + 2;
		entry = find_entry(zone, &wildcard);
		if (entry != NULL)
			return entry;
	}
	return NULL;
}

const struct dns_entry *
dns_zone_find(const struct dns_zone *zone, const struct dns_name *name)
{
	struct dns_walk walk = {.name = name};
	const struct dns_entry *entry;

	do
		entry = dns_zone_walk(zone, &walk);
	while (entry != NULL && !entry->exists);
	return entry;
}

int *
dns_zone_find_setting(const struct dns_zone *zone, const struct dns_name *name, int type,
		      enum dns_setting setting)
{
	struct dns_walk walk = {.name = name};
	struct dns_entry *entry;

	if (!zone->has_rules)
		return NULL;
	while ((entry = dns_zone_walk(zone, &walk)) != NULL) {
		struct dns_rule *rule = find_rule(entry, type);

		if (rule == NULL || !rule->is_set[setting])
			rule = find_rule(entry, 0);
		if (rule != NULL && rule->is_set[setting])
			return &rule->value[setting];
	}
	return NULL;
}
