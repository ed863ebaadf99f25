/* SPDX-License-Identifier: MIT */
/* hosts_index: a text in the form of hosts(5) taken apart: its lines in their order,
 * found by each of their names and by their addresses. Built in time linear in the text,
 * whatever it says. */
#ifndef ASYNCDNS_HOSTS_INDEX_H
#define ASYNCDNS_HOSTS_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "hash.h"
#include "host_entry_impl.h"

#define HOSTS_INDEX_NONE UINT32_MAX

/* A name where it stands in the text. */
struct hosts_word {
	uint32_t spelling;	/* where it begins in the names */
	uint32_t hash;
	uint32_t line;
	uint32_t next;		/* the same name, in a later line */
};

/* A line that says something; its words end where those of the next line begin. */
struct hosts_index_line {
	uint32_t address;
	uint32_t first_word;
};

struct hosts_address {
	union host_address address;
	uint32_t line; /* the first that has it */
};

/* A set of words or of addresses, by their numbers: a hash table with linear probing, at
 * most half full. */
struct hosts_set {
	uint32_t *slots;
	uint32_t mask;
};

struct hosts_index {
	struct hash_seed seed;
	char *names;				/* each ends in a NUL */
	struct hosts_word *words;
	uint32_t word_count;
	struct hosts_index_line *lines;		/* and one more, where the words end */
	uint32_t line_count;
	struct hosts_address *addresses;	/* none twice */
	struct hosts_set first_words;		/* of each name the first */
	struct hosts_set known_addresses;
};

/* False: no memory. In either case to be cleared. */
bool hosts_index_read(struct hosts_index *index, const char *text, size_t length);
void hosts_index_clear(struct hosts_index *index);

bool hosts_set_init(struct hosts_set *set, size_t count);

const char *hosts_index_spelling(const struct hosts_index *index, uint32_t word);
uint32_t hosts_index_hash(const struct hosts_index *index, const char *normal_name);

/* The slot of a set where it is, or HOSTS_INDEX_NONE is and it belongs. */
uint32_t *hosts_index_find_word(const struct hosts_index *index,
				const struct hosts_set *set, uint32_t hash,
				const char *name);
uint32_t *hosts_index_find_address(const struct hosts_index *index,
				   const struct hosts_set *set,
				   const union host_address *address);

#endif
