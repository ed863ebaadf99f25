/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "answer_cache.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "answer_lifetime.h"
#include "hash.h"
#include "list.h"

#define MILLISECONDS INT64_C(1000)

/* RFC 9520 3.2: at least a second, longer while it goes on, never more than 5 minutes. */
#define FAILURE_FIRST (1 * MILLISECONDS)
#define FAILURE_MAXIMUM (30 * MILLISECONDS)
/* So long after one has been forgotten the next is no longer in a row with it. */
#define FAILURE_ROW (300 * MILLISECONDS)

#define ENTRIES_MAXIMUM ((size_t)1 << 24)
#define OCTETS_PER_ENTRY 1024
#define OCTETS_OF_ONE_MAXIMUM ((size_t)16384)

/* Small caches are one shard and so keep to the order of use over all; larger ones each
 * have their own share of the entries and of the memory. */
#define SHARDS_MAXIMUM 16
#define SHARD_ENTRIES_MINIMUM 64

/* So many that were used since they were last looked at are spared at a time: that a store
 * takes the same time however many there are is worth more than the exact order. */
#define SPARED_MAXIMUM 8

#define CACHE_LINE 64

/* Immutable once it is in a table, but for the links and whether it was used. */
struct entry {
	struct entry *next;	/* in the same bucket */
	struct list recency;
	uint64_t hash;
	bool was_used;
	bool is_positive;
	struct answer *good;	/* a response, or NULL */
	int64_t good_until;
	struct answer *failure;	/* that came later, or NULL */
	int64_t failure_until;
	int64_t failure_time;	/* how long it was to be kept */
	size_t octets;
	int type;
	size_t length;
	char name[];
};

struct shard {
	_Alignas(CACHE_LINE) pthread_mutex_t lock;
	struct entry **buckets;
	size_t mask;		/* of a bucket's number */
	struct list recency;	/* the next to go first */
	size_t entries;
	size_t octets;
};

struct answer_cache {
	struct hash_seed seed;
	size_t shard_entries;	/* at most, in each; 0: off */
	size_t shard_octets;
	size_t shard_mask;
	struct shard shards[];
};

/* What an entry is found by. */
struct key {
	const char *name;
	size_t length;
	int type;
	uint64_t hash;
};

static size_t
power_of_two(size_t minimum)
{
	size_t power = 1;

	while (power < minimum)
		power *= 2;
	return power;
}

static bool
shard_init(struct shard *shard, size_t entries)
{
	size_t buckets = power_of_two(entries);

	shard->buckets = calloc(buckets, sizeof(struct entry *));
	shard->mask = buckets - 1;
	shard->entries = 0;
	shard->octets = 0;
	list_init(&shard->recency);
	pthread_mutex_init(&shard->lock, NULL);
	return shard->buckets != NULL;
}

struct answer_cache *
answer_cache_create(size_t maximum)
{
	struct answer_cache *cache;
	size_t shards = 1, i;
	bool is_complete = true;

	if (maximum > ENTRIES_MAXIMUM)
		maximum = ENTRIES_MAXIMUM;
	while (shards < SHARDS_MAXIMUM && maximum / (2 * shards) >= SHARD_ENTRIES_MINIMUM)
		shards *= 2;
	cache = aligned_alloc(CACHE_LINE, sizeof *cache + shards * sizeof *cache->shards);
	if (cache == NULL)
		return NULL;
	hash_seed_init(&cache->seed);
	cache->shard_entries = maximum / shards;
	cache->shard_octets = OCTETS_OF_ONE_MAXIMUM + cache->shard_entries * OCTETS_PER_ENTRY;
	cache->shard_mask = shards - 1;
	for (i = 0; i < shards; i++)
		is_complete &= shard_init(&cache->shards[i], cache->shard_entries);
	if (is_complete)
		return cache;
	answer_cache_free(cache);
	return NULL;
}

static void
free_entry(struct entry *entry)
{
	answer_release(entry->good);
	answer_release(entry->failure);
	free(entry);
}

/* What was taken out under the lock is freed outside of it. */
static void
free_all(struct list *dead)
{
	struct list *link;

	while ((link = list_pop(dead)) != NULL)
		free_entry(container_of(link, struct entry, recency));
}

