/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_index_set.h"

#include <stdlib.h>
#include <string.h>

#define WORD_BITS 64
#define PAGE_WORDS 512
#define PAGE_BITS ((uint64_t)WORD_BITS * PAGE_WORDS)

struct index_page {
	uint64_t count;
	uint64_t words[PAGE_WORDS];
};

/* Stands for every page that has all; only its address counts. */
static struct index_page full_page;

void
index_set_clear(struct index_set *set)
{
	size_t i;

	for (i = 0; i < set->page_count; i++) {
		if (set->pages[i] != &full_page)
			free(set->pages[i]);
	}
	free(set->pages);
	*set = (struct index_set){.pages = NULL};
}

static uint64_t *
word_of(struct index_page *page, uint64_t index)
{
	return &page->words[index % PAGE_BITS / WORD_BITS];
}

static uint64_t
bit_of(uint64_t index)
{
	return UINT64_C(1) << index % WORD_BITS;
}

bool
index_set_has(const struct index_set *set, uint64_t index)
{
	struct index_page *page;

	if (index / PAGE_BITS >= set->page_count)
		return false;
	page = set->pages[index / PAGE_BITS];
	return page == &full_page ||
	       (page != NULL && (*word_of(page, index) & bit_of(index)) != 0);
}

static bool
set_grow(struct index_set *set, size_t page_count)
{
	struct index_page **pages;

	page_count += page_count / 2 + 1;
	pages = realloc(set->pages, page_count * sizeof(struct index_page *));
	if (pages == NULL)
		return false;
	memset(pages + set->page_count, 0,
	       (page_count - set->page_count) * sizeof(struct index_page *));
	set->pages = pages;
	set->page_count = page_count;
	return true;
}

bool
index_set_add(struct index_set *set, uint64_t index)
{
	size_t number = (size_t)(index / PAGE_BITS);
	struct index_page *page;

	if (index_set_has(set, index))
		return true;
	if (number >= set->page_count && !set_grow(set, number))
		return false;
	page = set->pages[number];
	if (page == NULL) {
		page = calloc(1, sizeof(*page));
		if (page == NULL)
			return false;
		set->pages[number] = page;
	}
	*word_of(page, index) |= bit_of(index);
	set->count++;
	if (++page->count == PAGE_BITS) {
		set->pages[number] = &full_page;
		free(page);
	}
	return true;
}

bool
index_set_remove(struct index_set *set, uint64_t index)
{
	size_t number = (size_t)(index / PAGE_BITS);
	struct index_page *page;

	if (!index_set_has(set, index))
		return true;
	page = set->pages[number];
	if (page == &full_page) {
		page = malloc(sizeof(*page));
		if (page == NULL)
			return false;
		memset(page->words, 0xff, sizeof(page->words));
		page->count = PAGE_BITS;
		set->pages[number] = page;
	}
	*word_of(page, index) &= ~bit_of(index);
	page->count--;
	set->count--;
	return true;
}
