/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "depot.h"

/* Blocks double, so that their number stays small and what is left unused is at most half. */
#define FIRST_BLOCK_SIZE (DEPOT_SIZE_MAXIMUM - sizeof(struct arena_block))
#define BLOCK_SIZE_MAXIMUM 65536
/* From that size on a block's pages are asked for all at once. */
#define POPULATED_SIZE 32768

/* What pieces are made of: pointers and numbers. */
#define ALIGNMENT alignof(uint64_t)

struct arena_block {
	struct arena_block *older;
	size_t size;
	size_t used;
	alignas(ALIGNMENT) char memory[];
};

void
arena_init(struct arena *arena)
{
	arena->blocks = NULL;
}

void
arena_clear(struct arena *arena)
{
	struct arena_block *block;

	while ((block = arena->blocks) != NULL) {
		arena->blocks = block->older;
		depot_free(block);
	}
}

/* Fresh pages that are touched one by one fault one by one, which on a virtual machine takes
 * longer than all else that is done with the largest answers. Where the system knows no such
 * wish they do. */
static void
populate(const struct arena_block *block)
{
#ifdef MADV_POPULATE_WRITE
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = (uintptr_t)block;
	uintptr_t end = (begin + sizeof *block + block->size) & ~(page - 1);

	begin = (begin + page - 1) & ~(page - 1);
	if (end > begin)
		madvise((void *)begin, end - begin, MADV_POPULATE_WRITE);
#else
	(void)block;
#endif
}

static struct arena_block *
add_block(struct arena *arena, size_t least)
{
	struct arena_block *older = arena->blocks, *block;
	size_t size = older == NULL ? FIRST_BLOCK_SIZE : 2 * older->size;

	if (size > BLOCK_SIZE_MAXIMUM)
		size = BLOCK_SIZE_MAXIMUM;
	if (size < least)
		size = least;
	block = depot_allocate(sizeof *block + size);
	if (block == NULL)
		return NULL;
	block->older = older;
	block->size = size;
	block->used = 0;
	arena->blocks = block;
	if (size >= POPULATED_SIZE)
		populate(block);
	return block;
}

void *
arena_take(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	void *piece;

	if (size > SIZE_MAX / 2)
		return NULL;
	size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (block == NULL || block->size - block->used < size)
		block = add_block(arena, size);
	if (block == NULL)
		return NULL;
	piece = block->memory + block->used;
	block->used += size;
	return piece;
}

void *
arena_copy(struct arena *arena, const void *octets, size_t length)
{
	char *copy = length < SIZE_MAX ? arena_take(arena, length + 1) : NULL;

	if (copy == NULL)
		return NULL;
	if (length > 0)
		memcpy(copy, octets, length);
	copy[length] = '\0';
	return copy;
}
