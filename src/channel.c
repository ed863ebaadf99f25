/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "channel.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "clock.h"
#include "loop.h"
#include "message.h"
#include "transport.h"

/* So many questions go out between two looks at the sockets, lest the answers to a burst
 * fill our own buffer. */
#define BURST 128

struct channel {
	struct loop *loop;
	struct loop_task task;		/* sends what waits */
	struct timer recheck;		/* for room, when nothing else happens */
	struct channel_counts *counts;
	int timeout;

	struct server_list servers;
	bool rotates;
	size_t turns;			/* of those that go first */
	size_t server_count;	/* of those that have a transport */
	struct transport *transports[SERVER_LIST_MAXIMUM];

	struct list waiting;		/* queries that wait for room */
	unsigned int waiting_count;
	struct list callers;		/* those who have yet to ask */
	struct window window;
	unsigned int flights;
};

static void
count(atomic_ullong *counter, long long change)
{
	atomic_fetch_add_explicit(counter, (unsigned long long)change, memory_order_relaxed);
}

/* Does anybody wait for room? */
static bool
is_awaited(const struct channel *channel)
{
	return !list_is_empty(&channel->waiting) || !list_is_empty(&channel->callers);
}

static bool
has_room(struct channel *channel)
{
	return window_room(&channel->window) > 0 &&
	       channel->flights < CHANNEL_FLIGHTS_MAXIMUM;
}

static void
send_soon(struct channel *channel)
{
	if (is_awaited(channel))
		loop_defer(channel->loop, &channel->task);
}

/* ---- A question ---- */

static void
abandon_flights(struct channel_query *query)
{
	size_t i;

	for (i = 0; i < query->servers_asked; i++) {
		if (query->flights[i] != NULL)
			transport_abandon(query->flights[i]);
		query->flights[i] = NULL;
	}
}

/* Which of the channel's servers is the query's first, second, ... */
static uint8_t
number_of_server(const struct channel_query *query, size_t i)
{
	return (uint8_t)((query->first_server + i) % query->channel->server_count);
}

static bool
is_in_flight(const struct channel_query *query)
{
	size_t i;

	for (i = 0; i < query->servers_asked; i++)
		if (query->flights[i] != NULL)
			return true;
	return false;
}

/* The query is over for the channel; there may be room for another. */
static void
withdraw(struct channel_query *query)
{
	struct channel *channel = query->channel;

	abandon_flights(query);
	window_leave(&channel->window, &query->place);
	loop_timer_clear(channel->loop, &query->next_server);
	send_soon(channel);
}

/* The last that is said of a query; takes over the reference. */
static void
hand_over(struct channel_query *query, struct answer *answer)
{
	struct channel *channel = query->channel;

	withdraw(query);
	if (answer != NULL) {
		answer->received = clock_now();
		answer->tries = (unsigned int)query->servers_asked + query->repeats;
		answer->discarded = query->discarded;
		answer->unanswered = query->unanswered;
		answer->rcode = query->rcode;
		if (query->servers_asked > 0)
			answer->server = channel->servers.servers[query->server];
	}
	query->on_answer(query, answer);
}

static void
fail(struct channel_query *query)
{
	if (query->failure == DNS_STATUS_NO_MEMORY)
		hand_over(query, NULL);
	else
		hand_over(query, answer_create(query->failure, NULL, 0));
}

/* What is worth another try counts more than a refusal. */
static void
note_failure(struct channel_query *query, DnsStatus status)
{
	if (query->failure != DNS_STATUS_TRY_AGAIN)
		query->failure = status;
}

/* Asks the next server that can be asked; when there is none left, and none may still
 * answer, that was all. */
static void
ask_next_server(struct channel_query *query)
{
	struct channel *channel = query->channel;
	DnsStatus status = DNS_STATUS_TRY_AGAIN;
	size_t i;

	loop_timer_clear(channel->loop, &query->next_server);
	while (status != DNS_STATUS_OK && query->servers_asked < channel->server_count) {
		i = query->servers_asked++;
		status = transport_send(channel->transports[number_of_server(query, i)],
					query->name, query->type, query, &query->flights[i]);
		if (status != DNS_STATUS_OK) {
			query->flights[i] = NULL;
			note_failure(query, status);
		}
	}
	if (status == DNS_STATUS_OK) {
		channel->flights++;
		count(&channel->counts->questions, 1);
		count(&channel->counts->in_flight, 1);
		if (query->servers_asked < channel->server_count)
			loop_timer_set(channel->loop, &query->next_server,
				       clock_after(channel->timeout));
	} else if (!is_in_flight(query)) {
		fail(query);
	}
}

