/* SPDX-License-Identifier: MIT */
/* What becomes of a question: counted, dropped, kept at a gate, delayed, answered. */
#include "dns_server_impl.h"

#include "dns_message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define FIRST_DELAYED_SIZE 64

static int64_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void
add_number(struct dns_number_set *set, unsigned int number)
{
	uint8_t bit = (uint8_t)(1u << (number & 7));

	if ((set->bits[number >> 3] & bit) == 0) {
		set->bits[number >> 3] |= bit;
		set->count++;
	}
}

static void
count_question(struct dns_server *server, const struct dns_origin *origin,
	       const struct dns_question *question)
{
	bool is_tcp = origin->connection != NULL;
	struct dns_walk walk = {.name = &question->name};
	uint64_t own = dns_name_hash(&question->name);
	const struct dns_entry *entry;

	question_counts_add(&server->counts, ANY_NAME, question->type, is_tcp);
	question_counts_add(&server->counts, own, question->type, is_tcp);
	while ((entry = dns_zone_walk(&server->zone, &walk)) != NULL)
		if (entry->hash != own)
			question_counts_add(&server->counts, entry->hash, question->type,
					    is_tcp);
	if (!is_tcp) {
		add_number(&server->source_ports, ntohs(origin->address.sin_port));
		add_number(&server->ids, (unsigned int)question->message[0] << 8 |
						 question->message[1]);
	}
	server->has_news = true;
}

static int
get_setting(const struct dns_server *server, const struct dns_question *question,
	    enum dns_setting setting, int otherwise)
{
	const int *value = dns_zone_find_setting(&server->zone, &question->name,
						 question->type, setting);

	return value == NULL ? otherwise : *value;
}

static bool
drop_question(struct dns_server *server, const struct dns_question *question)
{
	int *drops = dns_zone_find_setting(&server->zone, &question->name, question->type,
					   SETTING_DROPS);

	if (drops == NULL || *drops <= 0)
		return false;
	--*drops;
	return true;
}

static bool
exceeds_limit(struct dns_server *server)
{
	int64_t second = 1000000000, time;

	if (server->limit == 0)
		return false;
	time = now();
	if (server->limit_due < time)
		server->limit_due = time;
	if (server->limit_due - time > second / 10)
		return true;
	server->limit_due += second / server->limit;
	return false;
}

static bool
is_lost(struct dns_server *server, const struct dns_origin *origin)
{
	if (server->loss == 0 || origin->connection != NULL)
		return false;
	server->lot = server->lot * 6364136223846793005u + 1442695040888963407u;
	return (server->lot >> 33) % 100 < server->loss;
}

static struct dns_gate *
find_held_gate(const struct dns_server *server, const struct dns_question *question)
{
	struct dns_walk walk = {.name = &question->name};
	const struct dns_entry *entry;

	if (server->gates == NULL)
		return NULL;
	while ((entry = dns_zone_walk(&server->zone, &walk)) != NULL)
		if (entry->gate != NULL && entry->gate->is_held)
			return entry->gate;
	return NULL;
}

static struct dns_waiting *
make_waiting(const struct dns_origin *origin, const uint8_t *message, size_t length)
{
	struct dns_waiting *waiting = dns_allocate(sizeof(*waiting) + length);

	waiting->origin = *origin;
	waiting->length = length;
	memcpy(waiting->message, message, length);
	if (origin->connection != NULL)
		origin->connection->references++;
	return waiting;
}

static void
free_waiting(struct dns_waiting *waiting)
{
	if (waiting->origin.connection != NULL)
		waiting->origin.connection->references--;
	free(waiting);
}

static bool
is_before(const struct dns_waiting *a, const struct dns_waiting *b)
{
	return a->due != b->due ? a->due < b->due : a->sequence < b->sequence;
}

static void
push_delayed(struct dns_delayed *delayed, struct dns_waiting *waiting)
{
	size_t i = delayed->count++;

	if (i == delayed->size) {
		delayed->size = i == 0 ? FIRST_DELAYED_SIZE : 2 * i;
		delayed->items = dns_reallocate(delayed->items,
						delayed->size * sizeof(*delayed->items));
	}
	waiting->sequence = delayed->sequence++;
	while (i > 0 && is_before(waiting, delayed->items[(i - 1) / 2])) {
		delayed->items[i] = delayed->items[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	delayed->items[i] = waiting;
}

static struct dns_waiting *
pop_delayed(struct dns_delayed *delayed)
{
	struct dns_waiting *top = delayed->items[0];
	struct dns_waiting *last = delayed->items[--delayed->count];
	size_t i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= delayed->count)
			break;
		if (child + 1 < delayed->count &&
		    is_before(delayed->items[child + 1], delayed->items[child]))
			child++;
		if (!is_before(delayed->items[child], last))
			break;
		delayed->items[i] = delayed->items[child];
		i = child;
	}
	delayed->items[i] = last;
	return top;
}