void
answer_cache_flush(struct answer_cache *cache)
{
	struct list dead;
	size_t i;

	list_init(&dead);
	for (i = 0; i <= cache->shard_mask; i++) {
		struct shard *shard = &cache->shards[i];

		pthread_mutex_lock(&shard->lock);
		memset(shard->buckets, 0, (shard->mask + 1) * sizeof *shard->buckets);
		list_move_all(&dead, &shard->recency);
		shard->entries = 0;
		shard->octets = 0;
		pthread_mutex_unlock(&shard->lock);
	}
	free_all(&dead);
}

void
answer_cache_free(struct answer_cache *cache)
{
	size_t i;

	if (cache == NULL)
		return;
	for (i = 0; i <= cache->shard_mask; i++) {
		free_all(&cache->shards[i].recency);
		free(cache->shards[i].buckets);
		pthread_mutex_destroy(&cache->shards[i].lock);
	}
	free(cache);
}

static struct key
make_key(const struct answer_cache *cache, const char *name, int type)
{
	struct key key = { name, strlen(name), type, 0 };

	key.hash = hash_octets(&cache->seed, name, key.length) +
		   (uint64_t)type * UINT64_C(0x9e3779b97f4a7c15);
	return key;
}

/* The shard by the upper half of a hash, the bucket by the lower. */
static struct shard *
shard_of(struct answer_cache *cache, const struct key *key)
{
	return &cache->shards[(key->hash >> 32) & cache->shard_mask];
}

/* Where the pointer to the entry is, or to the end of its bucket. */
static struct entry **
locate(struct shard *shard, const struct key *key)
{
	struct entry **at = &shard->buckets[key->hash & shard->mask];

	while (*at != NULL &&
	       ((*at)->hash != key->hash || (*at)->type != key->type ||
		(*at)->length != key->length ||
		memcmp((*at)->name, key->name, key->length) != 0))
		at = &(*at)->next;
	return at;
}

static bool
is_still_positive(const struct entry *entry, int64_t now)
{
	return entry->good != NULL && entry->is_positive &&
	       now < entry->good_until + ANSWER_CACHE_STALE_MAXIMUM * MILLISECONDS;
}

static struct answer *
pick(const struct entry *entry, int64_t now)
{
	if (entry->good != NULL && now < entry->good_until)
		return entry->good;
	if (entry->failure != NULL && now < entry->failure_until)
		return entry->failure;
	return NULL;
}

static struct answer *
pick_stale(const struct entry *entry, int64_t now)
{
	return is_still_positive(entry, now) ? entry->good : NULL;
}

static struct answer *
find(struct answer_cache *cache, const char *name, int type, int64_t now,
     struct answer *(*choose)(const struct entry *, int64_t))
{
	struct answer *answer = NULL;
	struct shard *shard;
	struct entry *entry;
	struct key key;

	if (cache->shard_entries == 0)
		return NULL;
	key = make_key(cache, name, type);
	shard = shard_of(cache, &key);
	pthread_mutex_lock(&shard->lock);
	entry = *locate(shard, &key);
	if (entry != NULL)
		answer = choose(entry, now);
	if (answer != NULL) {
		answer_retain(answer);
		entry->was_used = true;
	}
	pthread_mutex_unlock(&shard->lock);
	return answer;
}

struct answer *
answer_cache_find(struct answer_cache *cache, const char *name, int type, int64_t now,
		  uint32_t *age)
{
	struct answer *answer = find(cache, name, type, now, pick);

	*age = 0;
	if (answer != NULL && answer->received < now)
		*age = (uint32_t)((now - answer->received) / MILLISECONDS);
	return answer;
}

struct answer *
answer_cache_find_stale(struct answer_cache *cache, const char *name, int type,
			int64_t now)
{
	return find(cache, name, type, now, pick_stale);
}

static struct entry *
create_entry(const struct key *key, struct answer *answer, enum answer_kind kind,
	     uint32_t seconds, int64_t now)
{
	struct entry *entry = calloc(1, sizeof *entry + key->length);
	int64_t received = answer->received < now ? answer->received : now;

	if (entry == NULL)
		return NULL;
	list_init(&entry->recency);
	memcpy(entry->name, key->name, key->length);
	entry->length = key->length;
	entry->hash = key->hash;
	entry->type = key->type;
	entry->octets = sizeof *entry + key->length + sizeof *answer + answer->length;
	if (kind == ANSWER_FAILURE) {
		entry->failure = answer_retain(answer);
		entry->failure_time = FAILURE_FIRST;
		entry->failure_until = now + FAILURE_FIRST;
	} else {
		entry->good = answer_retain(answer);
		entry->good_until = received + seconds * MILLISECONDS;
		entry->is_positive = kind == ANSWER_POSITIVE;
	}
	return entry;
}

