/* SPDX-License-Identifier: MIT */
/* answer_table: answers by name and type, bounded in number and in memory; who has not
 * been used for longest goes first. It has no lock: answer_cache gives each its own. */
#ifndef ASYNCDNS_ANSWER_TABLE_H
#define ASYNCDNS_ANSWER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "list.h"

/* What an entry is found by. */
struct answer_key {
	const char *name;
	size_t length;
	int type;
	uint64_t hash;		/* of name and type; the lower bits choose the bucket */
};

/* In a table only the links and was_used change. */
struct answer_entry {
	struct list recency;
	size_t octets;
	struct answer *failure;	/* that came after the good one, or NULL */
	int64_t failure_until;
	int64_t failure_time;	/* how long it was to be kept */

	/* What is read for a hit lies together. */
	struct answer_entry *next; /* in the same bucket */
	uint64_t hash;
	struct answer *good;	/* a response, or NULL */
	int64_t good_until;
	int type;
	bool is_positive;
	bool was_used;		/* to be set by who finds it */
	size_t length;
	char name[];
};

struct answer_table {
	struct answer_entry **buckets;
	size_t mask;		/* of a bucket's number */
	struct list recency;	/* who goes first is first */
	size_t entries, entries_maximum;
	size_t octets, octets_maximum;
};

/* With the key's name copied, and no answers; NULL: no memory. */
struct answer_entry *answer_entry_create(const struct answer_key *key);
/* What of an entry is taken by an answer in it. */
size_t answer_entry_octets_for(const struct answer *answer);
/* Frees those in a list, and releases their answers. */
void answer_entry_free_all(struct list *entries);

/* False: no memory; it is to be destroyed all the same. */
bool answer_table_init(struct answer_table *table, size_t entries_maximum,
		       size_t octets_maximum);
void answer_table_destroy(struct answer_table *table);

/* NULL: there is none. */
struct answer_entry *answer_table_find(const struct answer_table *table,
				       const struct answer_key *key);

/* Puts in an entry whose key is in no other. Those that have to go for it are appended to
 * the list, by their recency, to be freed without a lock. */
void answer_table_put(struct answer_table *table, struct answer_entry *entry,
		      struct list *removed);
void answer_table_remove(struct answer_table *table, struct answer_entry *entry,
			 struct list *removed);
void answer_table_remove_all(struct answer_table *table, struct list *removed);

#endif
