/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "flight.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "clock.h"
#include "octets.h"

void
flights_init(struct flights *flights)
{
	list_init(&flights->doubtful);
	list_init(&flights->accepted);
	list_init(&flights->told);
}

void
flights_close(struct flights *flights)
{
	stock_clear(&flights->stock);
}

struct flight *
flights_create(struct flights *flights, struct transport *transport, void *owner)
{
	struct flight *flight = stock_take(&flights->stock, sizeof *flight);

	if (flight == NULL)
		return NULL;
	if (!query_ids_draw(&flights->ids, &flights->random, &flight->id)) {
		stock_give_back(&flights->stock, flight);
		return NULL;
	}
	flight->transport = transport;
	flight->owner = owner;
	list_init(&flight->link);
	flights->count++;
	return flight;
}

void
flights_free(struct flights *flights, struct flight *flight)
{
	query_ids_give_back(&flights->ids, flight->id);
	flights->count--;
	answer_release(flight->answer);
	stock_give_back(&flights->stock, flight);
}

void
flight_drop_octets(struct flight *flight)
{
	answer_release(flight->answer);
	flight->answer = NULL;
}

bool
flight_keep_octets(struct flight *flight, const uint8_t *octets, size_t length)
{
	struct answer *answer = answer_create(DNS_STATUS_OK, octets, length);

	if (answer == NULL)
		return false;
	flight_drop_octets(flight);
	flight->answer = answer;
	return true;
}

struct answer *
flight_take_answer(struct flight *flight)
{
	struct answer *answer = flight->answer;

	flight->answer = NULL;
	if (answer != NULL && !flight->is_over_tcp)
		wire_query_restore_case(&flight->query, answer->octets, answer->length);
	return answer;
}

void
flights_renew_id(struct flights *flights, struct flight *flight)
{
	uint16_t id;

	if (!query_ids_draw(&flights->ids, &flights->random, &id))
		return;
	query_ids_give_back(&flights->ids, flight->id);
	flight->id = id;
	octets_put_16(flight->asked.octets, id);
}

/* ---- The table ---- */

/* Ids are drawn by lot: any of their bits will do. */
static size_t
bucket_of(uint16_t id)
{
	return id % FLIGHTS_BUCKETS;
}

struct flight *
flights_find(const struct flights *flights, uint16_t id)
{
	struct flight *flight = flights->buckets[bucket_of(id)];

	while (flight != NULL && flight->id != id)
		flight = flight->next;
	return flight;
}

void
flights_enter(struct flights *flights, struct flight *flight)
{
	struct flight **bucket = &flights->buckets[bucket_of(flight->id)];

	flight->next = *bucket;
	*bucket = flight;
}

void
flights_leave(struct flights *flights, struct flight *flight)
{
	struct flight **at = &flights->buckets[bucket_of(flight->id)];

	while (*at != flight)
		at = &(*at)->next;
	*at = flight->next;
}

/* ---- Datagrams ---- */

size_t
flight_make_datagram(const struct flight *flight, uint8_t octets[FLIGHT_DATAGRAM_SIZE])
{
	const struct cares_question *asked = &flight->asked;

	if (asked->length > FLIGHT_DATAGRAM_SIZE)
		return 0;
	memcpy(octets, asked->octets, asked->length);
	wire_query_change_case(&flight->query, octets + WIRE_QUERY_HEADER);
	return asked->length;
}

static void
accept_flight(struct flights *flights, struct flight *flight)
{
	flight->is_accepted = true;
	list_remove(&flight->link);
	list_append(&flights->accepted, &flight->link);
}

static void
begin_to_doubt(struct flights *flights, struct flight *flight)
{
	flight->doubtful_until = clock_after(FLIGHTS_DOUBT);
	list_append(&flights->doubtful, &flight->link);
}

/* Without memory a datagram is lost, as others are on their way. */
static DnsPacketFate
judge(struct flights *flights, struct flight *flight, const uint8_t *octets, size_t length)
{
	bool is_doubtful = !list_is_empty(&flight->link);

	switch (wire_query_match(&flight->query, octets, length)) {
	case WIRE_MATCH_NOTHING:
		break;
	case WIRE_MATCH_OTHER_CASE:
		flight->is_in_other_case = true;
		if (!is_doubtful)
			begin_to_doubt(flights, flight);
		return DNS_PACKET_DOUBTED;
	case WIRE_MATCH_MALFORMED:
		if (!is_doubtful && flight_keep_octets(flight, octets, length))
			begin_to_doubt(flights, flight);
		return DNS_PACKET_DOUBTED;
	case WIRE_MATCH_RESPONSE:
		flight->is_truncated = wire_query_is_truncated(octets);
		if (flight->is_truncated)
			flight_drop_octets(flight);
		else if (!flight_keep_octets(flight, octets, length))
			break;
		accept_flight(flights, flight);
		return DNS_PACKET_ACCEPTED;
	}
	return DNS_PACKET_IGNORED;
}

/* RFC 5452 9.1: what is not from where the question went, or does not repeat it, was sent by
 * somebody else. */
DnsPacketFate
flights_receive(struct flights *flights, const struct port *port, const uint8_t *octets,
		size_t length)
{
	struct flight *flight = NULL;

	if (length >= 2)
		flight = flights_find(flights, octets_16(octets));
	if (flight == NULL || flight->port != port || flight->is_accepted)
		return DNS_PACKET_IGNORED;
	return judge(flights, flight, octets, length);
}

void
flights_end_doubts(struct flights *flights)
{
	struct flight *flight;
	int64_t now;

	if (list_is_empty(&flights->doubtful))
		return;
	now = clock_now();
	while (!list_is_empty(&flights->doubtful)) {
		flight = container_of(flights->doubtful.next, struct flight, link);
		if (flight->doubtful_until > now)
			return;
		accept_flight(flights, flight);
	}
}

struct flight *
flights_take_accepted(struct flights *flights)
{
	struct list *link = list_pop(&flights->accepted);

	if (link == NULL)
		return NULL;
	list_append(&flights->told, link);
	return container_of(link, struct flight, link);
}

void
flights_tell_again(struct flights *flights)
{
	list_move_all(&flights->accepted, &flights->told);
}
