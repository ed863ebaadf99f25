/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "hosts_index.h"

#include <stdlib.h>
#include <string.h>

#include "hosts_line.h"

#define NONE HOSTS_INDEX_NONE

bool
hosts_set_init(struct hosts_set *set, size_t count)
{
	size_t size = 4;

	while (size < 2 * count)
		size *= 2;
	set->mask = (uint32_t)size - 1;
	set->slots = malloc(size * sizeof *set->slots);
	if (set->slots == NULL)
		return false;
	memset(set->slots, 0xff, size * sizeof *set->slots); /* all NONE */
	return true;
}

const char *
hosts_index_spelling(const struct hosts_index *index, uint32_t word)
{
	return index->names + index->words[word].spelling;
}

uint32_t
hosts_index_hash(const struct hosts_index *index, const char *normal_name)
{
	return (uint32_t)hash_octets(&index->seed, normal_name, strlen(normal_name));
}

uint32_t *
hosts_index_find_word(const struct hosts_index *index, const struct hosts_set *set,
		      uint32_t hash, const char *name)
{
	uint32_t at, word;

	for (at = hash & set->mask;; at = (at + 1) & set->mask) {
		word = set->slots[at];
		if (word == NONE ||
		    (index->words[word].hash == hash &&
		     host_name_is_same(hosts_index_spelling(index, word), name)))
			return &set->slots[at];
	}
}

static uint32_t
hash_address(const struct hosts_index *index, const union host_address *address)
{
	struct {
		struct in6_addr octets;
		uint32_t scope;
	} key;

	if (address->any.sa_family == AF_INET)
		return (uint32_t)hash_octets(&index->seed, &address->ipv4.sin_addr,
					     sizeof address->ipv4.sin_addr);
	key.octets = address->ipv6.sin6_addr;
	key.scope = address->ipv6.sin6_scope_id;
	return (uint32_t)hash_octets(&index->seed, &key, sizeof key);
}

static bool
is_same_address(const union host_address *a, const union host_address *b)
{
	if (a->any.sa_family != b->any.sa_family)
		return false;
	if (a->any.sa_family == AF_INET)
		return a->ipv4.sin_addr.s_addr == b->ipv4.sin_addr.s_addr;
	return IN6_ARE_ADDR_EQUAL(&a->ipv6.sin6_addr, &b->ipv6.sin6_addr) &&
	       a->ipv6.sin6_scope_id == b->ipv6.sin6_scope_id;
}

uint32_t *
hosts_index_find_address(const struct hosts_index *index, const struct hosts_set *set,
			 const union host_address *address)
{
	uint32_t at = hash_address(index, address) & set->mask, number;

	for (;; at = (at + 1) & set->mask) {
		number = set->slots[at];
		if (number == NONE ||
		    is_same_address(&index->addresses[number].address, address))
			return &set->slots[at];
	}
}

/* What is needed only while a text is read. */
struct reader {
	struct hosts_index *index;
	uint32_t names_used;
	uint32_t word_capacity;
	uint32_t line_capacity;
	uint32_t address_capacity;
};

/* Room for one more in an array; NULL: no memory, and the array stays as it was. */
static void *
make_room(void *array, uint32_t used, uint32_t *capacity, size_t size)
{
	uint32_t larger = *capacity > 0 ? *capacity * 2 : 16;
	void *grown;

	if (used < *capacity)
		return array;
	grown = realloc(array, larger * size);
	if (grown != NULL)
		*capacity = larger;
	return grown;
}

/* Gives back what is not used, if it can. */
static void *
trim(void *array, size_t size)
{
	void *trimmed = realloc(array, size > 0 ? size : 1);

	return trimmed != NULL ? trimmed : array;
}

static bool
add_word(struct reader *reader, const struct hosts_name *name)
{
	struct hosts_index *index = reader->index;
	struct hosts_word *words = make_room(index->words, index->word_count,
					     &reader->word_capacity, sizeof *words);
	struct hosts_word *word;

	if (words == NULL)
		return false;
	index->words = words;
	word = &words[index->word_count++];
	word->spelling = reader->names_used;
	word->hash = hosts_index_hash(index, name->normal);
	word->line = index->line_count;
	memcpy(index->names + reader->names_used, name->spelling.start,
	       name->spelling.length);
	reader->names_used += (uint32_t)name->spelling.length;
	index->names[reader->names_used++] = '\0';
	return true;
}

