/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "inquiry.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "answer_cache.h"
#include "channel.h"
#include "clock.h"
#include "hash.h"
#include "loop.h"
#include "memory.h"
#include "stock.h"

#define BUCKETS_FIRST 64

/* Questions whose names are no longer have memory that is used again. */
#define SHORT_NAME 64

/* A question that the channel has, and who waits for its answer. */
struct pending_question {
	struct inquiry_desk *desk;
	struct pending_question *next;	/* in its bucket */
	uint64_t hash;
	struct channel_query query;
	struct list inquiries;
	bool is_answered;
	bool is_short;
	char name[];
};

struct inquiry_desk {
	struct loop *loop;
	struct channel *channel;
	struct answer_cache *cache;	/* NULL: none */
	bool may_be_stale;

	struct hash_seed seed;
	struct pending_question **buckets;
	size_t bucket_count;		/* a power of two */
	size_t pending_count;
	struct stock pendings;
	struct stock lookups;

	struct list known;		/* inquiries whose answer is known already */
	struct loop_task task;		/* hands those over */
};

/* ---- What is being asked ---- */

static uint64_t
hash_question(const struct inquiry_desk *desk, const char *name, int type)
{
	return hash_octets(&desk->seed, name, strlen(name)) + (uint64_t)type;
}

static struct pending_question **
find_bucket(struct inquiry_desk *desk, uint64_t hash)
{
	return &desk->buckets[hash & (desk->bucket_count - 1)];
}

static struct pending_question *
find_pending(struct inquiry_desk *desk, const struct inquiry *inquiry, uint64_t hash)
{
	struct pending_question *pending = *find_bucket(desk, hash);

	while (pending != NULL &&
	       (pending->hash != hash || pending->query.type != inquiry->type ||
		strcmp(pending->name, inquiry->name) != 0))
		pending = pending->next;
	return pending;
}

static void
put_in_bucket(struct inquiry_desk *desk, struct pending_question *pending)
{
	struct pending_question **bucket = find_bucket(desk, pending->hash);

	pending->next = *bucket;
	*bucket = pending;
}

/* Twice the buckets; without memory for them it goes on with fuller ones. */
static void
grow(struct inquiry_desk *desk)
{
	struct pending_question **before = desk->buckets, *pending, *next;
	size_t count = desk->bucket_count, i;

	desk->buckets = calloc(2 * count, sizeof(*desk->buckets));
	if (desk->buckets == NULL) {
		desk->buckets = before;
		return;
	}
	desk->bucket_count = 2 * count;
	for (i = 0; i < count; i++) {
		for (pending = before[i]; pending != NULL; pending = next) {
			next = pending->next;
			put_in_bucket(desk, pending);
		}
	}
	free(before);
}

static struct pending_question *
create_pending(struct inquiry_desk *desk, const char *name)
{
	size_t name_size = strlen(name) + 1;
	bool is_short = name_size <= SHORT_NAME;
	struct pending_question *pending;

	if (is_short)
		pending = stock_take(&desk->pendings, sizeof *pending + SHORT_NAME);
	else
		pending = memory_zeroed(sizeof *pending + name_size);
	if (pending == NULL)
		return NULL;
	pending->desk = desk;
	pending->is_short = is_short;
	list_init(&pending->inquiries);
	memcpy(pending->name, name, name_size);
	return pending;
}

static void
free_pending(struct pending_question *pending)
{
	if (pending->is_short)
		stock_give_back(&pending->desk->pendings, pending);
	else
		free(pending);
}

static void
forget_pending(struct pending_question *pending)
{
	struct pending_question **link = find_bucket(pending->desk, pending->hash);

	while (*link != pending)
		link = &(*link)->next;
	*link = pending->next;
	pending->desk->pending_count--;
}

/* ---- Answers ---- */

static void
hand_over(struct inquiry *inquiry, enum inquiry_source source, struct answer *answer,
	  uint32_t age)
{
	inquiry->pending = NULL;
	inquiry->known = NULL;
	inquiry->source = source;
	inquiry->age = age;
	inquiry->on_answer(inquiry, answer);
}

static struct answer *
find_stale(struct inquiry_desk *desk, const char *name, int type)
{
	if (desk->cache == NULL || !desk->may_be_stale)
		return NULL;
	return answer_cache_find_stale(desk->cache, name, type, clock_now());
}

static bool
is_failure_of_servers(const struct answer *answer)
{
	return answer != NULL && (answer->status == DNS_STATUS_TRY_AGAIN ||
				  answer->status == DNS_STATUS_NO_RECOVERY);
}

/* All who waited get it; some may abandon others meanwhile. */
static void
on_channel_answer(struct channel_query *query, struct answer *answer)
{
	struct pending_question *pending = container_of(query, struct pending_question, query);
	struct inquiry_desk *desk = pending->desk;
	enum inquiry_source source = INQUIRY_SERVER;
	struct answer *stale = NULL;
	struct list *link;

	forget_pending(pending);
	pending->is_answered = true;
	if (answer != NULL && desk->cache != NULL)
		answer_cache_store(desk->cache, pending->name, query->type, answer,
				   answer->received);
	if (is_failure_of_servers(answer))
		stale = find_stale(desk, pending->name, query->type);
	if (stale != NULL) {
		answer_release(answer);
		answer = stale;
		source = INQUIRY_STALE;
	}
	while ((link = list_pop(&pending->inquiries)) != NULL)
		hand_over(container_of(link, struct inquiry, link), source,
			  answer != NULL ? answer_retain(answer) : NULL, 0);
	answer_release(answer);
	free_pending(pending);
}

