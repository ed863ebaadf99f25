/* SPDX-License-Identifier: MIT */
/* How many questions have come, by name and type, without memory for each question. Names
 * are told apart by their 64-bit hashes. */
#ifndef TESTS_SUPPORT_QUESTION_COUNT_H
#define TESTS_SUPPORT_QUESTION_COUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ANY_NAME UINT64_C(0)	/* no name's hash */

struct question_count {
	uint64_t key;		/* 0: free */
	unsigned int all;
	unsigned int tcp;
};

struct question_counts {
	struct question_count *slots;
	size_t slot_count;	/* a power of two */
	size_t used;
};

void question_counts_init(struct question_counts *);
void question_counts_destroy(struct question_counts *);
/* Counts for the name and type, and for the name and type 0. */
void question_counts_add(struct question_counts *, uint64_t name_hash, int type,
			 bool is_tcp);
struct question_count question_counts_get(const struct question_counts *,
					  uint64_t name_hash, int type);

#endif
