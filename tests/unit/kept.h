/* SPDX-License-Identifier: MIT */
/* What a cache is filled with, for the rooms that look into one. */
#ifndef TESTS_UNIT_KEPT_H
#define TESTS_UNIT_KEPT_H

#include "answer_cache.h"
#include "replies.h"

enum { A = 1, PTR = 12, MX = 15, AAAA = 28 };

#define REVERSE "1.2.0.192.in-addr.arpa"

/* To be set by the test: where to, and when. */
struct kept {
	struct answer_cache *cache;
	int64_t now;
};

extern struct kept kept;

/* Takes over the reference. */
void keep(const char *name, int type, struct answer *answer);
/* A response that has come so many seconds ago, with an address, or without one. */
void keep_address(const char *name, int type, const char *address, uint32_t ttl, int age);
/* 192.0.2.1 with 200 seconds left, and 2001:db8::1 with 250. */
void keep_both(const char *name);
/* Of both types. */
void keep_no_name(const char *name);
/* Of REVERSE. */
void keep_pointer(const char *name, uint32_t ttl);

#endif
