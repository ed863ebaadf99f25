/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "transport.h"

#include <stdlib.h>

#include "answer.h"
#include "cares_channel.h"
#include "clock.h"
#include "edns.h"
#include "flight.h"
#include "loop.h"
#include "ports.h"
#include "stand_in.h"
#include "wire_query.h"

/* c-ares is told that time passes at least that often, in milliseconds. Not when it would
 * like to be told: in 1.18.1 ares_timeout walks through all that is pending. */
#define TICK_MAXIMUM 50

struct transport {
	struct transport_options options;
	struct server server;
	bool refuses_edns, refuses_case;
	struct loop *loop;
	struct timer tick;
	int tick_length;
	bool is_closing;

	struct ports ports;
	struct cares_channel datagrams;	/* open, unless nothing but TCP is to be used */
	struct cares_channel streams;	/* open when they are needed */

	struct flights flights;
	struct loop_task accept_task;	/* tells c-ares what has been accepted */
	struct list landed;		/* c-ares is done with them */
	struct loop_task landed_task;
};

/* ---- What c-ares sends and receives ---- */

static void
show(const struct transport *transport, DnsPacketFate fate, bool is_over_tcp,
     const uint8_t *octets, size_t length)
{
	const struct packet_watcher *watcher = &transport->options.packets;

	if (watcher->callback != NULL)
		packet_show(watcher, &transport->server, fate, is_over_tcp, octets, length);
}

/* What nobody is known to have sent could not be answered either. */
static bool
send_datagram(void *data, const struct stand_in *stand_in)
{
	struct transport *transport = data;
	struct flight *flight = flights_find(&transport->flights, stand_in->id);
	uint8_t octets[FLIGHT_DATAGRAM_SIZE];
	size_t length;

	if (flight == NULL)
		return true;
	flight->cares_id = stand_in->cares_id;
	length = flight_make_datagram(flight, octets);
	if (ports_send(&transport->ports, &flight->port, octets, length) < 0)
		return false;
	show(transport, DNS_PACKET_SENT, false, octets, length);
	return true;
}

static bool
take_response(void *data, struct stand_in *stand_in)
{
	struct transport *transport = data;
	struct flight *flight = flights_take_accepted(&transport->flights);

	if (flight == NULL)
		return false;
	*stand_in = (struct stand_in){ flight->cares_id, flight->id };
	return true;
}

static void
on_datagram(void *data, const struct port *port, const uint8_t *octets, size_t length)
{
	struct transport *transport = data;
	DnsPacketFate fate = flights_receive(&transport->flights, port, octets, length);

	if (fate == DNS_PACKET_ACCEPTED)
		loop_defer(transport->loop, &transport->accept_task);
	show(transport, fate, false, octets, length);
}

static void
on_stream_message(void *data, bool is_sent, bool is_accepted, const uint8_t *octets,
		  size_t length)
{
	show(data, is_sent     ? DNS_PACKET_SENT :
		   is_accepted ? DNS_PACKET_ACCEPTED :
				 DNS_PACKET_IGNORED,
	     true, octets, length);
}

/* ---- Flights ---- */

static void
free_flight(struct flight *flight)
{
	cares_question_clear(&flight->asked);
	flights_free(&flight->transport->flights, flight);
}

static void
report_over(struct flight *flight)
{
	const struct transport_options *options = &flight->transport->options;

	options->on_over(options->context, flight->answer != NULL);
}

static void
end_flight(struct flight *flight)
{
	report_over(flight);
	free_flight(flight);
}

static void
land(struct flight *flight, DnsStatus status)
{
	struct transport *transport = flight->transport;

	flight->status = status;
	list_append(&transport->landed, &flight->link);
	loop_defer(transport->loop, &transport->landed_task);
}

/* From inside any function of c-ares. */
static void
on_answer(struct cares_question *question, DnsStatus status, unsigned int repeats,
	  const uint8_t *octets, size_t length)
{
	struct flight *flight = container_of(question, struct flight, asked);
	struct transport *transport = flight->transport;

	flights_leave(&transport->flights, flight);
	list_remove(&flight->link);
	ports_let_go(flight->port);
	flight->port = NULL;
	if (transport->is_closing) {
		end_flight(flight);
		return;
	}
	flight->repeats += repeats;
	if (status == DNS_STATUS_OK && flight->is_over_tcp &&
	    !flight_keep_octets(flight, octets, length))
		status = DNS_STATUS_NO_MEMORY;
	land(flight, flight->answer != NULL ? DNS_STATUS_OK : status);
}

