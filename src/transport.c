/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "transport.h"

/* What 1.28 deprecates is all there is in 1.18.1. */
#define CARES_NO_DEPRECATED
#include <sys/types.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <ares.h>

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "cares_library.h"
#include "clock.h"
#include "datagrams.h"
#include "edns.h"
#include "loop.h"
#include "message.h"
#include "query_ids.h"
#include "server_socket.h"

/* c-ares is told that time passes at least that often, in milliseconds. Not when it would
 * like to be told: in 1.18.1 ares_timeout walks through all that is pending. */
#define TICK_MAXIMUM 50

#ifdef ARES_CONST_CALLBACK
typedef const unsigned char ares_octets;
#else
typedef unsigned char ares_octets;
#endif

struct flight {
	struct list link;	/* in landed */
	struct transport *transport;
	void *owner;		/* NULL: abandoned */
	uint16_t id;
	unsigned int repeats;
	DnsStatus status;
	struct answer *answer;
	unsigned char *packet;
	size_t edns_length;	/* of the packet, if it has EDNS */
	bool was_refused_edns;
};

struct socket_watch {
	struct list link;
	ares_socket_t descriptor;
	struct loop_watch *watch;
};

struct transport {
	struct transport_options options;
	struct server server, disguised;
	bool refuses_edns;
	ares_channel ares;
	struct loop *loop;
	struct loop_task task;	/* hands out what has landed */
	struct timer tick;
	int tick_length;
	bool is_closing;

	struct list landed;
	unsigned int flights;
	struct list sockets;
	struct datagrams datagrams;

	struct query_ids ids; /* 1.34 puts its own good ones in their place */
};

/* ---- Sockets ---- */

static ares_socket_t
open_socket(int family, int type, int protocol, void *data)
{
	struct transport *transport = data;
	int descriptor = server_socket_open(family, type, protocol);

	if (type == SOCK_DGRAM && descriptor >= 0)
		datagrams_open(&transport->datagrams, descriptor);
	return descriptor;
}

static int
close_socket(ares_socket_t descriptor, void *data)
{
	struct transport *transport = data;

	datagrams_close(&transport->datagrams, descriptor);
	return server_socket_close(descriptor);
}

static int
connect_socket(ares_socket_t descriptor, const struct sockaddr *address,
	       ares_socklen_t length, void *data)
{
	const struct transport *transport = data;

	(void)address;
	(void)length;
	return server_socket_connect(descriptor, &transport->server);
}

/* What comes in a datagram is for c-ares from the server that it knows. */
static ares_ssize_t
receive(ares_socket_t descriptor, void *buffer, size_t size, int flags,
	struct sockaddr *from, ares_socklen_t *from_length, void *data)
{
	struct transport *transport = data;
	ares_ssize_t got;

	if (from == NULL) /* a stream */
		return server_socket_receive(descriptor, buffer, size, flags, NULL, NULL);
	got = datagrams_receive(&transport->datagrams, descriptor, buffer, size, from,
				from_length);
	if (got < 0)
		return got;
	if (transport->server.scope != 0)
		((struct sockaddr_in6 *)(void *)from)->sin6_addr =
			transport->disguised.address;
	if (transport->options.edns)
		edns_disguise(buffer, (size_t)got);
	return got;
}

static ares_ssize_t
send_octets(ares_socket_t descriptor, const struct iovec *vector, int count, void *data)
{
	struct transport *transport = data;

	return datagrams_send(&transport->datagrams, descriptor, vector, count);
}

static const struct ares_socket_functions socket_functions = {
	.asocket = open_socket,
	.aclose = close_socket,
	.aconnect = connect_socket,
	.arecvfrom = receive,
	.asendv = send_octets
};

static void
on_socket_ready(void *data, int descriptor, bool readable, bool writable)
{
	struct transport *transport = data;
	struct inbox inbox;
	unsigned int left;

	datagrams_begin_to_read(&transport->datagrams, descriptor, &inbox);
	do { /* 1.34 takes one at a time */
		left = datagrams_left(&transport->datagrams);
		ares_process_fd(transport->ares, readable ? descriptor : ARES_SOCKET_BAD,
				writable ? descriptor : ARES_SOCKET_BAD);
	} while (datagrams_left(&transport->datagrams) > 0 &&
		 datagrams_left(&transport->datagrams) != left);
	datagrams_end_reading(&transport->datagrams);
}

static struct socket_watch *
find_socket(struct transport *transport, ares_socket_t descriptor)
{
	struct socket_watch *found;
	struct list *link;

	for (link = transport->sockets.next; link != &transport->sockets; link = link->next) {
		found = container_of(link, struct socket_watch, link);
		if (found->descriptor == descriptor)
			return found;
	}
	return NULL;
}

