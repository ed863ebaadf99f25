/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "answer_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "answer_lifetime.h"
#include "answer_table.h"
#include "cache_line.h"
#include "hash.h"

#define SECONDS INT64_C(1000)

/* RFC 9520 3.2: at least a second, longer while it goes on, never more than 5 minutes. */
#define FAILURE_FIRST (1 * SECONDS)
#define FAILURE_MAXIMUM (30 * SECONDS)
/* What fails so long after the last failure's time was over is not in a row with it. */
#define FAILURE_ROW (300 * SECONDS)

#define ENTRIES_MAXIMUM ((size_t)1 << 24)
#define OCTETS_PER_ENTRY 1024
#define OCTETS_OF_ONE_MAXIMUM 16384

/* A small cache is one shard, and so keeps to the order of use over all. Those of a larger
 * one have a share of the entries and of the memory each. */
#define SHARDS_MAXIMUM 64
#define SHARD_ENTRIES_MINIMUM 128

/* The lock is held while an entry is looked for, or exchanged; never while one is made,
 * read or freed. */
struct shard {
	_Alignas(CACHE_LINE) pthread_mutex_t lock;
	struct answer_table table;
};

struct answer_cache {
	struct hash_seed seed;
	bool is_off;
	size_t shard_mask;
	struct shard shards[];
};

static bool
shard_init(struct shard *shard, size_t entries)
{
	pthread_mutex_init(&shard->lock, NULL);
	return answer_table_init(&shard->table, entries,
				 OCTETS_OF_ONE_MAXIMUM + entries * OCTETS_PER_ENTRY);
}

struct answer_cache *
answer_cache_create(size_t maximum)
{
	struct answer_cache *cache;
	bool is_complete = true;
	size_t shards = 1, i;

	if (maximum > ENTRIES_MAXIMUM)
		maximum = ENTRIES_MAXIMUM;
	while (shards < SHARDS_MAXIMUM && maximum / (2 * shards) >= SHARD_ENTRIES_MINIMUM)
		shards *= 2;
	cache = aligned_alloc(CACHE_LINE, sizeof *cache + shards * sizeof *cache->shards);
	if (cache == NULL)
		return NULL;
	hash_seed_init(&cache->seed);
	cache->is_off = maximum == 0;
	cache->shard_mask = shards - 1;
	for (i = 0; i < shards; i++)
		is_complete &= shard_init(&cache->shards[i], maximum / shards);
	if (is_complete)
		return cache;
	answer_cache_free(cache);
	return NULL;
}

void
answer_cache_free(struct answer_cache *cache)
{
	size_t i;

	if (cache == NULL)
		return;
	for (i = 0; i <= cache->shard_mask; i++) {
		answer_table_destroy(&cache->shards[i].table);
		pthread_mutex_destroy(&cache->shards[i].lock);
	}
	free(cache);
}

void
answer_cache_flush(struct answer_cache *cache)
{
	struct shard *shard;
	struct list removed;
	size_t i;

	list_init(&removed);
	for (i = 0; i <= cache->shard_mask; i++) {
		shard = &cache->shards[i];
		pthread_mutex_lock(&shard->lock);
		answer_table_remove_all(&shard->table, &removed);
		pthread_mutex_unlock(&shard->lock);
	}
	answer_entry_free_all(&removed);
}

static struct answer_key
make_key(const struct answer_cache *cache, const char *name, int type)
{
	struct answer_key key = { name, strlen(name), type, 0 };

	key.hash = hash_octets(&cache->seed, name, key.length) +
		   (uint64_t)type * UINT64_C(0x9e3779b97f4a7c15);
	return key;
}

/* By the upper half of the hash: tables use the lower. */
static struct shard *
shard_of(struct answer_cache *cache, const struct answer_key *key)
{
	return &cache->shards[(key->hash >> 32) & cache->shard_mask];
}

static bool
is_worth_serving(const struct answer_entry *entry, int64_t now)
{
	return entry->good != NULL && entry->is_positive &&
	       now < entry->good_until + ANSWER_CACHE_STALE_MAXIMUM * SECONDS;
}

static struct answer *
pick_fresh(const struct answer_entry *entry, int64_t now)
{
	if (entry->good != NULL && now < entry->good_until)
		return entry->good;
	if (entry->failure != NULL && now < entry->failure_until)
		return entry->failure;
	return NULL;
}

static struct answer *
pick_stale(const struct answer_entry *entry, int64_t now)
{
	return is_worth_serving(entry, now) ? entry->good : NULL;
}

static struct answer *
find(struct answer_cache *cache, const char *name, int type, int64_t now,
     struct answer *(*pick)(const struct answer_entry *, int64_t))
{
	struct answer *answer = NULL;
	struct answer_entry *entry;
	struct answer_key key;
	struct shard *shard;

