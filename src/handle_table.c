/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "handle_table.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/random.h>

#include "cache_line.h"
#include "clock.h"
#include "process.h"
#include "schedule_point.h"
#include "thread_role.h"

/* Token: generation | index. A 32-bit machine has room for 12 bits of generation, so that
 * a token can come back after 2^12 turns through the queue of free slots. */
#if UINTPTR_MAX > UINT32_MAX
#define INDEX_BITS 24
#define GENERATION_BITS 40
#else
#define INDEX_BITS 20
#define GENERATION_BITS 12
#endif
#define INDEX_MASK (((uintptr_t)1 << INDEX_BITS) - 1)
#define GENERATION_MASK (((uint64_t)1 << GENERATION_BITS) - 1)

/* A slot's word: generation | 16 bits of references | 8 bits of flags. */
#define LIVE ((uint64_t)1)
#define RETIRED ((uint64_t)2)
#define REFERENCE ((uint64_t)1 << 8)
#define REFERENCES_MASK ((uint64_t)0xffff << 8)
#define GENERATION_SHIFT 24

/* Which process made it, and what it is. A process comes to look like an ancestor of its
 * when it is 2^24 forks away. */
#define KIND_BITS 8
#define KIND_MASK (((uint32_t)1 << KIND_BITS) - 1)

#define CHUNK_BITS 12
#define CHUNK_SLOTS (1u << CHUNK_BITS)
#define CHUNKS (1u << (INDEX_BITS - CHUNK_BITS))

/* A queue of free slots is kept at least that long: it is what keeps a slot's turns, and
 * so the tokens that look alike, far apart. */
#define MINIMUM_FREE 1024

/* Threads take slots from different queues, and each slot goes back to its own. */
#define QUEUES PROCESS_LOCKS_HANDLE_TABLE

struct slot {
	_Atomic uint64_t word;
	_Atomic(void *) object;
	_Atomic uint32_t origin; /* process | kind */
	uint32_t index;
	struct slot *next_free;
};

/* Guarded by the process lock of its number. */
struct queue {
	_Alignas(CACHE_LINE) struct slot *first;
	struct slot *last;
	unsigned int count;
};

static struct {
	_Atomic(struct slot *) chunks[CHUNKS];
	uint8_t queues[CHUNKS]; /* whose slots those of a chunk are */
	atomic_uint chunk_count;
	struct queue free[QUEUES];
} table;

static uint64_t
generation_of(uint64_t word)
{
	return word >> GENERATION_SHIFT;
}

/* 0 is no generation, so that no token is NULL. */
static uint64_t
next_generation(uint64_t generation)
{
	generation = (generation + 1) & GENERATION_MASK;
	return generation != 0 ? generation : 1;
}

static struct slot *
find_slot(const void *token)
{
	uintptr_t index = (uintptr_t)token & INDEX_MASK;
	struct slot *chunk;

	chunk = atomic_load_explicit(&table.chunks[index >> CHUNK_BITS], memory_order_acquire);
	return chunk != NULL ? &chunk[index & (CHUNK_SLOTS - 1)] : NULL;
}

static bool
is_current(uint64_t word, const void *token)
{
	return (word & LIVE) != 0 &&
	       generation_of(word) == (uint64_t)((uintptr_t)token >> INDEX_BITS);
}

/* What this process makes has this origin. */
static uint32_t
own_origin(enum handle_kind kind)
{
	return (uint32_t)process_stamp() << KIND_BITS | (uint32_t)kind;
}

static bool
is_own(uint32_t origin)
{
	return origin == own_origin((enum handle_kind)(origin & KIND_MASK));
}

static void
lock_queue(unsigned int number)
{
	process_lock((enum process_lock)(PROCESS_LOCK_HANDLE_TABLE + number));
}

static void
unlock_queue(unsigned int number)
{
	process_unlock((enum process_lock)(PROCESS_LOCK_HANDLE_TABLE + number));
}

static void
append_free(struct queue *queue, struct slot *slot)
{
	slot->next_free = NULL;
	if (queue->last != NULL)
		queue->last->next_free = slot;
	else
		queue->first = slot;
	queue->last = slot;
	queue->count++;
}

/* Generations start anywhere, so that guessing a token is hopeless. */
static uint64_t
random_generation(void)
{
	uint64_t random;

	if (getrandom(&random, sizeof random, GRND_NONBLOCK) == (ssize_t)sizeof random)
		return random;
	random = (uint64_t)clock_now() * UINT64_C(0x9e3779b97f4a7c15);
	return random ^ (uint64_t)(uintptr_t)&random;
}

/* The number of a new chunk; CHUNKS: there are no more. */
static unsigned int
count_chunk(void)
{
	unsigned int count = atomic_load_explicit(&table.chunk_count, memory_order_relaxed);

	while (count < CHUNKS &&
	       !atomic_compare_exchange_weak_explicit(&table.chunk_count, &count, count + 1,
						      memory_order_relaxed,
						      memory_order_relaxed))
		;
	return count;
}

