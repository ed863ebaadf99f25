/* SPDX-License-Identifier: MIT */
/* inquiry: one question that somebody has. What the cache knows is not asked for again,
 * and who asks what is being asked already waits for the same answer; each may leave
 * before it comes, and the last who leaves takes the question along. When the servers
 * fail, what they said earlier is better than nothing (RFC 8767). On the loop's thread. */
#ifndef ASYNCDNS_INQUIRY_H
#define ASYNCDNS_INQUIRY_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"
#include "server_list.h"

struct answer;
struct answer_cache;
struct channel_options;
struct channel_turn;
struct loop;
struct pending_question;
struct stock;

enum inquiry_source {
	INQUIRY_SERVER,
	INQUIRY_CACHE,
	INQUIRY_STALE
};

/* Where questions are asked: of one channel. */
struct inquiry_desk;

struct inquiry {
	/* To be set by the asker. The name, in normal form, must stay until the answer. */
	const char *name;
	int type;
	bool skips_cache;	/* what is known is not wanted */
	/* Called once, later, unless abandoned, with a reference to the answer; NULL: no
	 * memory. */
	void (*on_answer)(struct inquiry *inquiry, struct answer *answer);

	/* Of the answer, for on_answer. */
	enum inquiry_source source;
	uint32_t age;		/* seconds; of a stale one 0 */

	/* The desk's. */
	struct inquiry_desk *desk;
	struct list link;
	struct pending_question *pending;
	struct answer *known;	/* to be handed over */
};

/* The cache may be NULL: nothing is known, and nothing kept. May stale answers be given?
 * NULL: no memory. */
struct inquiry_desk *inquiry_desk_open(struct loop *loop, const struct channel_options *options,
				       struct answer_cache *cache, bool may_be_stale);
/* For the memory of lookups, while the desk is open. */
struct stock *inquiry_desk_get_stock(struct inquiry_desk *desk);
/* Nobody asks any more. */
void inquiry_desk_close(struct inquiry_desk *desk);
/* The servers are no longer those of the configuration: their answers are not kept. */
void inquiry_desk_retire(struct inquiry_desk *desk);

/* Those who would have to wait need not ask before it is their turn (see channel.h). */
bool inquiry_desk_is_busy(struct inquiry_desk *desk);
void inquiry_desk_await_turn(struct inquiry_desk *desk, struct channel_turn *turn);
void inquiry_desk_give_up_turn(struct inquiry_desk *desk, struct channel_turn *turn);

void inquiry_ask(struct inquiry_desk *desk, struct inquiry *inquiry);
/* One that was asked and has not been answered: it will not be. */
void inquiry_abandon(struct inquiry *inquiry);

/* Of one that waits for an answer: how often a server was sent the question so far, and,
 * if it was, which one last. */
unsigned int inquiry_count_tries(const struct inquiry *inquiry, struct server *server);

#endif
