/* SPDX-License-Identifier: MIT */
#include "question_count.h"

#include "dns_zone.h"

#include <stdlib.h>

#define FIRST_SLOT_COUNT 256

void
question_counts_init(struct question_counts *counts)
{
	counts->slot_count = FIRST_SLOT_COUNT;
	counts->used = 0;
	counts->slots = dns_allocate(counts->slot_count * sizeof(*counts->slots));
}

void
question_counts_destroy(struct question_counts *counts)
{
	free(counts->slots);
}

static uint64_t
make_key(uint64_t name_hash, int type)
{
	uint64_t key = name_hash + ((uint64_t)type + 1) * UINT64_C(0x9e3779b97f4a7c15);

	key = (key ^ key >> 32) * UINT64_C(0xd6e8feb86659fd93);
	key ^= key >> 32;
	return key == 0 ? 1 : key;
}

/* The key's slot, or the free one where it belongs. */
static struct question_count *
find_slot(const struct question_counts *counts, uint64_t key)
{
	size_t i = key & (counts->slot_count - 1);

	while (counts->slots[i].key != 0 && counts->slots[i].key != key)
		i = (i + 1) & (counts->slot_count - 1);
	return &counts->slots[i];
}

static void
grow_slots(struct question_counts *counts)
{
	struct question_count *old = counts->slots;
	size_t old_count = counts->slot_count;
	size_t i;

	counts->slot_count *= 2;
	counts->slots = dns_allocate(counts->slot_count * sizeof(*counts->slots));
	for (i = 0; i < old_count; i++)
		if (old[i].key != 0)
			*find_slot(counts, old[i].key) = old[i];
	free(old);
}

static void
add_one(struct question_counts *counts, uint64_t key, bool is_tcp)
{
	struct question_count *slot = find_slot(counts, key);

	if (slot->key == 0) {
		if (counts->used >= counts->slot_count / 2) {
			grow_slots(counts);
			slot = find_slot(counts, key);
		}
		slot->key = key;
		counts->used++;
	}
	slot->all++;
	if (is_tcp)
		slot->tcp++;
}

void
question_counts_add(struct question_counts *counts, uint64_t name_hash, int type,
		    bool is_tcp)
{
	add_one(counts, make_key(name_hash, type), is_tcp);
	if (type != 0)
		add_one(counts, make_key(name_hash, 0), is_tcp);
}

struct question_count
question_counts_get(const struct question_counts *counts, uint64_t name_hash, int type)
{
	return *find_slot(counts, make_key(name_hash, type));
}
