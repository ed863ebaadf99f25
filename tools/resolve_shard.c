/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_shard.h"

#include "resolve_hash.h"

#define COUNT_LIMIT 1000000000

/* Moves *text behind the number; 0: there is none, or it is too large. */
static uint64_t
number_read(const char **text)
{
	uint64_t number = 0;

	for (; **text >= '0' && **text <= '9'; ++*text) {
		number = number * 10 + (uint64_t)(**text - '0');
		if (number > COUNT_LIMIT)
			return 0;
	}
	return number;
}

bool
shard_read(struct shard *shard, const char *text)
{
	uint64_t number = number_read(&text), count;

	if (number == 0 || *text++ != '/')
		return false;
	count = number_read(&text);
	if (*text != '\0' || number > count)
		return false;
	*shard = (struct shard){.number = number - 1, .count = count};
	return true;
}

bool
shard_has(const struct shard *shard, const struct item *item)
{
	return shard->count == 0 ||
	       hash_bytes(item->name, item->length) % shard->count == shard->number;
}
