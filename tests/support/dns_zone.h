/* SPDX-License-Identifier: MIT */
/* The table of the scripted server: names with their records, rules and gates. It locks
 * nothing; lack of memory ends the program. */
#ifndef TESTS_SUPPORT_DNS_ZONE_H
#define TESTS_SUPPORT_DNS_ZONE_H

#include "dns_name.h"

enum dns_type {
	TYPE_A = 1,
	TYPE_NS = 2,
	TYPE_CNAME = 5,
	TYPE_SOA = 6,
	TYPE_PTR = 12,
	TYPE_MX = 15,
	TYPE_TXT = 16,
	TYPE_AAAA = 28,
	TYPE_SRV = 33,
	TYPE_OPT = 41,
	TYPE_ANY = 255
};

struct dns_record {
	struct dns_record *next;
	uint16_t type;
	uint32_t ttl;
	uint16_t length;
	uint8_t data[];		/* names in it are uncompressed */
};

/* What is set for a name and a type (0: every type). */
enum dns_setting {
	SETTING_RCODE,
	SETTING_DELAY,
	SETTING_MISBEHAVIOUR,
	SETTING_DROPS,		/* how many questions are still to be dropped */
	SETTING_COUNT
};

struct dns_rule {
	struct dns_rule *next;
	int type;
	bool is_set[SETTING_COUNT];
	int value[SETTING_COUNT];
};

struct dns_gate;

struct dns_entry {
	struct dns_entry *next;		/* in its bucket */
	struct dns_name name;		/* folded */
	uint64_t hash;
	bool exists;			/* false: has only rules or a gate */
	struct dns_record *records;	/* in the order they were added */
	struct dns_rule *rules;
	struct dns_gate *gate;		/* the server's, not freed here */
};

struct dns_zone {
	struct dns_entry **buckets;
	size_t bucket_count;		/* a power of two */
	size_t entry_count;
	size_t wildcard_count;
	bool has_rules;
};

void dns_zone_init(struct dns_zone *);
void dns_zone_destroy(struct dns_zone *);

/* The name is folded here. */
struct dns_entry *dns_zone_get_or_make(struct dns_zone *, const struct dns_name *);
void dns_zone_add_record(struct dns_zone *, const struct dns_name *, int type,
			 uint32_t ttl, const void *data, size_t length);
void dns_zone_set(struct dns_zone *, const struct dns_name *, int type, enum dns_setting,
		  int value);

/* The entries that speak for a folded name: its own, then the wildcards above it, near
 * ones first. Begin with { .name = name }; NULL at the end. */
struct dns_walk {
	const struct dns_name *name;
	size_t suffix;
	bool is_begun;
};
struct dns_entry *dns_zone_walk(const struct dns_zone *, struct dns_walk *);

/* Whose records answer for a folded name; NULL: NXDOMAIN. */
const struct dns_entry *dns_zone_find(const struct dns_zone *, const struct dns_name *);
/* Where that setting stands that holds for a folded name and type: the nearest entry that
 * has it, there the rule of the type before the rule of every type. NULL: unset. */
int *dns_zone_find_setting(const struct dns_zone *, const struct dns_name *, int type,
			   enum dns_setting);

/* Memory, or the end of the program. */
void *dns_allocate(size_t size);
void *dns_reallocate(void *, size_t size);

#endif
