/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "channel.h"

/* What 1.28 deprecates is all there is in 1.18.1. */
#define CARES_NO_DEPRECATED
#include <sys/types.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <ares.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "clock.h"
#include "loop.h"
#include "message.h"

/* So many questions go out between two looks at the sockets: their answers fit into the
 * receive buffer that a system gives by default (208 KiB, 277 small datagrams). */
#define BURST 128
#define SOCKET_BUFFER (1024 * 1024)

/* Abandoned questions do not count for the window, lest those of a dead server keep out
 * all others, but they are remembered by c-ares: never more than that in all. */
#define FLIGHTS_MAXIMUM 8192

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

/* A question that c-ares has. */
struct flight {
	struct list link;		/* in answered */
	struct channel *channel;
	struct channel_query *query;	/* NULL: abandoned */
	uint16_t id;
	DnsStatus status;
	uint8_t *data;
	size_t length;
};

struct socket_watch {
	struct list link;
	ares_socket_t descriptor;
	struct loop_watch *watch;
};

struct channel {
	ares_channel ares;
	struct loop *loop;
	struct loop_task task;		/* delivers and sends */
	struct timer tick;
	int tick_length;
	bool closing;
	bool has_servers;

	struct list waiting;		/* queries that wait for room */
	struct list answered;		/* flights to be delivered */
	unsigned int wanted;		/* flights that somebody waits for */
	unsigned int flights;
	unsigned int window;		/* so many may be wanted */
	unsigned int answered_in_window; /* since it grew */
	int64_t may_shrink;		/* not before; one loss shows in many questions */
	int timeout;
	struct list sockets;
	struct channel_counts *counts;

	uint16_t random_ids[RANDOM_IDS];
	unsigned int random_ids_left;
	uint8_t ids_in_flight[IDS / 8];
};

static void
count(atomic_ullong *counter, long long change)
{
	atomic_fetch_add_explicit(counter, (unsigned long long)change, memory_order_relaxed);
}

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

static bool
has_room(const struct channel *channel)
{
	return channel->wanted < channel->window && channel->flights < FLIGHTS_MAXIMUM;
}

/* A question that was answered at the first try is a reason to let one more out, once a
 * window of them was; one that was sent again, a reason to let out half as many. */
static void
adapt_window(struct channel *channel, bool was_lost)
{
	int64_t now;

	if (!was_lost) {
		if (++channel->answered_in_window < channel->window)
			return;
		channel->answered_in_window = 0;
		if (channel->window < CHANNEL_WINDOW_MAXIMUM)
			channel->window++;
		return;
	}
	now = clock_now();
	if (now < channel->may_shrink)
		return;
	channel->may_shrink = now + channel->timeout;
	channel->answered_in_window = 0;
	channel->window /= 2;
	if (channel->window < CHANNEL_WINDOW_MINIMUM)
		channel->window = CHANNEL_WINDOW_MINIMUM;
}

/* Query ids are ours: those of 1.18.1 can be foretold, and are not unique in flight. (1.34
 * puts its own good ones in their place.) */
static bool
draw_id(struct channel *channel, uint16_t *id)
{
	size_t size = sizeof channel->random_ids;

	do {
		if (channel->random_ids_left == 0) {
			if (getrandom(channel->random_ids, size, 0) != (ssize_t)size)
				return false;
			channel->random_ids_left = RANDOM_IDS;
		}
		*id = channel->random_ids[--channel->random_ids_left];
	} while ((channel->ids_in_flight[*id / 8] & 1u << *id % 8) != 0);
	channel->ids_in_flight[*id / 8] |= (uint8_t)(1u << *id % 8);
	return true;
}

static void
free_flight(struct flight *flight)
{
	struct channel *channel = flight->channel;

	channel->ids_in_flight[flight->id / 8] &= (uint8_t)~(1u << flight->id % 8);
	channel->flights--;
	count(&channel->counts->in_flight, -1);
	free(flight->data);
	free(flight);
}

