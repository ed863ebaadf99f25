/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hosts_index.h"

#define NONE HOSTS_INDEX_NONE

struct hosts_table {
	struct replaced replaced;
	struct hosts_index index;
};

struct hosts_table *
hosts_table_parse(const char *text, size_t length)
{
	struct hosts_table *table;

	if (length > HOSTS_TABLE_TEXT_MAXIMUM) {
		errno = EFBIG;
		return NULL;
	}
	table = malloc(sizeof *table);
	if (table == NULL)
		return NULL;
	if (!hosts_index_read(&table->index, text, length)) {
		hosts_table_free(table);
		errno = ENOMEM;
		return NULL;
	}
	return table;
}

void
hosts_table_free(struct hosts_table *table)
{
	if (table == NULL)
		return;
	hosts_index_clear(&table->index);
	free(table);
}

static void
free_replaced(struct replaced *replaced)
{
	hosts_table_free(container_of(replaced, struct hosts_table, replaced));
}

void
hosts_table_retire(struct hosts_table *table, struct readers *readers)
{
	table->replaced.free = free_replaced;
	readers_retire(readers, &table->replaced);
}

/* What some lines say together, nothing twice. */
struct gathering {
	const struct hosts_index *index;
	const char **names; /* the canonical one first */
	size_t name_count;
	union host_address *addresses;
	size_t address_count;
	struct hosts_set seen_words;
	struct hosts_set seen_addresses;
};

static bool
gathering_init(struct gathering *gathering, const struct hosts_index *index,
	       size_t word_count, size_t line_count)
{
	memset(gathering, 0, sizeof *gathering);
	gathering->index = index;
	gathering->names = malloc(word_count * sizeof *gathering->names);
	gathering->addresses = malloc(line_count * sizeof *gathering->addresses);
	return gathering->names != NULL && gathering->addresses != NULL &&
	       hosts_set_init(&gathering->seen_words, word_count) &&
	       hosts_set_init(&gathering->seen_addresses, line_count);
}

static void
gather_address(struct gathering *gathering, uint32_t number)
{
	const union host_address *address = &gathering->index->addresses[number].address;
	uint32_t *slot = hosts_index_find_address(gathering->index,
						  &gathering->seen_addresses, address);

	if (*slot != NONE)
		return;
	*slot = number;
	gathering->addresses[gathering->address_count++] = *address;
}

static void
gather_word(struct gathering *gathering, uint32_t word)
{
	const char *name = hosts_index_spelling(gathering->index, word);
	uint32_t *slot = hosts_index_find_word(gathering->index, &gathering->seen_words,
					       gathering->index->words[word].hash, name);

	if (*slot != NONE)
		return;
	*slot = word;
	gathering->names[gathering->name_count++] = name;
}

static void
gather_line(struct gathering *gathering, uint32_t number)
{
	const struct hosts_index_line *line = &gathering->index->lines[number];
	uint32_t word;

	gather_address(gathering, line->address);
	for (word = line->first_word; word < line[1].first_word; word++)
		gather_word(gathering, word);
}

/* NULL with errno if it could not even begin. */
static struct DnsHostEntry *
gathering_finish(struct gathering *gathering)
{
	struct host_facts facts = { .addresses = gathering->addresses,
				    .address_count = gathering->address_count };
	struct DnsHostEntry *entry = NULL;

	if (gathering->name_count > 0) {
		facts.name = gathering->names[0];
		facts.aliases = gathering->names + 1;
		facts.alias_count = gathering->name_count - 1;
		entry = host_entry_create(&facts);
	}
	free(gathering->names);
	free(gathering->addresses);
	free(gathering->seen_words.slots);
	free(gathering->seen_addresses.slots);
	if (entry == NULL)
		errno = ENOMEM;
	return entry;
}

/* The word itself, or the next one of its name in a line of the family. */
static uint32_t
skip_to_family(const struct hosts_index *index, uint32_t word, int family)
{
	uint32_t address;

	for (; word != NONE && family != AF_UNSPEC; word = index->words[word].next) {
		address = index->lines[index->words[word].line].address;
		if (index->addresses[address].address.any.sa_family == family)
			break;
	}
	return word;
}

static uint32_t
next_of_family(const struct hosts_index *index, uint32_t word, int family)
{
	return skip_to_family(index, index->words[word].next, family);
}

static uint32_t
words_of(const struct hosts_index *index, uint32_t line)
{
	return index->lines[line + 1].first_word - index->lines[line].first_word;
}

static struct DnsHostEntry *
gather_chain(const struct hosts_index *index, uint32_t first, int family)
{
	size_t word_count = 0, line_count = 0;
	struct gathering gathering;
	uint32_t word;

	for (word = first; word != NONE; word = next_of_family(index, word, family)) {
		word_count += words_of(index, index->words[word].line);
		line_count++;
	}
	if (gathering_init(&gathering, index, word_count, line_count))
		for (word = first; word != NONE;
		     word = next_of_family(index, word, family))
			gather_line(&gathering, index->words[word].line);
	return gathering_finish(&gathering);
}

struct DnsHostEntry *
hosts_table_find_name(const struct hosts_table *table, const char *name, int family)
{
	const struct hosts_index *index = &table->index;
	uint32_t word = *hosts_index_find_word(index, &index->first_words,
					       hosts_index_hash(index, name), name);
	uint32_t first = skip_to_family(index, word, family);

	if (first != NONE)
		return gather_chain(index, first, family);
	errno = word == NONE ? ENOENT : ENODATA;
	return NULL;
}

struct DnsHostEntry *
hosts_table_find_address(const struct hosts_table *table,
			 const union host_address *address)
{
	const struct hosts_index *index = &table->index;
	const struct hosts_set *known = &index->known_addresses;
	union host_address anywhere = *address;
	struct gathering gathering;
	uint32_t found, line;

	found = *hosts_index_find_address(index, known, address);
	if (found == NONE && address->any.sa_family == AF_INET6) {
		anywhere.ipv6.sin6_scope_id = 0;
		found = *hosts_index_find_address(index, known, &anywhere);
	}
	if (found == NONE) {
		errno = ENOENT;
		return NULL;
	}
	line = index->addresses[found].line;
	if (gathering_init(&gathering, index, words_of(index, line), 1))
		gather_line(&gathering, line);
	return gathering_finish(&gathering);
}