/* With the queue's lock. */
static void
add_chunk(unsigned int number)
{
	struct slot *chunk;
	unsigned int count;
	uint64_t generation;
	uint32_t i;

	if (atomic_load_explicit(&table.chunk_count, memory_order_relaxed) == CHUNKS)
		return;
	chunk = calloc(CHUNK_SLOTS, sizeof *chunk);
	if (chunk == NULL)
		return;
	count = count_chunk();
	if (count == CHUNKS) {
		free(chunk);
		return;
	}
	generation = random_generation();
	for (i = 0; i < CHUNK_SLOTS; i++) {
		chunk[i].index = count << CHUNK_BITS | i;
		generation = generation * UINT64_C(6364136223846793005) + 1442695040888963407;
		atomic_init(&chunk[i].word, next_generation(generation >> 24)
						    << GENERATION_SHIFT);
		append_free(&table.free[number], &chunk[i]);
	}
	table.queues[count] = (uint8_t)number;
	atomic_store_explicit(&table.chunks[count], chunk, memory_order_release);
}

static struct slot *
take_from_queue(unsigned int number)
{
	struct queue *queue = &table.free[number];
	struct slot *slot;

	lock_queue(number);
	if (queue->count < MINIMUM_FREE)
		add_chunk(number); /* failing matters only when none is left */
	slot = queue->first;
	if (slot != NULL) {
		queue->count--;
		queue->first = slot->next_free;
		if (queue->first == NULL)
			queue->last = NULL;
	}
	unlock_queue(number);
	return slot;
}

/* Of the queue that is this thread's, or, without memory, of any. */
static struct slot *
take_free_slot(void)
{
	unsigned int own = thread_role_number(), i;
	struct slot *slot = NULL;

	if (!process_watch_forks())
		return NULL;
	for (i = 0; i < QUEUES && slot == NULL; i++)
		slot = take_from_queue((own + i) % QUEUES);
	return slot;
}

static void
give_back_slot(struct slot *slot)
{
	unsigned int number = table.queues[slot->index >> CHUNK_BITS];

	lock_queue(number);
	append_free(&table.free[number], slot);
	unlock_queue(number);
}

void *
handle_table_insert(enum handle_kind kind, void *object, unsigned int references)
{
	struct slot *slot = take_free_slot();
	uint64_t generation;

	if (slot == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	generation = generation_of(atomic_load_explicit(&slot->word, memory_order_relaxed));
	atomic_store_explicit(&slot->object, object, memory_order_relaxed);
	atomic_store_explicit(&slot->origin, own_origin(kind), memory_order_relaxed);
	SCHEDULE_POINT();
	atomic_store_explicit(&slot->word,
			      generation << GENERATION_SHIFT | references * REFERENCE | LIVE,
			      memory_order_release);
	return (void *)((uintptr_t)generation << INDEX_BITS | slot->index);
}

static bool
is_wanted(uint32_t origin, enum handle_kind kind, bool is_inherited)
{
	return (origin & KIND_MASK) == (uint32_t)kind && is_own(origin) != is_inherited;
}

static void *
pin(enum handle_kind kind, const void *token, bool is_inherited)
{
	struct slot *slot = find_slot(token);
	uint64_t word;

	if (slot == NULL)
		return NULL;
	word = atomic_load_explicit(&slot->word, memory_order_acquire);
	do {
		SCHEDULE_POINT();
		/* The origin belongs to the generation seen, and is looked at before anything
		 * is taken: a handle passed to the wrong function stays as it was. */
		if (!is_current(word, token) || (word & RETIRED) != 0 ||
		    (word & REFERENCES_MASK) == REFERENCES_MASK ||
		    !is_wanted(atomic_load_explicit(&slot->origin, memory_order_relaxed), kind,
			       is_inherited))
			return NULL;
	} while (!atomic_compare_exchange_weak_explicit(&slot->word, &word, word + REFERENCE,
							memory_order_acquire,
							memory_order_acquire));
	SCHEDULE_POINT();
	return atomic_load_explicit(&slot->object, memory_order_relaxed);
}

void *
handle_table_pin(enum handle_kind kind, const void *token)
{
	return pin(kind, token, false);
}

void *
handle_table_pin_inherited(enum handle_kind kind, const void *token)
{
	return pin(kind, token, true);
}

void
handle_table_retain(const void *token)
{
	atomic_fetch_add_explicit(&find_slot(token)->word, REFERENCE, memory_order_relaxed);
}

bool
handle_table_unpin(const void *token)
{
	struct slot *slot = find_slot(token);
	uint64_t word = atomic_load_explicit(&slot->word, memory_order_relaxed), left;

	do {
		SCHEDULE_POINT();
		left = word - REFERENCE;
		if ((left & REFERENCES_MASK) == 0)
			left = next_generation(generation_of(word)) << GENERATION_SHIFT;
	} while (!atomic_compare_exchange_weak_explicit(&slot->word, &word, left,
							memory_order_acq_rel,
							memory_order_relaxed));
	if ((left & LIVE) != 0 ||
	    !is_own(atomic_load_explicit(&slot->origin, memory_order_relaxed)))
		return false;
	SCHEDULE_POINT();
	give_back_slot(slot);
	return true;
}

bool
handle_table_retire(const void *token)
{
	struct slot *slot = find_slot(token);
	uint64_t before;

	SCHEDULE_POINT();
	before = atomic_fetch_or_explicit(&slot->word, RETIRED, memory_order_acq_rel);
	SCHEDULE_POINT();
	return (before & RETIRED) == 0;
}