/* A failure is kept for longer when it follows another, and beside a response that is
 * still worth something. That moves from the entry to be replaced to the new one. */
static void
inherit(struct entry *entry, struct entry *old, int64_t now)
{
	if (old->failure != NULL && now < old->failure_until + FAILURE_ROW) {
		entry->failure_time = 2 * old->failure_time;
		if (entry->failure_time > FAILURE_MAXIMUM)
			entry->failure_time = FAILURE_MAXIMUM;
		entry->failure_until = now + entry->failure_time;
	}
	if (old->good != NULL && (now < old->good_until || is_still_positive(old, now))) {
		entry->good = old->good;
		entry->good_until = old->good_until;
		entry->is_positive = old->is_positive;
		entry->octets += sizeof *old->good + old->good->length;
		old->good = NULL;
	}
}

/* Takes one out, for the dead. */
static void
take_out(struct shard *shard, struct entry **at, struct list *dead)
{
	struct entry *entry = *at;

	*at = entry->next;
	shard->entries--;
	shard->octets -= entry->octets;
	list_remove(&entry->recency);
	list_append(dead, &entry->recency);
}

/* Takes out who has not been used for longest, nearly. */
static void
take_out_oldest(struct shard *shard, struct list *dead)
{
	struct entry *entry, **at;
	int spared;

	for (spared = 0;; spared++) {
		entry = container_of(shard->recency.next, struct entry, recency);
		if (!entry->was_used || spared == SPARED_MAXIMUM)
			break;
		entry->was_used = false;
		list_remove(&entry->recency);
		list_append(&shard->recency, &entry->recency);
	}
	at = &shard->buckets[entry->hash & shard->mask];
	while (*at != entry)
		at = &(*at)->next;
	take_out(shard, at, dead);
}

static void
put_in(const struct answer_cache *cache, struct shard *shard, struct entry *entry,
       struct list *dead)
{
	struct entry **bucket = &shard->buckets[entry->hash & shard->mask];

	while (shard->entries > 0 &&
	       (shard->entries >= cache->shard_entries ||
		shard->octets + entry->octets > cache->shard_octets))
		take_out_oldest(shard, dead);
	entry->next = *bucket;
	*bucket = entry;
	list_append(&shard->recency, &entry->recency);
	shard->entries++;
	shard->octets += entry->octets;
}

/* Puts the entry in the place of what is there; NULL only takes that out. */
static void
replace(struct answer_cache *cache, const struct key *key, struct entry *entry,
	int64_t now)
{
	struct shard *shard = shard_of(cache, key);
	struct entry **at, *old;
	struct list dead;

	list_init(&dead);
	pthread_mutex_lock(&shard->lock);
	at = locate(shard, key);
	old = *at;
	if (entry != NULL && entry->failure != NULL && old != NULL && old->failure != NULL &&
	    now < old->failure_until) {
		/* Asked before that one was known: not a further one in the row. */
		list_append(&dead, &entry->recency);
		entry = NULL;
	} else if (old != NULL) {
		if (entry != NULL && entry->failure != NULL)
			inherit(entry, old, now);
		take_out(shard, at, &dead);
	}
	if (entry != NULL)
		put_in(cache, shard, entry, &dead);
	pthread_mutex_unlock(&shard->lock);
	free_all(&dead);
}

void
answer_cache_store(struct answer_cache *cache, const char *name, int type,
		   struct answer *answer, int64_t now)
{
	struct entry *entry = NULL;
	enum answer_kind kind;
	uint32_t seconds;
	struct key key;

	if (cache->shard_entries == 0)
		return;
	kind = answer_lifetime_read(answer, name, type, &seconds);
	if (kind == ANSWER_UNFIT)
		return;
	key = make_key(cache, name, type);
	if (answer->length <= OCTETS_OF_ONE_MAXIMUM &&
	    (kind == ANSWER_FAILURE || seconds > 0)) {
		entry = create_entry(&key, answer, kind, seconds, now);
		if (entry == NULL)
			return;
	}
	replace(cache, &key, entry, now);
}
