/* SPDX-License-Identifier: MIT */
/* answer_cache: answers of earlier questions, for as long as they are good. All functions
 * are safe from any thread; none blocks for longer than a few entries are looked at.
 *
 * Names are in normal form. Times are those of clock_now, handed in: the room never asks
 * the clock. */
#ifndef ASYNCDNS_ANSWER_CACHE_H
#define ASYNCDNS_ANSWER_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "answer.h"

/* How long past its time an answer may still be served when all servers fail (RFC 8767 5:
 * one to three days), and what its TTL is then said to be (RFC 8767 4); in seconds. */
#define ANSWER_CACHE_STALE_MAXIMUM 86400
#define ANSWER_CACHE_STALE_TIME_TO_LIVE 30

struct answer_cache;

/* For at most so many names and types (2^24 if more), and 1 KiB for each on average; 0: it
 * keeps none. From 256 on they are divided into shares by the hash of the name, so that a
 * few may go before it is full. NULL: no memory. */
struct answer_cache *answer_cache_create(size_t maximum);
void answer_cache_free(struct answer_cache *cache); /* NULL: nothing happens */

/* An answer that is still good, with a reference; NULL: there is none. It may be one that
 * says that servers failed a moment ago: then answer_cache_find_stale may know better.
 * Age: whole seconds since it was received, by which its TTLs have gone down. */
struct answer *answer_cache_find(struct answer_cache *cache, const char *name, int type,
				 int64_t now, uint32_t *age);

/* The last positive answer, with a reference, even though its time is over: for when all
 * servers have failed. NULL: there is none. */
struct answer *answer_cache_find_stale(struct answer_cache *cache, const char *name,
				       int type, int64_t now);

/* Keeps a reference of its own to the answer, if there is anything in it to be kept.
 *
 * What a response says replaces what was known. A failure (TRY_AGAIN, NO_RECOVERY) is kept
 * beside it, for a second at first and twice as long for each that follows, up to half a
 * minute. All else leaves the cache as it is. */
void answer_cache_store(struct answer_cache *cache, const char *name, int type,
			struct answer *answer, int64_t now);

void answer_cache_flush(struct answer_cache *cache);

#endif
