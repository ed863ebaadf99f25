/* SPDX-License-Identifier: MIT */
/* Random steps, compared with a model that is too simple to be wrong: an array in the
 * order in which entries go, searched from one end to the other. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer_cache.h"
#include "answer_table.h"
#include "replies.h"
#include "rooms.h"

#define SECOND INT64_C(1000)
#define DAY (86400 * SECOND)
#define STEPS 100000
#define NAMES 20
#define SPARED 8

struct model_entry {
	unsigned int name;
	int type;
	bool was_used;
	struct answer *good, *failure; /* borrowed: never looked into, and perhaps freed */
	bool is_positive;
	int64_t good_until, failure_until, failure_time;
	size_t good_octets, failure_octets;
};

struct model {
	size_t maximum, count;
	struct model_entry entries[64];
};

/* What is stored: how long it is good, or what else it is. */
struct sample {
	enum { POSITIVE, NEGATIVE, FAILURE, UNFIT } kind;
	unsigned int name;
	int type;
	uint32_t seconds;
	struct answer *answer;
};

static const int types[] = { PACKET_A, PACKET_AAAA, PACKET_TXT };
static struct dice dice;
static int64_t now;

static const char *
name_of(unsigned int number)
{
	static char name[32];

	snprintf(name, sizeof name, "host%u.example", number);
	return name;
}

static struct model_entry *
model_find(struct model *model, unsigned int name, int type)
{
	size_t i;

	for (i = 0; i < model->count; i++)
		if (model->entries[i].name == name && model->entries[i].type == type)
			return &model->entries[i];
	return NULL;
}

static void
model_remove(struct model *model, struct model_entry *entry)
{
	size_t at = (size_t)(entry - model->entries);

	memmove(entry, entry + 1, (model->count - at - 1) * sizeof *entry);
	model->count--;
}

static void
model_append(struct model *model, const struct model_entry *entry)
{
	model->entries[model->count++] = *entry;
}

static size_t
octets_of(const struct model_entry *entry)
{
	return sizeof(struct answer_entry) + strlen(name_of(entry->name)) +
	       entry->good_octets + entry->failure_octets;
}

static size_t
octets_of_all(const struct model *model)
{
	size_t octets = 0, i;

	for (i = 0; i < model->count; i++)
		octets += octets_of(&model->entries[i]);
	return octets;
}

static void
model_make_room(struct model *model, size_t octets)
{
	struct model_entry first;
	int spared;

	while (model->count > 0 &&
	       (model->count == model->maximum ||
		octets_of_all(model) + octets > 16384 + 1024 * model->maximum)) {
		for (spared = 0; spared < SPARED && model->entries[0].was_used; spared++) {
			first = model->entries[0];
			first.was_used = false;
			model_remove(model, &model->entries[0]);
			model_append(model, &first);
		}
		model_remove(model, &model->entries[0]);
	}
}

static void
model_set_failure(struct model_entry *entry, const struct sample *sample,
		  const struct model_entry *old)
{
	size_t octets = sizeof *sample->answer + sample->answer->length;

	entry->failure = sample->answer;
	entry->failure_octets = octets;
	entry->failure_time = SECOND;
	entry->failure_until = now + SECOND;
	if (old == NULL)
		return;
	if (old->good != NULL &&
	    now < old->good_until + (old->is_positive ? DAY : 0)) {
		entry->good = old->good;
		entry->good_octets = old->good_octets;
		entry->good_until = old->good_until;
		entry->is_positive = old->is_positive;
	}
	if (old->failure == NULL || now >= old->failure_until + 300 * SECOND)
		return;
	entry->failure_time = old->failure_time;
	entry->failure_until = old->failure_until;
	if (now < old->failure_until)
		return;
	entry->failure_time *= 2;
	if (entry->failure_time == 32 * SECOND || entry->failure_time == 60 * SECOND)
		entry->failure_time = 30 * SECOND;
	entry->failure_until = now + entry->failure_time;
}

static void
model_store(struct model *model, const struct sample *sample)
{
	struct model_entry *old = model_find(model, sample->name, sample->type);
	struct model_entry entry = { .name = sample->name, .type = sample->type };

	if (sample->kind == UNFIT)
		return;
	if (sample->kind == FAILURE) {
		model_set_failure(&entry, sample, old);
	} else {
		entry.good = sample->answer;
		entry.good_octets = sizeof *sample->answer + sample->answer->length;
		entry.is_positive = sample->kind == POSITIVE;
		entry.good_until = sample->answer->received + sample->seconds * SECOND;
	}
	if (old != NULL)
		model_remove(model, old);
	if (sample->kind != FAILURE &&
	    (sample->seconds == 0 || sample->answer->length > 16384))
		return;
	model_make_room(model, octets_of(&entry));
	model_append(model, &entry);
}

