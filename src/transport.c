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

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "answer.h"
#include "clock.h"
#include "loop.h"
#include "message.h"
#include "process.h"

#define SOCKET_BUFFER (1024 * 1024)

/* c-ares is told that time passes at least that often, in milliseconds. Not when it would
 * like to be told: in 1.18.1 ares_timeout walks through all that is pending. */
#define TICK_MAXIMUM 50

#define IDS 65536
#define RANDOM_IDS 128

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
};

struct socket_watch {
	struct list link;
	ares_socket_t descriptor;
	struct loop_watch *watch;
};

struct transport {
	struct transport_options options;
	ares_channel ares;
	struct loop *loop;
	struct loop_task task;	/* hands out what has landed */
	struct timer tick;
	int tick_length;
	bool is_closing;

	struct list landed;
	unsigned int flights;
	struct list sockets;

	uint16_t random_ids[RANDOM_IDS];
	unsigned int random_ids_left;
	uint8_t ids_in_flight[IDS / 8];
};

/* ---- Sockets ---- */

#ifdef SOCK_CLOEXEC
#define SOCKET_FLAGS (SOCK_CLOEXEC | SOCK_NONBLOCK)
#else
#define SOCKET_FLAGS 0
#endif

/* Ours, because 1.18.1 sets the flags too late for a fork elsewhere, and sends so that a
 * closed connection kills the process. */
static ares_socket_t
open_socket(int family, int type, int protocol, void *data)
{
	int descriptor = socket(family, type | SOCKET_FLAGS, protocol);
	int size = SOCKET_BUFFER, on = 1;

	(void)data;
	if (descriptor < 0)
		return ARES_SOCKET_BAD;
#ifndef SOCK_CLOEXEC
	fcntl(descriptor, F_SETFD, FD_CLOEXEC);
	fcntl(descriptor, F_SETFL, O_NONBLOCK);
#endif
	if (type == SOCK_STREAM)
		setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	return descriptor;
}

static int
close_socket(ares_socket_t descriptor, void *data)
{
	(void)data;
	return close(descriptor);
}

static int
connect_socket(ares_socket_t descriptor, const struct sockaddr *address,
	       ares_socklen_t length, void *data)
{
	(void)data;
	return connect(descriptor, address, length);
}

static ares_ssize_t
receive(ares_socket_t descriptor, void *buffer, size_t size, int flags,
	struct sockaddr *from, ares_socklen_t *from_length, void *data)
{
	(void)data;
	return recvfrom(descriptor, buffer, size, flags, from, from_length);
}

/* That an earlier datagram was refused is said to whoever sends next: to the wrong one, who
 * would fail while the other waits. Sent anyway, this one is refused too, and that is said
 * to c-ares when it reads, for all that are under way. */