static bool
open_cares(struct transport *transport, struct cares_channel *cares, bool is_over_tcp)
{
	cares->loop = transport->loop;
	cares->server = &transport->server;
	cares->ports = &transport->ports;
	cares->timeout = transport->options.timeout;
	cares->tries = transport->options.tries;
	cares->is_over_tcp = is_over_tcp;
	cares->data = transport;
	cares->on_datagram = send_datagram;
	cares->take_response = take_response;
	cares->on_answer = on_answer;
	if (transport->options.packets.callback != NULL)
		cares->on_stream_message = on_stream_message;
	return cares_channel_open(cares);
}

static void
set_tick(struct transport *transport)
{
	if (transport->flights.count > 0 && !timer_is_set(&transport->tick))
		loop_timer_set(transport->loop, &transport->tick,
			       clock_after(transport->tick_length));
}

/* NULL: no memory. */
static struct cares_channel *
channel_for(struct flight *flight)
{
	struct transport *transport = flight->transport;

	if (!flight->is_over_tcp)
		return &transport->datagrams;
	if (!cares_channel_is_open(&transport->streams) &&
	    !open_cares(transport, &transport->streams, true))
		return NULL;
	return &transport->streams;
}

static void
depart(struct flight *flight)
{
	struct cares_channel *cares = channel_for(flight);

	if (cares == NULL) {
		land(flight, DNS_STATUS_NO_MEMORY);
		return;
	}
	flights_enter(&flight->transport->flights, flight);
	cares_channel_send(cares, &flight->asked);
	set_tick(flight->transport);
}

/* With another id, lest what answers the question as it was (a datagram may come twice) be
 * taken for the answer to what it has become. */
static void
depart_again(struct flight *flight)
{
	struct transport *transport = flight->transport;

	flight->is_over_tcp = transport->options.use_tcp || flight->is_truncated;
	flight_drop_octets(flight);
	flight->is_accepted = flight->is_truncated = flight->is_in_other_case = false;
	flights_renew_id(&transport->flights, flight);
	depart(flight);
}

/* The server does not know EDNS: it is asked without, and so from now on. */
static bool
takes_off_edns(struct flight *flight)
{
	const struct answer *answer = flight->answer;

	if (answer == NULL || flight->edns_length == 0 || flight->was_refused_edns ||
	    !edns_is_refused(answer->octets, answer->length))
		return false;
	flight->was_refused_edns = flight->transport->refuses_edns = true;
	flight->asked.length = edns_take_off(flight->asked.octets, flight->edns_length);
	return true;
}

/* The server does not keep the letters as they were: it is asked in those that were given. */
static bool
gives_up_case(struct flight *flight)
{
	if (flight->answer != NULL || !flight->is_in_other_case || flight->was_refused_case)
		return false;
	flight->was_refused_case = true;
	wire_query_keep_case(&flight->query);
	return true;
}

static bool
departs_again(struct flight *flight)
{
	if (flight->owner == NULL || !(flight->is_truncated || gives_up_case(flight) ||
				       takes_off_edns(flight)))
		return false;
	depart_again(flight);
	return true;
}

static void
hand_out_landed(struct transport *transport)
{
	struct flight *flight;
	struct answer *answer;
	struct list *link;

	while ((link = list_pop(&transport->landed)) != NULL) {
		flight = container_of(link, struct flight, link);
		if (departs_again(flight))
			continue;
		report_over(flight);
		if (flight->was_refused_case && flight->answer != NULL)
			transport->refuses_case = true;
		if (flight->owner != NULL) {
			answer = flight_take_answer(flight);
			transport->options.on_landed(flight->owner, flight, flight->status,
						     answer, flight->repeats);
		}
		free_flight(flight);
	}
}

static void
on_landed_task(struct loop_task *task)
{
	hand_out_landed(container_of(task, struct transport, landed_task));
}

/* Tells c-ares what has come, one by one if it takes no more (1.34). */
static void
tell_cares(struct transport *transport)
{
	const struct list *accepted = &transport->flights.accepted, *first;

	do {
		first = accepted->next;
		cares_channel_process(&transport->datagrams);
	} while (!list_is_empty(accepted) && accepted->next != first);
}