static void
on_next_server(struct timer *timer)
{
	struct channel_query *query = container_of(timer, struct channel_query, next_server);

	window_shrink(&query->channel->window);
	ask_next_server(query);
}

/* Is it an answer, or has the server failed? */
static DnsStatus
judge(struct channel_query *query, const struct answer *answer)
{
	struct message message;
	DnsStatus status;

	message_open(&message, answer->octets, answer->length);
	/* A datagram that is truncated does not come here. */
	if (message.malformed || (message.flags & FLAG_TRUNCATED) != 0)
		return DNS_STATUS_NO_RECOVERY;
	query->rcode = (uint16_t)message.rcode;
	if (message.records[SECTION_ADDITIONAL] > 0) /* else there are no upper bits to look for */
		query->rcode = (uint16_t)message_extended_rcode(&message);
	status = message_status_of_rcode(query->rcode);
	return status == DNS_STATUS_HOST_NOT_FOUND ? DNS_STATUS_OK : status;
}

static void
on_landed(void *owner, struct flight *flight, DnsStatus status, struct answer *answer,
	  unsigned int repeats)
{
	struct channel_query *query = owner;
	struct channel *channel = query->channel;
	uint8_t i;

	for (i = 0; query->flights[i] != flight; i++)
		continue;
	query->flights[i] = NULL;
	query->server = number_of_server(query, i);
	query->repeats += (uint16_t)repeats;
	query->repeats += (uint16_t)transport_count_refusals(flight);
	query->discarded += (uint16_t)transport_count_refusals(flight);
	if (repeats > 0 || status == DNS_STATUS_TIMED_OUT)
		window_shrink(&channel->window);
	else
		window_grow(&channel->window, is_awaited(channel));
	if (status == DNS_STATUS_OK)
		status = judge(query, answer);
	if (status == DNS_STATUS_OK) {
		hand_over(query, answer);
		return;
	}
	if (answer != NULL)
		query->discarded++;
	if (status == DNS_STATUS_TIMED_OUT) {
		query->unanswered++;
		status = DNS_STATUS_TRY_AGAIN;
	}
	answer_release(answer);
	note_failure(query, status);
	ask_next_server(query);
}

static void
on_flight_over(void *context, bool was_answered)
{
	struct channel *channel = context;

	channel->flights--;
	if (was_answered)
		count(&channel->counts->answers, 1);
	count(&channel->counts->in_flight, -1);
	send_soon(channel);
}

/* ---- The queue ---- */

static void
hold_transports(struct channel *channel, bool is_held)
{
	size_t i;

	for (i = 0; i < channel->server_count; i++)
		transport_hold(channel->transports[i], is_held);
}

static void
leave_queue(struct channel *channel, struct channel_query *query)
{
	list_remove(&query->link);
	query->is_waiting = false;
	channel->waiting_count--;
	count(&channel->counts->waiting, -1);
}

static void
send_first(struct channel *channel)
{
	struct channel_query *query;

	query = container_of(channel->waiting.next, struct channel_query, link);
	leave_queue(channel, query);
	window_enter(&channel->window, &query->place);
	ask_next_server(query);
}

/* It may ask, or have learned meanwhile what it wanted to know. */
static void
call_first(struct channel *channel)
{
	struct channel_turn *turn;

	turn = container_of(channel->callers.next, struct channel_turn, link);
	channel_give_up_turn(channel, turn);
	turn->on_turn(turn);
}

static void
send_burst(struct channel *channel)
{
	unsigned int sent = 0, called = 0;

	while (sent < BURST && called < BURST && has_room(channel)) {
		if (!list_is_empty(&channel->waiting)) {
			send_first(channel);
			sent++;
		} else if (!list_is_empty(&channel->callers)) {
			call_first(channel);
			called++;
		} else {
			return;
		}
	}
}