static struct socket_watch *
add_socket(struct transport *transport, ares_socket_t descriptor)
{
	struct socket_watch *added = malloc(sizeof *added);

	if (added == NULL)
		return NULL;
	added->descriptor = descriptor;
	added->watch = loop_watch_open(transport->loop, descriptor, on_socket_ready, transport);
	if (added->watch == NULL) {
		free(added);
		return NULL;
	}
	list_append(&transport->sockets, &added->link);
	return added;
}

static void
remove_socket(struct socket_watch *watched)
{
	list_remove(&watched->link);
	loop_watch_close(watched->watch);
	free(watched);
}

/* Called by c-ares before it closes a socket (neither), and when it wants to know of it.
 * One that can't be watched for lack of memory leaves its questions to their deadlines. */
static void
on_socket_state(void *data, ares_socket_t descriptor, int readable, int writable)
{
	struct transport *transport = data;
	struct socket_watch *watched = find_socket(transport, descriptor);

	if (!readable && !writable) {
		if (watched != NULL)
			remove_socket(watched);
		return;
	}
	if (watched == NULL)
		watched = add_socket(transport, descriptor);
	if (watched != NULL)
		loop_watch_set(watched->watch, readable != 0, writable != 0);
}

/* ---- Flights ---- */

static void
free_flight(struct flight *flight)
{
	struct transport *transport = flight->transport;

	query_ids_give_back(&transport->ids, flight->id);
	transport->flights--;
	answer_release(flight->answer);
	ares_free_string(flight->packet);
	free(flight);
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

/* Called by c-ares, from inside any of its functions. */
static void
on_ares_answer(void *arg, int status, int timeouts, ares_octets *data, int length)
{
	struct flight *flight = arg;
	struct transport *transport = flight->transport;

	if (transport->is_closing) {
		end_flight(flight);
		return;
	}
	flight->repeats += timeouts > 0 ? (unsigned int)timeouts : 0;
	if (status == ARES_ETIMEOUT && flight->repeats > 0)
		flight->repeats--; /* nothing was sent after the last */
	flight->status = cares_library_status(status);
	if (status == ARES_SUCCESS && data != NULL && length > 0) {
		flight->answer = answer_create(DNS_STATUS_OK, data, (size_t)length);
		flight->status = flight->answer != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
	}
	list_append(&transport->landed, &flight->link);
	loop_defer(transport->loop, &transport->task);
}

static void
set_tick(struct transport *transport)
{
	if (transport->flights > 0 && !timer_is_set(&transport->tick))
		loop_timer_set(transport->loop, &transport->tick,
			       clock_after(transport->tick_length));
}

/* Another, lest what answers the question as it was (a datagram may come twice) be taken
 * for the answer to what it has become. */
static void
renew_id(struct flight *flight)
{
	struct query_ids *ids = &flight->transport->ids;
	uint16_t id;

	if (!query_ids_draw(ids, &id))
		return;
	query_ids_give_back(ids, flight->id);
	flight->id = id;
	flight->packet[0] = (unsigned char)(id >> 8);
	flight->packet[1] = (unsigned char)id;
}

/* The server does not know EDNS: it is asked without, and so from now on. */
static void
send_without_edns(struct flight *flight)
{
	struct transport *transport = flight->transport;
	size_t length = edns_take_off(flight->packet, flight->edns_length);

	transport->refuses_edns = true;
	answer_release(flight->answer);
	flight->answer = NULL;
	flight->was_refused_edns = true;
	renew_id(flight);
	ares_send(transport->ares, flight->packet, (int)length, on_ares_answer, flight);
	set_tick(transport);
}

/* False: it is on its way again. */
static bool
has_landed(struct flight *flight)
{
	struct answer *answer = flight->answer;

	if (answer == NULL || !flight->transport->options.edns)
		return true;
	if (flight->owner != NULL && flight->edns_length > 0 && !flight->was_refused_edns &&
	    edns_is_refused(answer->octets, answer->length)) {
		send_without_edns(flight);
		return false;
	}
	edns_uncover(answer->octets, answer->length);
	return true;
}

static void
hand_out_landed(struct loop_task *task)
{
	struct transport *transport = container_of(task, struct transport, task);
	struct flight *flight;
	struct answer *answer;
	struct list *link;

	while ((link = list_pop(&transport->landed)) != NULL) {
		flight = container_of(link, struct flight, link);
		if (!has_landed(flight))
			continue;
		report_over(flight);
		if (flight->owner != NULL) {
			answer = flight->answer;
			flight->answer = NULL;
			transport->options.on_landed(flight->owner, flight, flight->status,
						     answer, flight->repeats);
		}
		free_flight(flight);
	}
}

static void
on_tick(struct timer *timer)
{
	struct transport *transport = container_of(timer, struct transport, tick);

	ares_process_fd(transport->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	set_tick(transport);
}

static struct flight *
create_flight(struct transport *transport, void *owner)
{
	struct flight *flight = calloc(1, sizeof *flight);

	if (flight == NULL)
		return NULL;
	if (!query_ids_draw(&transport->ids, &flight->id)) {
		free(flight);
		return NULL;
	}
	flight->transport = transport;
	flight->owner = owner;
	list_init(&flight->link);
	transport->flights++;
	return flight;
}

DnsStatus
transport_send(struct transport *transport, const char *name, int type, void *owner,
	       struct flight **flight)
{
	bool has_edns = transport->options.edns && !transport->refuses_edns;
	int length, error;

	*flight = create_flight(transport, owner);
	if (*flight == NULL)
		return DNS_STATUS_NO_MEMORY;
	error = ares_create_query(name, CLASS_IN, type, (*flight)->id, 1, &(*flight)->packet,
				  &length, has_edns ? EDNS_SIZE : 0);
	if (error != ARES_SUCCESS) {
		free_flight(*flight);
		return cares_library_status(error);
	}
	(*flight)->edns_length = has_edns ? (size_t)length : 0;
	ares_send(transport->ares, (*flight)->packet, length, on_ares_answer, *flight);
	set_tick(transport);
	return DNS_STATUS_OK;
}

void
transport_hold(struct transport *transport, bool is_held)
{
	datagrams_hold(&transport->datagrams, is_held);
}

void
transport_abandon(struct flight *flight)
{
	flight->owner = NULL;
}

bool
transport_was_refused_edns(const struct flight *flight)
{
	return flight->was_refused_edns;
}

/* ---- Lifetime ---- */

/* What a server says is ours to judge, be it a failure. */
static int
open_ares(struct transport *transport)
{
	struct ares_options settings;
	int mask;

	cares_library_need();
	memset(&settings, 0, sizeof settings);
	mask = cares_library_restrict(&settings);
	settings.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP;
	if (transport->options.use_tcp)
		settings.flags |= ARES_FLAG_USEVC;
	if (transport->options.edns)
		settings.flags |= ARES_FLAG_EDNS; /* else 1.18.1 goes to TCP from 512 octets on */
	settings.ednspsz = EDNS_SIZE;
	settings.timeout = transport->options.timeout;
	settings.tries = transport->options.tries;
	settings.sock_state_cb = on_socket_state;
	settings.sock_state_cb_data = transport;
	mask |= ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NOROTATE |
		ARES_OPT_SOCK_STATE_CB | ARES_OPT_EDNSPSZ;
	return ares_init_options(&transport->ares, &settings, mask);
}

struct transport *
transport_open(struct loop *loop, const struct transport_options *options)
{
	struct transport *transport = calloc(1, sizeof *transport);
	struct server_list server = { .count = 1 };
	char text[SERVER_LIST_TEXT_SIZE];

	if (transport == NULL)
		return NULL;
	transport->options = *options;
	transport->options.edns = options->edns && !options->use_tcp;
	transport->server = *options->server;
	server_socket_disguise(&transport->disguised, &transport->server);
	server.servers[0] = transport->disguised;
	transport->loop = loop;
	list_init(&transport->landed);
	list_init(&transport->sockets);
	datagrams_init(&transport->datagrams);
	loop_task_init(&transport->task, hand_out_landed);
	timer_init(&transport->tick, on_tick);
	transport->tick_length = options->timeout / 8 + 1;
	if (transport->tick_length > TICK_MAXIMUM)
		transport->tick_length = TICK_MAXIMUM;
	if (open_ares(transport) != ARES_SUCCESS) {
		free(transport);
		return NULL;
	}
	ares_set_socket_functions(transport->ares, &socket_functions, transport);
	server_list_format(&server, text);
	if (ares_set_servers_ports_csv(transport->ares, text) != ARES_SUCCESS) {
		transport_close(transport);
		return NULL;
	}
	return transport;
}

void
transport_close(struct transport *transport)
{
	struct list *link;

	loop_task_clear(&transport->task);
	loop_timer_clear(transport->loop, &transport->tick);
	while ((link = list_pop(&transport->landed)) != NULL)
		end_flight(container_of(link, struct flight, link));
	transport->is_closing = true;
	ares_destroy(transport->ares);
	while (!list_is_empty(&transport->sockets))
		remove_socket(
			container_of(transport->sockets.next, struct socket_watch, link));
	free(transport);
}