static void
on_accept_task(struct loop_task *task)
{
	struct transport *transport = container_of(task, struct transport, accept_task);

	tell_cares(transport);
	hand_out_landed(transport);
}

static void
on_port_error(void *data, int error)
{
	struct transport *transport = data;

	tell_cares(transport);
	cares_channel_fail(&transport->datagrams, error);
}

static void
on_tick(struct timer *timer)
{
	struct transport *transport = container_of(timer, struct transport, tick);

	flights_end_doubts(&transport->flights);
	flights_tell_again(&transport->flights);
	tell_cares(transport);
	cares_channel_process(&transport->streams);
	set_tick(transport);
}

/* ---- Questions ---- */

static DnsStatus
make_question(struct flight *flight, const char *name, int type)
{
	struct transport *transport = flight->transport;
	struct cares_question *asked = &flight->asked;
	bool has_edns = transport->options.edns && !transport->refuses_edns;
	DnsStatus status;

	status = cares_question_make(asked, name, type, flight->id, has_edns ? EDNS_SIZE : 0);
	if (status != DNS_STATUS_OK)
		return status;
	flight->edns_length = has_edns ? asked->length : 0;
	wire_query_init(&flight->query, asked->octets, asked->length);
	if (!transport->options.use_tcp && !transport->refuses_case &&
	    !wire_query_draw_case(&flight->query, &transport->flights.random))
		return DNS_STATUS_NO_MEMORY;
	return DNS_STATUS_OK;
}

DnsStatus
transport_send(struct transport *transport, const char *name, int type, void *owner,
	       struct flight **flight)
{
	DnsStatus status;

	*flight = flights_create(&transport->flights, transport, owner);
	if (*flight == NULL)
		return DNS_STATUS_NO_MEMORY;
	status = make_question(*flight, name, type);
	if (status != DNS_STATUS_OK) {
		free_flight(*flight);
		return status;
	}
	(*flight)->is_over_tcp = transport->options.use_tcp;
	depart(*flight);
	return DNS_STATUS_OK;
}

void
transport_hold(struct transport *transport, bool is_held)
{
	ports_hold(&transport->ports, is_held);
}

void
transport_abandon(struct flight *flight)
{
	flight->owner = NULL;
}

unsigned int
transport_count_refusals(const struct flight *flight)
{
	return (unsigned int)flight->was_refused_edns + flight->was_refused_case;
}

/* ---- Lifetime ---- */

static void
prepare_ports(struct transport *transport)
{
	struct ports *ports = &transport->ports;

	ports->loop = transport->loop;
	ports->server = &transport->server;
	ports->random = &transport->flights.random;
	ports->on_datagram = on_datagram;
	ports->on_error = on_port_error;
	ports->data = transport;
	ports_init(ports);
}

/* What is used first, if not always. */
static bool
prepare_cares(struct transport *transport)
{
	return transport->options.use_tcp ? open_cares(transport, &transport->streams, true) :
					    open_cares(transport, &transport->datagrams, false);
}

struct transport *
transport_open(struct loop *loop, const struct transport_options *options)
{
	struct transport *transport = calloc(1, sizeof *transport);

	if (transport == NULL)
		return NULL;
	transport->options = *options;
	transport->options.edns = options->edns && !options->use_tcp;
	transport->refuses_case = options->keep_case;
	transport->server = *options->server;
	transport->loop = loop;
	flights_init(&transport->flights);
	list_init(&transport->landed);
	loop_task_init(&transport->accept_task, on_accept_task);
	loop_task_init(&transport->landed_task, on_landed_task);
	timer_init(&transport->tick, on_tick);
	transport->tick_length = options->timeout / 8 + 1;
	if (transport->tick_length > TICK_MAXIMUM)
		transport->tick_length = TICK_MAXIMUM;
	prepare_ports(transport);
	if (!prepare_cares(transport)) {
		free(transport);
		return NULL;
	}
	return transport;
}

void
transport_close(struct transport *transport)
{
	struct list *link;

	loop_task_clear(&transport->accept_task);
	loop_task_clear(&transport->landed_task);
	loop_timer_clear(transport->loop, &transport->tick);
	while ((link = list_pop(&transport->landed)) != NULL)
		end_flight(container_of(link, struct flight, link));
	transport->is_closing = true;
	cares_channel_close(&transport->datagrams);
	cares_channel_close(&transport->streams);
	ports_close(&transport->ports);
	flights_close(&transport->flights);
	free(transport);
}