/* Called by c-ares, from inside any of its functions. */
static void
on_ares_answer(void *arg, int status, int timeouts, ares_octets *data, int length)
{
	struct flight *flight = arg;
	struct channel *channel = flight->channel;

	if (channel->closing) {
		free_flight(flight);
		return;
	}
	adapt_window(channel, timeouts > 0);
	flight->status = status_of_ares(status);
	if (status == ARES_SUCCESS && data != NULL && length > 0) {
		flight->data = malloc((size_t)length);
		flight->status = flight->data != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
	}
	if (flight->data != NULL) {
		memcpy(flight->data, data, (size_t)length);
		flight->length = (size_t)length;
		count(&channel->counts->answers, 1);
	}
	list_append(&channel->answered, &flight->link);
	loop_defer(channel->loop, &channel->task);
}

static void
deliver_answers(struct channel *channel)
{
	struct channel_query *query;
	struct flight *flight;
	struct list *link;
	uint8_t *data;

	while ((link = list_pop(&channel->answered)) != NULL) {
		flight = container_of(link, struct flight, link);
		query = flight->query;
		if (query != NULL) {
			data = flight->data;
			flight->data = NULL;
			query->flight = NULL;
			channel->wanted--;
			query->on_answer(query, flight->status, data, flight->length);
		}
		free_flight(flight);
	}
}

/* Hands a query to c-ares; anything but OK means that it could not even be tried. */
static DnsStatus
send_query(struct channel *channel, struct channel_query *query)
{
	struct flight *flight;
	unsigned char *packet;
	int length, error;

	if (!channel->has_servers)
		return DNS_STATUS_TRY_AGAIN;
	flight = calloc(1, sizeof *flight);
	if (flight == NULL)
		return DNS_STATUS_NO_MEMORY;
	if (!draw_id(channel, &flight->id)) {
		free(flight);
		return DNS_STATUS_TRY_AGAIN;
	}
	flight->channel = channel;
	flight->query = query;
	list_init(&flight->link);
	channel->flights++;
	count(&channel->counts->in_flight, 1);
	error = ares_create_query(query->name, CLASS_IN, query->type, flight->id, 1, &packet,
				  &length, 0);
	if (error != ARES_SUCCESS) {
		free_flight(flight);
		return status_of_ares(error);
	}
	query->flight = flight;
	channel->wanted++;
	count(&channel->counts->questions, 1);
	ares_send(channel->ares, packet, length, on_ares_answer, flight);
	ares_free_string(packet);
	return DNS_STATUS_OK;
}

static void
send_waiting(struct channel *channel)
{
	struct channel_query *query;
	unsigned int sent;
	DnsStatus status;

	for (sent = 0; sent < BURST && has_room(channel); sent++) {
		if (list_is_empty(&channel->waiting))
			return;
		query = container_of(list_pop(&channel->waiting), struct channel_query, link);
		count(&channel->counts->waiting, -1);
		status = send_query(channel, query);
		if (status != DNS_STATUS_OK)
			query->on_answer(query, status, NULL, 0);
	}
	if (has_room(channel) && !list_is_empty(&channel->waiting))
		loop_defer(channel->loop, &channel->task);
}

static void
run_channel(struct loop_task *task)
{
	struct channel *channel = container_of(task, struct channel, task);

	deliver_answers(channel);
	send_waiting(channel);
	if (channel->flights > 0 && !timer_is_set(&channel->tick))
		loop_timer_set(channel->loop, &channel->tick,
			       clock_after(channel->tick_length));
}