static void
set_address(union host_address *address, const struct hosts_line *line)
{
	if (line->family == AF_INET) {
		host_address_set_ipv4(address, &line->address.ipv4);
	} else {
		host_address_set_ipv6(address, &line->address.ipv6);
		address->ipv6.sin6_scope_id = line->scope;
	}
}

/* A line and its address, and room for the end of its words. */
static bool
add_line(struct reader *reader, const struct hosts_line *line, uint32_t first_word)
{
	struct hosts_index *index = reader->index;
	struct hosts_address *addresses;
	struct hosts_index_line *lines;

	addresses = make_room(index->addresses, index->line_count,
			      &reader->address_capacity, sizeof *addresses);
	if (addresses == NULL)
		return false;
	index->addresses = addresses;
	lines = make_room(index->lines, index->line_count + 1, &reader->line_capacity,
			  sizeof *lines);
	if (lines == NULL)
		return false;
	index->lines = lines;
	set_address(&addresses[index->line_count].address, line);
	lines[index->line_count++].first_word = first_word;
	lines[index->line_count].first_word = index->word_count;
	return true;
}

static bool
read_line(struct reader *reader, struct hosts_line *line)
{
	uint32_t first_word = reader->index->word_count;
	struct hosts_name name;

	while (hosts_line_next_name(line, &name))
		if (!add_word(reader, &name))
			return false;
	/* Without a name it says nothing. */
	return reader->index->word_count == first_word ||
	       add_line(reader, line, first_word);
}

/* Makes a word for each time a name is there, and an address for each line. */
static bool
read_lines(struct reader *reader, struct text_span text)
{
	struct hosts_line line;
	struct text_span span;
	bool is_read = true;

	hosts_line_init(&line);
	while (is_read && text_file_next_line(&text, &span))
		if (hosts_line_read(&line, span))
			is_read = read_line(reader, &line);
	hosts_line_clear(&line);
	return is_read;
}

/* Chains the lines of each name. Backwards, so that the first word is the last to be put
 * in; a name that its line repeats counts once. */
static bool
chain_words(struct hosts_index *index)
{
	struct hosts_word *word;
	uint32_t *slot, i;

	if (!hosts_set_init(&index->first_words, index->word_count))
		return false;
	for (i = index->word_count; i-- > 0;) {
		word = &index->words[i];
		slot = hosts_index_find_word(index, &index->first_words, word->hash,
					     hosts_index_spelling(index, i));
		word->next = *slot;
		if (*slot != NONE && index->words[*slot].line == word->line)
			word->next = index->words[*slot].next;
		*slot = i;
	}
	return true;
}

/* Leaves each address once: what is kept moves to the front. */
static bool
join_addresses(struct hosts_index *index, uint32_t *count)
{
	struct hosts_address *addresses = index->addresses;
	uint32_t *slot, i;

	*count = 0;
	if (!hosts_set_init(&index->known_addresses, index->line_count))
		return false;
	for (i = 0; i < index->line_count; i++) {
		slot = hosts_index_find_address(index, &index->known_addresses,
						&addresses[i].address);
		if (*slot == NONE) {
			addresses[*count].address = addresses[i].address;
			addresses[*count].line = i;
			*slot = (*count)++;
		}
		index->lines[i].address = *slot;
	}
	return true;
}

bool
hosts_index_read(struct hosts_index *index, const char *text, size_t length)
{
	struct reader reader = { .index = index };
	struct text_span span = { text, length };
	uint32_t address_count;

	memset(index, 0, sizeof *index);
	hash_seed_init(&index->seed);
	/* Where a name has a NUL at its end here, it has a blank before it in the text. The
	 * one more is for a text of nothing. */
	index->names = malloc(length + 1);
	if (index->names == NULL || !read_lines(&reader, span) || !chain_words(index) ||
	    !join_addresses(index, &address_count))
		return false;
	index->names = trim(index->names, reader.names_used);
	index->words = trim(index->words, index->word_count * sizeof *index->words);
	index->lines = trim(index->lines, (index->line_count + 1) * sizeof *index->lines);
	index->addresses = trim(index->addresses,
				address_count * sizeof *index->addresses);
	return true;
}

void
hosts_index_clear(struct hosts_index *index)
{
	free(index->names);
	free(index->words);
	free(index->lines);
	free(index->addresses);
	free(index->first_words.slots);
	free(index->known_addresses.slots);
}