	if (cache->is_off)
		return NULL;
	key = make_key(cache, name, type);
	shard = shard_of(cache, &key);
	pthread_mutex_lock(&shard->lock);
	entry = answer_table_find(&shard->table, &key);
	if (entry != NULL)
		answer = pick(entry, now);
	if (answer != NULL) {
		answer_retain(answer);
		if (!entry->was_used) /* written once: other processors have it too */
			entry->was_used = true;
	}
	pthread_mutex_unlock(&shard->lock);
	return answer;
}

struct answer *
answer_cache_find(struct answer_cache *cache, const char *name, int type, int64_t now,
		  uint32_t *age)
{
	struct answer *answer = find(cache, name, type, now, pick_fresh);

	*age = 0;
	if (answer != NULL && answer->received < now)
		*age = (uint32_t)((now - answer->received) / SECONDS);
	return answer;
}

struct answer *
answer_cache_find_stale(struct answer_cache *cache, const char *name, int type,
			int64_t now)
{
	return find(cache, name, type, now, pick_stale);
}

static void
set_good(struct answer_entry *entry, struct answer *answer, bool is_positive,
	 int64_t until)
{
	entry->good = answer;
	entry->is_positive = is_positive;
	entry->good_until = until;
	entry->octets += answer_entry_octets_for(answer);
}

static void
set_failure_time(struct answer_entry *entry, int64_t time, int64_t now)
{
	entry->failure_time = time < FAILURE_MAXIMUM ? time : FAILURE_MAXIMUM;
	entry->failure_until = now + entry->failure_time;
}

static struct answer_entry *
create_entry(const struct answer_key *key, struct answer *answer, enum answer_kind kind,
	     uint32_t seconds, int64_t now)
{
	struct answer_entry *entry = answer_entry_create(key);
	int64_t received = answer->received < now ? answer->received : now;

	if (entry == NULL)
		return NULL;
	if (kind == ANSWER_FAILURE) {
		entry->failure = answer_retain(answer);
		entry->octets += answer_entry_octets_for(answer);
		set_failure_time(entry, FAILURE_FIRST, now);
	} else {
		set_good(entry, answer_retain(answer), kind == ANSWER_POSITIVE,
			 received + seconds * SECONDS);
	}
	return entry;
}

/* A failure is kept for longer than the one before, and beside a response that is still
 * worth something. */
static void
inherit(struct answer_entry *entry, struct answer_entry *old, int64_t now)
{
	if (old->failure != NULL && now < old->failure_until) {
		/* Asked before that one was known: not a further one in a row. */
		entry->failure_time = old->failure_time;
		entry->failure_until = old->failure_until;
	} else if (old->failure != NULL && now < old->failure_until + FAILURE_ROW) {
		set_failure_time(entry, 2 * old->failure_time, now);
	}
	if (old->good != NULL && (now < old->good_until || is_worth_serving(old, now))) {
		set_good(entry, old->good, old->is_positive, old->good_until);
		old->good = NULL;
	}
}

/* The entry takes the place of what is there; NULL: nothing does. */
static void
exchange(struct answer_cache *cache, const struct answer_key *key,
	 struct answer_entry *entry, int64_t now)
{
	struct shard *shard = shard_of(cache, key);
	struct answer_entry *old;
	struct list removed;

	list_init(&removed);
	pthread_mutex_lock(&shard->lock);
	old = answer_table_find(&shard->table, key);
	if (old != NULL) {
		answer_table_remove(&shard->table, old, &removed);
		if (entry != NULL && entry->failure != NULL)
			inherit(entry, old, now);
	}
	if (entry != NULL)
		answer_table_put(&shard->table, entry, &removed);
	pthread_mutex_unlock(&shard->lock);
	answer_entry_free_all(&removed);
}

void
answer_cache_store(struct answer_cache *cache, const char *name, int type,
		   struct answer *answer, int64_t now)
{
	struct answer_entry *entry = NULL;
	enum answer_kind kind;
	struct answer_key key;
	uint32_t seconds;

	if (cache->is_off)
		return;
	kind = answer_lifetime_read(answer, name, type, &seconds);
	if (kind == ANSWER_UNFIT)
		return;
	key = make_key(cache, name, type);
	if ((kind == ANSWER_FAILURE || seconds > 0) &&
	    answer->length <= OCTETS_OF_ONE_MAXIMUM) {
		entry = create_entry(&key, answer, kind, seconds, now);
		if (entry == NULL)
			return; /* without memory nothing changes */
	}
	exchange(cache, &key, entry, now);
}