static void
on_tick(struct timer *timer)
{
	struct channel *channel = container_of(timer, struct channel, tick);

	ares_process_fd(channel->ares, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
	if (channel->flights > 0)
		loop_timer_set(channel->loop, &channel->tick,
			       clock_after(channel->tick_length));
}

static void
on_socket_ready(void *data, int descriptor, bool readable, bool writable)
{
	struct channel *channel = data;

	ares_process_fd(channel->ares, readable ? descriptor : ARES_SOCKET_BAD,
			writable ? descriptor : ARES_SOCKET_BAD);
}

static struct socket_watch *
find_socket(struct channel *channel, ares_socket_t descriptor)
{
	struct socket_watch *found;
	struct list *link;

	for (link = channel->sockets.next; link != &channel->sockets; link = link->next) {
		found = container_of(link, struct socket_watch, link);
		if (found->descriptor == descriptor)
			return found;
	}
	return NULL;
}

static struct socket_watch *
add_socket(struct channel *channel, ares_socket_t descriptor)
{
	struct socket_watch *added = malloc(sizeof *added);

	if (added == NULL)
		return NULL;
	added->descriptor = descriptor;
	added->watch = loop_watch_open(channel->loop, descriptor, on_socket_ready, channel);
	if (added->watch == NULL) {
		free(added);
		return NULL;
	}
	list_append(&channel->sockets, &added->link);
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
	struct channel *channel = data;
	struct socket_watch *watched = find_socket(channel, descriptor);

	if (!readable && !writable) {
		if (watched != NULL)
			remove_socket(watched);
		return;
	}
	if (watched == NULL)
		watched = add_socket(channel, descriptor);
	if (watched != NULL)
		loop_watch_set(watched->watch, readable != 0, writable != 0);
}

static void
init_library(void)
{
	ares_library_init(ARES_LIB_INIT_ALL);
}

/* With all that is set here c-ares reads no file of the system's: the configuration is
 * read by us. */
static int
open_ares(struct channel *channel, const struct channel_options *options)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	char lookups[] = "b", none[] = "/dev/null";
	struct ares_options settings;
	int mask;

	pthread_once(&once, init_library);
	memset(&settings, 0, sizeof settings);
	settings.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
	/* To go to another server when one fails, 1.18.1 keeps its response to itself, and a
	 * refusal comes out as "could not contact". Without another the response is ours. */
	if (options->servers->count == 1)
		settings.flags |= ARES_FLAG_NOCHECKRESP;
	settings.timeout = options->timeout;
	settings.tries = options->tries;
	settings.ndots = 1;
	settings.lookups = lookups;
	settings.socket_receive_buffer_size = SOCKET_BUFFER;
	settings.socket_send_buffer_size = SOCKET_BUFFER;
	settings.sock_state_cb = on_socket_state;
	settings.sock_state_cb_data = channel;
	mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS |
	       ARES_OPT_LOOKUPS | ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_SORTLIST |
	       ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_SNDBUF | ARES_OPT_SOCK_STATE_CB |
	       ARES_OPT_NOROTATE;
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
	return ares_init_options(&channel->ares, &settings, mask);
}

struct channel *
channel_open(struct loop *loop, const struct channel_options *options)
{
	struct channel *channel = calloc(1, sizeof *channel);
	char servers[SERVER_LIST_TEXT_SIZE];

	if (channel == NULL)
		return NULL;
	channel->loop = loop;
	channel->counts = options->counts;
	channel->has_servers = options->servers->count > 0;
	channel->window = CHANNEL_WINDOW_FIRST;
	channel->timeout = options->timeout;
	list_init(&channel->waiting);
	list_init(&channel->answered);
	list_init(&channel->sockets);
	loop_task_init(&channel->task, run_channel);
	timer_init(&channel->tick, on_tick);
	channel->tick_length = options->timeout / 8 + 1;
	if (channel->tick_length > TICK_MAXIMUM)
		channel->tick_length = TICK_MAXIMUM;
	if (open_ares(channel, options) != ARES_SUCCESS) {
		free(channel);
		return NULL;
	}
	server_list_format(options->servers, servers);
	if (channel->has_servers &&
	    ares_set_servers_ports_csv(channel->ares, servers) != ARES_SUCCESS) {
		channel_close(channel);
		return NULL;
	}
	return channel;
}

void
channel_close(struct channel *channel)
{
	struct list *link;

	loop_task_clear(&channel->task);
	loop_timer_clear(channel->loop, &channel->tick);
	while ((link = list_pop(&channel->answered)) != NULL)
		free_flight(container_of(link, struct flight, link));
	channel->closing = true;
	ares_destroy(channel->ares);
	while (!list_is_empty(&channel->sockets))
		remove_socket(container_of(channel->sockets.next, struct socket_watch, link));
	free(channel);
}

void
channel_ask(struct channel *channel, struct channel_query *query)
{
	query->flight = NULL;
	list_append(&channel->waiting, &query->link);
	count(&channel->counts->waiting, 1);
	loop_defer(channel->loop, &channel->task);
}

void
channel_abandon(struct channel *channel, struct channel_query *query)
{
	if (query->flight == NULL) {
		list_remove(&query->link);
		count(&channel->counts->waiting, -1);
		return;
	}
	query->flight->query = NULL;
	query->flight = NULL;
	channel->wanted--;
	if (!list_is_empty(&channel->waiting))
		loop_defer(channel->loop, &channel->task);
}