static ares_ssize_t
send_octets(ares_socket_t descriptor, const struct iovec *vector, int count, void *data)
{
	struct msghdr message = { .msg_iov = (struct iovec *)(uintptr_t)vector,
				  .msg_iovlen = (size_t)count };
	ares_ssize_t sent;

	(void)data;
	sent = sendmsg(descriptor, &message, MSG_NOSIGNAL);
	if (sent < 0 && errno == ECONNREFUSED)
		sent = sendmsg(descriptor, &message, MSG_NOSIGNAL);
	return sent;
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

	ares_process_fd(transport->ares, readable ? descriptor : ARES_SOCKET_BAD,
			writable ? descriptor : ARES_SOCKET_BAD);
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

static DnsStatus
status_of_ares(int status)
{
	switch (status) {
	case ARES_EREFUSED:
	case ARES_ENOTIMP:
	case ARES_EFORMERR:
	case ARES_EBADRESP:
	case ARES_EBADQUERY:
		return DNS_STATUS_NO_RECOVERY;
	case ARES_EBADNAME:
	case ARES_ENOTFOUND:
		return DNS_STATUS_HOST_NOT_FOUND;
	case ARES_ENOMEM:
		return DNS_STATUS_NO_MEMORY;
	default: /* ESERVFAIL, ECONNREFUSED, ETIMEOUT, ENOSERVER, ... */
		return DNS_STATUS_TRY_AGAIN;
	}
}

/* Query ids are ours: those of 1.18.1 can be foretold, and are not unique in flight. (1.34
 * puts its own good ones in their place.) */
static bool
draw_id(struct transport *transport, uint16_t *id)
{
	size_t size = sizeof transport->random_ids;

	do {
		if (transport->random_ids_left == 0) {
			if (getrandom(transport->random_ids, size, 0) != (ssize_t)size)
				return false;
			transport->random_ids_left = RANDOM_IDS;
		}
		*id = transport->random_ids[--transport->random_ids_left];
	} while ((transport->ids_in_flight[*id / 8] & 1u << *id % 8) != 0);
	transport->ids_in_flight[*id / 8] |= (uint8_t)(1u << *id % 8);
	return true;
}

static void
free_flight(struct flight *flight)
{
	struct transport *transport = flight->transport;

	transport->ids_in_flight[flight->id / 8] &= (uint8_t)~(1u << flight->id % 8);
	transport->flights--;
	answer_release(flight->answer);
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
	flight->repeats = timeouts > 0 ? (unsigned int)timeouts : 0;
	flight->status = status_of_ares(status);
	if (status == ARES_SUCCESS && data != NULL && length > 0) {
		flight->answer = answer_create(DNS_STATUS_OK, data, (size_t)length);
		flight->status = flight->answer != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
	}
	list_append(&transport->landed, &flight->link);
	loop_defer(transport->loop, &transport->task);
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
set_tick(struct transport *transport)
{
	if (transport->flights > 0 && !timer_is_set(&transport->tick))
		loop_timer_set(transport->loop, &transport->tick,
			       clock_after(transport->tick_length));
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
	if (!draw_id(transport, &flight->id)) {
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
	unsigned char *packet;
	int length, error;

	*flight = create_flight(transport, owner);
	if (*flight == NULL)
		return DNS_STATUS_NO_MEMORY;
	error = ares_create_query(name, CLASS_IN, type, (*flight)->id, 1, &packet, &length, 0);
	if (error != ARES_SUCCESS) {
		free_flight(*flight);
		return status_of_ares(error);
	}
	ares_send(transport->ares, packet, length, on_ares_answer, *flight);
	ares_free_string(packet);
	set_tick(transport);
	return DNS_STATUS_OK;
}

void
transport_abandon(struct flight *flight)
{
	flight->owner = NULL;
}

/* ---- Lifetime ---- */

/* Once in a process; not by pthread_once, which a fork may leave half done. */
static void
init_library(void)
{
	static bool is_ready;

	process_lock(PROCESS_LOCK_LIBRARY);
	if (!is_ready)
		is_ready = ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
	process_unlock(PROCESS_LOCK_LIBRARY);
}

/* With all that is set here c-ares reads no file of the system's: the configuration is
 * read by us. What a server says is ours to judge too, be it a failure. */
static int
open_ares(struct transport *transport)
{
	char lookups[] = "b", none[] = "/dev/null";
	struct ares_options settings;
	int mask;

	init_library();
	memset(&settings, 0, sizeof settings);
	settings.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP;
	if (transport->options.use_tcp)
		settings.flags |= ARES_FLAG_USEVC;
	settings.timeout = transport->options.timeout;
	settings.tries = transport->options.tries;
	settings.ndots = 1;
	settings.lookups = lookups;
	settings.sock_state_cb = on_socket_state;
	settings.sock_state_cb_data = transport;
	mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
	       ARES_OPT_LOOKUPS | ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_SORTLIST |
	       ARES_OPT_SOCK_STATE_CB | ARES_OPT_NOROTATE;
#if HAVE_DECL_ARES_OPT_RESOLVCONF
	settings.resolvconf_path = none;
	mask |= ARES_OPT_RESOLVCONF;
#endif
#if HAVE_DECL_ARES_OPT_HOSTS_FILE
	settings.hosts_path = none;
	mask |= ARES_OPT_HOSTS_FILE;
#endif
#if HAVE_DECL_ARES_OPT_QUERY_CACHE
	mask |= ARES_OPT_QUERY_CACHE; /* of lifetime 0, so that there is none */
#endif
	return ares_init_options(&transport->ares, &settings, mask);
}

struct transport *
transport_open(struct loop *loop, const struct transport_options *options)
{
	struct transport *transport = calloc(1, sizeof *transport);
	struct server_list server = { .count = 1, .servers = { *options->server } };
	char text[SERVER_LIST_TEXT_SIZE];

	if (transport == NULL)
		return NULL;
	transport->options = *options;
	transport->loop = loop;
	list_init(&transport->landed);
	list_init(&transport->sockets);
	loop_task_init(&transport->task, hand_out_landed);
	timer_init(&transport->tick, on_tick);
	transport->tick_length = options->timeout / 8 + 1;
	if (transport->tick_length > TICK_MAXIMUM)
		transport->tick_length = TICK_MAXIMUM;
	if (open_ares(transport) != ARES_SUCCESS) {
		free(transport);
		return NULL;
	}
	ares_set_socket_functions(transport->ares, &socket_functions, NULL);
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