static void
hand_over_known(struct loop_task *task)
{
	struct inquiry_desk *desk = container_of(task, struct inquiry_desk, task);
	struct inquiry *inquiry;
	struct list *link;

	while ((link = list_pop(&desk->known)) != NULL) {
		inquiry = container_of(link, struct inquiry, link);
		hand_over(inquiry, inquiry->source, inquiry->known, inquiry->age);
	}
}

/* ---- Questions ---- */

/* What the cache knows: a failure of a moment ago is not to be tried again so soon (RFC
 * 9520), but then an older answer is better. */
static struct answer *
find_known(struct inquiry_desk *desk, struct inquiry *inquiry)
{
	struct answer *answer = NULL, *stale;

	inquiry->source = INQUIRY_CACHE;
	if (desk->cache != NULL && !inquiry->skips_cache)
		answer = answer_cache_find(desk->cache, inquiry->name, inquiry->type,
					   clock_now(), &inquiry->age);
	if (!is_failure_of_servers(answer))
		return answer;
	stale = find_stale(desk, inquiry->name, inquiry->type);
	if (stale == NULL)
		return answer;
	answer_release(answer);
	inquiry->source = INQUIRY_STALE;
	inquiry->age = 0;
	return stale;
}

/* No memory is an answer of NULL, later as any other. */
static void
deliver_later(struct inquiry_desk *desk, struct inquiry *inquiry, struct answer *answer)
{
	inquiry->known = answer;
	list_append(&desk->known, &inquiry->link);
	loop_defer(desk->loop, &desk->task);
}

static struct pending_question *
ask_channel(struct inquiry_desk *desk, const struct inquiry *inquiry, uint64_t hash)
{
	struct pending_question *pending = create_pending(desk, inquiry->name);

	if (pending == NULL)
		return NULL;
	pending->hash = hash;
	pending->query.name = pending->name;
	pending->query.type = inquiry->type;
	pending->query.on_answer = on_channel_answer;
	if (desk->pending_count++ >= desk->bucket_count)
		grow(desk);
	put_in_bucket(desk, pending);
	channel_ask(desk->channel, &pending->query);
	return pending;
}

void
inquiry_ask(struct inquiry_desk *desk, struct inquiry *inquiry)
{
	struct answer *known = find_known(desk, inquiry);
	uint64_t hash;

	inquiry->desk = desk;
	inquiry->pending = NULL;
	list_init(&inquiry->link);
	if (known != NULL) {
		deliver_later(desk, inquiry, known);
		return;
	}
	inquiry->source = INQUIRY_SERVER;
	hash = hash_question(desk, inquiry->name, inquiry->type);
	inquiry->pending = find_pending(desk, inquiry, hash);
	if (inquiry->pending == NULL)
		inquiry->pending = ask_channel(desk, inquiry, hash);
	if (inquiry->pending != NULL)
		list_append(&inquiry->pending->inquiries, &inquiry->link);
	else
		deliver_later(desk, inquiry, NULL);
}

void
inquiry_abandon(struct inquiry *inquiry)
{
	struct pending_question *pending = inquiry->pending;

	list_remove(&inquiry->link);
	answer_release(inquiry->known);
	inquiry->known = NULL;
	inquiry->pending = NULL;
	if (pending == NULL || pending->is_answered || !list_is_empty(&pending->inquiries))
		return;
	channel_abandon(inquiry->desk->channel, &pending->query);
	forget_pending(pending);
	free_pending(pending);
}

unsigned int
inquiry_count_tries(const struct inquiry *inquiry, struct server *server)
{
	if (inquiry->pending == NULL)
		return 0;
	return channel_count_tries(&inquiry->pending->query, server);
}

/* ---- Turns ---- */

bool
inquiry_desk_is_busy(struct inquiry_desk *desk)
{
	return channel_is_busy(desk->channel);
}

void
inquiry_desk_await_turn(struct inquiry_desk *desk, struct channel_turn *turn)
{
	channel_await_turn(desk->channel, turn);
}

void
inquiry_desk_give_up_turn(struct inquiry_desk *desk, struct channel_turn *turn)
{
	channel_give_up_turn(desk->channel, turn);
}

/* ---- Lifetime ---- */

struct inquiry_desk *
inquiry_desk_open(struct loop *loop, const struct channel_options *options,
		  struct answer_cache *cache, bool may_be_stale)
{
	struct inquiry_desk *desk = calloc(1, sizeof *desk);

	if (desk == NULL)
		return NULL;
	desk->loop = loop;
	desk->cache = cache;
	desk->may_be_stale = may_be_stale;
	hash_seed_init(&desk->seed);
	list_init(&desk->known);
	loop_task_init(&desk->task, hand_over_known);
	desk->bucket_count = BUCKETS_FIRST;
	desk->buckets = calloc(desk->bucket_count, sizeof(*desk->buckets));
	if (desk->buckets != NULL)
		desk->channel = channel_open(loop, options);
	if (desk->channel != NULL)
		return desk;
	free(desk->buckets);
	free(desk);
	return NULL;
}

void
inquiry_desk_close(struct inquiry_desk *desk)
{
	loop_task_clear(&desk->task);
	channel_close(desk->channel);
	stock_clear(&desk->pendings);
	stock_clear(&desk->lookups);
	free(desk->buckets);
	free(desk);
}

struct stock *
inquiry_desk_get_stock(struct inquiry_desk *desk)
{
	return &desk->lookups;
}

void
inquiry_desk_retire(struct inquiry_desk *desk)
{
	desk->cache = NULL;
}