/* The loopback takes datagrams at once; if it ever does not, wait for it rather than lose
 * an answer that no test wanted lost. */
static void
send_datagram(struct dns_server *server, const struct dns_origin *origin, size_t length)
{
	const struct sockaddr *address = (const struct sockaddr *)&origin->address;
	struct pollfd writable = {.fd = server->udp, .events = POLLOUT};

	while (sendto(server->udp, server->answer + 2, length, MSG_DONTWAIT, address,
		      sizeof(origin->address)) < 0) {
		if (errno != EINTR && errno != EAGAIN)
			return;
		poll(&writable, 1, 100);
	}
}

/* Sends the answer that stands in server->answer behind the length. */
static void
send_answer(struct dns_server *server, const struct dns_origin *origin, size_t length)
{
	if (origin->connection == NULL) {
		send_datagram(server, origin, length);
		return;
	}
	server->answer[0] = (uint8_t)(length >> 8);
	server->answer[1] = (uint8_t)length;
	dns_stream_send(origin->connection, server->answer, 2 + length);
}

static size_t
build_answer(struct dns_server *server, const struct dns_question *question, bool is_tcp,
	     int misbehaviour)
{
	return dns_answer_build(&server->zone, question, is_tcp, misbehaviour,
				server->answer + 2,
				is_tcp ? DNS_MESSAGE_SIZE : question->udp_size);
}

static void
answer_question(struct dns_server *server, const struct dns_origin *origin,
		const struct dns_question *question)
{
	bool is_tcp = origin->connection != NULL;
	int misbehaviour = get_setting(server, question, SETTING_MISBEHAVIOUR, 0);
	size_t length;

	if ((misbehaviour & ANSWER_DROPPED) != 0)
		return;
	if (is_tcp && (misbehaviour & ANSWER_TCP_RESET) != 0) {
		dns_stream_reset(origin->connection);
		return;
	}
	length = build_answer(server, question, is_tcp, misbehaviour);
	if (!is_tcp && (misbehaviour & ANSWER_EMPTY_DATAGRAM) != 0)
		send_datagram(server, origin, 0);
	send_answer(server, origin, length);
	if ((misbehaviour & ANSWER_DOUBLED) != 0)
		send_answer(server, origin, length);
	if (!is_tcp && (misbehaviour & ANSWER_THEN_GOOD) != 0)
		send_answer(server, origin, build_answer(server, question, false, 0));
}

void
dns_server_take(struct dns_server *server, const struct dns_origin *origin,
		const uint8_t *message, size_t length)
{
	struct dns_question question;
	struct dns_gate *gate;
	enum dns_rcode rcode;
	int delay;

	switch (dns_question_read(&question, message, length, &rcode)) {
	case QUESTION_GARBAGE:
		return;
	case QUESTION_BAD:
		send_answer(server, origin,
			    dns_answer_refuse(message, rcode, server->answer + 2));
		return;
	case QUESTION_GOOD:
		break;
	}
	count_question(server, origin, &question);
	if (drop_question(server, &question) || exceeds_limit(server) ||
	    is_lost(server, origin))
		return;
	gate = find_held_gate(server, &question);
	delay = get_setting(server, &question, SETTING_DELAY, server->delay_of_all);
	if (gate != NULL) {
		*gate->end = make_waiting(origin, message, length);
		gate->end = &(*gate->end)->next;
	} else if (delay > 0) {
		struct dns_waiting *waiting = make_waiting(origin, message, length);

		waiting->due = now() + (int64_t)delay * 1000000;
		push_delayed(&server->delayed, waiting);
	} else {
		answer_question(server, origin, &question);
	}
}

void
dns_server_answer_waiting(struct dns_server *server, struct dns_waiting *waiting)
{
	struct dns_question question;
	enum dns_rcode rcode;

	if (dns_question_read(&question, waiting->message, waiting->length, &rcode) ==
	    QUESTION_GOOD)
		answer_question(server, &waiting->origin, &question);
	free_waiting(waiting);
}

void
dns_server_answer_due(struct dns_server *server)
{
	while (server->delayed.count > 0 && server->delayed.items[0]->due <= now())
		dns_server_answer_waiting(server, pop_delayed(&server->delayed));
}

int
dns_server_next_due(const struct dns_server *server)
{
	int64_t rest;

	if (server->delayed.count == 0)
		return -1;
	rest = server->delayed.items[0]->due - now();
	return rest <= 0 ? 0 : (int)((rest + 999999) / 1000000);
}

void
dns_server_forget_waiting(struct dns_server *server)
{
	while (server->delayed.count > 0)
		free_waiting(pop_delayed(&server->delayed));
	free(server->delayed.items);
	while (server->gates != NULL) {
		struct dns_gate *gate = server->gates;

		server->gates = gate->next;
		while (gate->first != NULL) {
			struct dns_waiting *waiting = gate->first;

			gate->first = waiting->next;
			free_waiting(waiting);
		}
		free(gate);
	}
}
