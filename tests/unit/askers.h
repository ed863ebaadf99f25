/* SPDX-License-Identifier: MIT */
/* Many who ask a channel: what the tests of the channel share. */
#ifndef TESTS_UNIT_ASKERS_H
#define TESTS_UNIT_ASKERS_H

#include "unit.h"
#include "wire.h"

#define ASKERS 10000

/* The scripted server has an address for every name below test. */
extern struct wire wire;

/* One who asks; on the loop's thread but for setting it up. */
struct asker {
	struct channel_query query;
	char name[32];
	unsigned int answers;
	struct answer *answer;	/* the last */
	DnsStatus status;
	const uint8_t *data;
	size_t length;
	void (*then)(struct asker *asker);
};

extern struct asker askers[ASKERS];

/* Counts all answers. */
extern struct tally answered;

/* Each asks for "hN.test", N its number, unless it has a name. On the loop. */
void ask(struct asker *asker);
void abandon(struct asker *asker);

/* From any other thread: askers from the first to before the last. Nobody at all is asked
 * or abandoned by 0, 0; but a turn has gone by. */
void ask_from_to(int first, int end);
void abandon_from_to(int first, int end);

void expect_counts(unsigned int questions, unsigned int answers, unsigned int waiting,
		   unsigned int in_flight);
void expect_one_answer_each(int first, int end);

void askers_set_up(void);
void askers_tear_down(void);

#endif