static struct answer *
model_use(struct model_entry *entry, bool is_stale)
{
	struct answer *answer = NULL;

	if (entry == NULL)
		return NULL;
	if (entry->good != NULL && now < entry->good_until)
		answer = entry->good;
	else if (entry->failure != NULL && now < entry->failure_until)
		answer = entry->failure;
	if (is_stale)
		answer = entry->good != NULL && entry->is_positive &&
					 now < entry->good_until + DAY ?
				 entry->good :
				 NULL;
	if (answer != NULL)
		entry->was_used = true;
	return answer;
}

static void
make_response(struct sample *sample, uint32_t ttl)
{
	static const char padding[20000];
	static struct packet packet;
	size_t length = dice_roll(&dice, 8) > 0 ? 20 : dice_roll(&dice, sizeof padding);

	packet_begin(&packet, sample->kind == NEGATIVE ? REPLIES_NXDOMAIN : REPLIES_NOERROR,
		     name_of(sample->name), (unsigned int)sample->type);
	if (sample->kind == POSITIVE)
		packet_add_record(&packet, name_of(sample->name),
				  (unsigned int)sample->type, ttl, padding, length);
	if (sample->kind == NEGATIVE)
		replies_add_soa(&packet, "example", ttl, ttl);
	sample->seconds = sample->kind == NEGATIVE && ttl > 10800 ? 10800 : ttl;
	sample->answer = replies_take(&packet, now - dice_roll(&dice, 5000));
}

static void
take_sample(struct sample *sample)
{
	static const uint32_t ttls[] = { 0, 1, 5, 60, 3600, 20000, 86400 };

	sample->name = dice_roll(&dice, NAMES);
	sample->type = types[dice_roll(&dice, 3)];
	sample->kind = dice_roll(&dice, 4);
	if (sample->kind == FAILURE)
		sample->answer = replies_failure(DNS_STATUS_TRY_AGAIN);
	else
		make_response(sample, ttls[dice_roll(&dice, 7)]);
}

/* Mostly nothing, sometimes more than what anything is kept for. */
static void
let_time_pass(void)
{
	static const unsigned int most[] = { 2, 1000, 2000, 40000, 400000, 10000000, 100000000 };

	if (dice_roll(&dice, 4) == 0)
		now += dice_roll(&dice, most[dice_roll(&dice, 7)]);
}

static void
step_find(struct answer_cache *cache, struct model *model)
{
	unsigned int name = dice_roll(&dice, NAMES);
	int type = types[dice_roll(&dice, 3)];
	bool is_stale = dice_roll(&dice, 4) == 0;
	struct answer *expected = model_use(model_find(model, name, type), is_stale), *found;
	uint32_t age;

	if (is_stale)
		found = answer_cache_find_stale(cache, name_of(name), type, now);
	else
		found = answer_cache_find(cache, name_of(name), type, now, &age);
	expect(found == expected, "what is found");
	answer_release(found);
}

static void
step_store(struct answer_cache *cache, struct model *model)
{
	struct sample sample;

	take_sample(&sample);
	answer_cache_store(cache, name_of(sample.name), sample.type, sample.answer, now);
	model_store(model, &sample);
	answer_release(sample.answer);
}

START_TEST(a_cache_is_what_the_model_is)
{
	struct answer_cache *cache = answer_cache_create((size_t)_i);
	struct model model = { .maximum = (size_t)_i };
	unsigned int i;

	dice_init(&dice);
	now = 1000000;
	for (i = 0; i < STEPS; i++) {
		let_time_pass();
		if (dice_roll(&dice, 5000) == 0) {
			answer_cache_flush(cache);
			model.count = 0;
		} else if (dice_roll(&dice, 2) == 0) {
			step_store(cache, &model);
		} else {
			step_find(cache, &model);
		}
	}
	answer_cache_free(cache);
}
END_TEST

void
answer_cache_model_tests(TCase *tests)
{
	static const int sizes[] = { 1, 2, 7, 30, 60, 64 };
	size_t i;

	for (i = 0; i < sizeof sizes / sizeof *sizes; i++)
		tcase_add_loop_test(tests, a_cache_is_what_the_model_is, sizes[i],
				    sizes[i] + 1);
}
