/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "answer_table.h"

#include <stdlib.h>
#include <string.h>

/* So many that were used since they were last looked at are spared at a time: that putting
 * one in takes the same time however many there are is worth more than the exact order. */
#define SPARED_MAXIMUM 8

/* So many that a look for a name that is not there touches no entry, as a rule: those are
 * far away in memory. */
#define BUCKETS_PER_ENTRY 4

size_t
answer_entry_octets_for(const struct answer *answer)
{
	return sizeof *answer + answer->length;
}

struct answer_entry *
answer_entry_create(const struct answer_key *key)
{
	struct answer_entry *entry = calloc(1, sizeof *entry + key->length);

	if (entry == NULL)
		return NULL;
	list_init(&entry->recency);
	entry->octets = sizeof *entry + key->length;
	entry->hash = key->hash;
	entry->type = key->type;
	entry->length = key->length;
	memcpy(entry->name, key->name, key->length);
	return entry;
}

static struct answer_entry *
entry_of(struct list *link)
{
	return container_of(link, struct answer_entry, recency);
}

void
answer_entry_free_all(struct list *entries)
{
	struct answer_entry *entry;
	struct list *link;

	while ((link = list_pop(entries)) != NULL) {
		entry = entry_of(link);
		answer_release(entry->good);
		answer_release(entry->failure);
		free(entry);
	}
}

bool
answer_table_init(struct answer_table *table, size_t entries_maximum,
		  size_t octets_maximum)
{
	size_t buckets = 1;

	while (buckets < BUCKETS_PER_ENTRY * entries_maximum)
		buckets *= 2;
	table->buckets = calloc(buckets, sizeof(struct answer_entry *));
	table->mask = buckets - 1;
	list_init(&table->recency);
	table->entries = 0;
	table->octets = 0;
	table->entries_maximum = entries_maximum;
	table->octets_maximum = octets_maximum;
	return table->buckets != NULL;
}

void
answer_table_destroy(struct answer_table *table)
{
	answer_entry_free_all(&table->recency);
	free(table->buckets);
}

struct answer_entry *
answer_table_find(const struct answer_table *table, const struct answer_key *key)
{
	struct answer_entry *entry = table->buckets[key->hash & table->mask];

	while (entry != NULL &&
	       (entry->hash != key->hash || entry->type != key->type ||
		entry->length != key->length ||
		memcmp(entry->name, key->name, key->length) != 0))
		entry = entry->next;
	return entry;
}

void
answer_table_remove(struct answer_table *table, struct answer_entry *entry,
		    struct list *removed)
{
	struct answer_entry **at = &table->buckets[entry->hash & table->mask];

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	table->entries--;
	table->octets -= entry->octets;
	list_remove(&entry->recency);
	list_append(removed, &entry->recency);
}

/* Who has not been used for longest, nearly: in the order in which they came in, but who
 * was used since goes to the end instead, once for all its uses. */
static struct answer_entry *
find_oldest(struct answer_table *table)
{
	struct answer_entry *entry;
	int spared;

	for (spared = 0; spared < SPARED_MAXIMUM; spared++) {
		entry = entry_of(table->recency.next);
		if (!entry->was_used)
			return entry;
		entry->was_used = false;
		list_remove(&entry->recency);
		list_append(&table->recency, &entry->recency);
	}
	return entry_of(table->recency.next);
}

void
answer_table_put(struct answer_table *table, struct answer_entry *entry,
		 struct list *removed)
{
	struct answer_entry **bucket = &table->buckets[entry->hash & table->mask];

	while (table->entries > 0 &&
	       (table->entries >= table->entries_maximum ||
		table->octets + entry->octets > table->octets_maximum))
		answer_table_remove(table, find_oldest(table), removed);
	entry->next = *bucket;
	*bucket = entry;
	list_append(&table->recency, &entry->recency);
	table->entries++;
	table->octets += entry->octets;
}

void
answer_table_remove_all(struct answer_table *table, struct list *removed)
{
	memset(table->buckets, 0, (table->mask + 1) * sizeof(struct answer_entry *));
	list_move_all(removed, &table->recency);
	table->entries = 0;
	table->octets = 0;
}