static void
send_waiting(struct loop_task *task)
{
	struct channel *channel = container_of(task, struct channel, task);

	hold_transports(channel, true);
	send_burst(channel);
	hold_transports(channel, false);
	if (!is_awaited(channel))
		return;
	if (has_room(channel))
		loop_defer(channel->loop, &channel->task);
	else
		loop_timer_set(channel->loop, &channel->recheck,
			       window_room_due(&channel->window));
}

static void
on_recheck(struct timer *timer)
{
	send_soon(container_of(timer, struct channel, recheck));
}

void
channel_ask(struct channel *channel, struct channel_query *query)
{
	query->channel = channel;
	query->is_waiting = true;
	query->servers_asked = 0;
	query->first_server = 0;
	if (channel->rotates && channel->server_count > 0)
		query->first_server = (uint8_t)(channel->turns++ % channel->server_count);
	query->server = query->rcode = 0;
	query->repeats = query->discarded = query->unanswered = 0;
	query->failure = DNS_STATUS_NO_RECOVERY;
	if (channel->server_count == 0)
		query->failure = DNS_STATUS_NO_SERVERS;
	timer_init(&query->next_server, on_next_server);
	window_place_init(&query->place);
	list_append(&channel->waiting, &query->link);
	channel->waiting_count++;
	count(&channel->counts->waiting, 1);
	loop_defer(channel->loop, &channel->task);
}

bool
channel_is_busy(struct channel *channel)
{
	return !list_is_empty(&channel->callers) || !has_room(channel) ||
	       channel->waiting_count >= window_room(&channel->window);
}

void
channel_await_turn(struct channel *channel, struct channel_turn *turn)
{
	list_append(&channel->callers, &turn->link);
	count(&channel->counts->waiting, turn->questions);
	loop_defer(channel->loop, &channel->task);
}

void
channel_give_up_turn(struct channel *channel, struct channel_turn *turn)
{
	list_remove(&turn->link);
	count(&channel->counts->waiting, -(long long)turn->questions);
}

void
channel_abandon(struct channel *channel, struct channel_query *query)
{
	if (query->is_waiting)
		leave_queue(channel, query);
	else
		withdraw(query);
}

unsigned int
channel_count_tries(const struct channel_query *query, struct server *server)
{
	unsigned int tries = (unsigned int)query->servers_asked + query->repeats;
	size_t i;

	if (query->servers_asked > 0)
		*server = query->channel->servers.servers[number_of_server(
			query, query->servers_asked - 1)];
	for (i = 0; i < query->servers_asked; i++)
		if (query->flights[i] != NULL)
			tries += transport_count_refusals(query->flights[i]);
	return tries;
}

/* ---- Lifetime ---- */

struct channel *
channel_open(struct loop *loop, const struct channel_options *options)
{
	struct channel *channel = calloc(1, sizeof *channel);
	struct transport_options settings = { .timeout = options->timeout,
					      .tries = options->tries,
					      .use_tcp = options->use_tcp,
					      .edns = options->edns,
					      .keep_case = options->keep_case,
					      .packets = options->packets,
					      .on_landed = on_landed,
					      .on_over = on_flight_over,
					      .context = channel };
	size_t i;

	if (channel == NULL)
		return NULL;
	channel->loop = loop;
	channel->counts = options->counts;
	channel->timeout = options->timeout;
	channel->servers = *options->servers;
	channel->rotates = options->rotate;
	window_init(&channel->window, options->timeout);
	list_init(&channel->waiting);
	list_init(&channel->callers);
	loop_task_init(&channel->task, send_waiting);
	timer_init(&channel->recheck, on_recheck);
	for (i = 0; i < options->servers->count; i++) {
		settings.server = &options->servers->servers[i];
		channel->transports[i] = transport_open(loop, &settings);
		if (channel->transports[i] == NULL) {
			channel_close(channel);
			return NULL;
		}
		channel->server_count++;
	}
	return channel;
}

void
channel_close(struct channel *channel)
{
	size_t i;

	loop_task_clear(&channel->task);
	loop_timer_clear(channel->loop, &channel->recheck);
	for (i = 0; i < channel->server_count; i++)
		transport_close(channel->transports[i]);
	free(channel);
}
