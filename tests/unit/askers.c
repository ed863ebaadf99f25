/* SPDX-License-Identifier: MIT */
#include "askers.h"

#include <stdio.h>

#include "answer.h"

struct wire wire;
struct asker askers[ASKERS];
struct tally answered = TALLY_INITIALIZER;

/* Whether a function of the channel is on the stack: no answer may come from within. */
static bool is_inside;

static void
on_answer(struct channel_query *query, struct answer *answer)
{
	struct asker *asker = container_of(query, struct asker, query);

	ck_assert(loop_is_current(wire.loop));
	ck_assert(!is_inside);
	ck_assert_ptr_nonnull(answer);
	ck_assert_int_eq(answer->status == DNS_STATUS_OK, answer->length > 0);
	asker->answers++;
	answer_release(asker->answer);
	asker->answer = answer;
	asker->status = answer->status;
	asker->data = answer->octets;
	asker->length = answer->length;
	if (asker->then != NULL)
		asker->then(asker);
	tally_add(&answered);
}

void
ask(struct asker *asker)
{
	asker->query.on_answer = on_answer;
	if (asker->query.type == 0)
		asker->query.type = WIRE_A;
	if (asker->query.name == NULL) {
		snprintf(asker->name, sizeof asker->name, "h%d.test", (int)(asker - askers));
		asker->query.name = asker->name;
	}
	is_inside = true;
	channel_ask(wire.channel, &asker->query);
	is_inside = false;
}

void
abandon(struct asker *asker)
{
	is_inside = true;
	channel_abandon(wire.channel, &asker->query);
	is_inside = false;
}

struct range {
	int first;
	int end;
};

static void
ask_range(void *data)
{
	const struct range *range = data;
	int i;

	for (i = range->first; i < range->end; i++)
		ask(&askers[i]);
}

static void
abandon_range(void *data)
{
	const struct range *range = data;
	int i;

	for (i = range->first; i < range->end; i++)
		abandon(&askers[i]);
}

void
ask_from_to(int first, int end)
{
	struct range range = { first, end };

	wire_run(&wire, ask_range, &range);
}

void
abandon_from_to(int first, int end)
{
	struct range range = { first, end };

	wire_run(&wire, abandon_range, &range);
}

void
expect_counts(unsigned int questions, unsigned int answers, unsigned int waiting,
	      unsigned int in_flight)
{
	ck_assert_uint_eq(atomic_load(&wire.counts.questions), questions);
	ck_assert_uint_eq(atomic_load(&wire.counts.answers), answers);
	ck_assert_uint_eq(atomic_load(&wire.counts.waiting), waiting);
	ck_assert_uint_eq(atomic_load(&wire.counts.in_flight), in_flight);
}

void
askers_set_up(void)
{
	wire_open(&wire);
	dns_server_add_address(wire.server, "*.test", "192.0.2.1", 300);
}

void
askers_tear_down(void)
{
	int i;

	wire_close(&wire);
	for (i = 0; i < ASKERS; i++)
		answer_release(askers[i].answer);
	ck_assert_uint_eq(atomic_load(&wire.counts.in_flight), 0);
	ck_assert_uint_eq(atomic_load(&wire.counts.waiting), 0);
}

void
expect_one_answer_each(int first, int end)
{
	int i;

	for (i = first; i < end; i++) {
		ck_assert_uint_eq(askers[i].answers, 1);
		ck_assert_int_eq(askers[i].status, DNS_STATUS_OK);
	}
}
