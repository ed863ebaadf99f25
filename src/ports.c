/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "ports.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "clock.h"
#include "loop.h"
#include "server_socket.h"

/* So many datagrams are received at once. */
#define RECEIVED_MAXIMUM SERVER_SOCKET_SEVERAL
/* So often in a turn of the loop, lest they keep it. */
#define ROUNDS 8

/* ---- One ---- */

static void
close_port(struct port *port)
{
	struct ports *ports = port->ports;

	if (port == ports->current)
		ports->current = NULL;
	outbox_flush(&ports->outbox);
	loop_watch_close(port->watch);
	server_socket_close(port->descriptor);
	port->descriptor = -1;
	port->is_over = true;
	list_remove(&port->link);
	ports->count--;
	if (port->holders == 0)
		free(port);
}

/* Nobody needs it any more? */
static void
close_if_idle(struct port *port)
{
	if (port->holders == 0 && !port->is_lent && port != port->ports->current)
		close_port(port);
}

void
ports_let_go(struct port *port)
{
	if (port == NULL)
		return;
	port->holders--;
	if (port->descriptor >= 0)
		close_if_idle(port);
	else if (port->holders == 0)
		free(port);
}

/* All but those that are lent close, and nothing is sent from these any more. */
static void
retire_all(struct ports *ports)
{
	struct list *link = ports->open.next;
	struct port *port;

	while (link != &ports->open) {
		port = container_of(link, struct port, link);
		link = link->next;
		port->is_over = true;
		if (!port->is_lent)
			close_port(port);
	}
	ports->current = NULL;
}

static void
on_ready(void *data, int descriptor, bool readable, bool writable)
{
	struct port *port = data;
	struct ports *ports = port->ports;
	struct datagram datagrams[RECEIVED_MAXIMUM];
	int i, error, count = RECEIVED_MAXIMUM;
	/* Most often there is no more to come than what one takes. */
	int rounds = port->holders <= RECEIVED_MAXIMUM ? 1 : ROUNDS;

	(void)readable;
	(void)writable;
	port->holders++;
	for (; rounds > 0 && count == RECEIVED_MAXIMUM; rounds--) {
		count = server_socket_receive_several(descriptor, datagrams, RECEIVED_MAXIMUM);
		for (i = 0; i < count; i++)
			if (datagrams[i].length < SERVER_SOCKET_DATAGRAM_SIZE)
				ports->on_datagram(ports->data, port, datagrams[i].octets,
						   datagrams[i].length);
	}
	error = count < 0 ? errno : EAGAIN;
	if (error != EAGAIN && error != EWOULDBLOCK && error != EINTR) {
		retire_all(ports);
		ports->on_error(ports->data, error);
	}
	ports_let_go(port);
}

static struct port *
open_port(struct ports *ports)
{
	struct port *port = calloc(1, sizeof *port);

	if (port == NULL)
		return NULL;
	port->ports = ports;
	port->descriptor = server_socket_open(ports->server->family, SOCK_DGRAM, 0);
	if (port->descriptor < 0) {
		free(port);
		return NULL;
	}
	if (server_socket_connect(port->descriptor, ports->server) != 0)
		goto failed;
	port->watch = loop_watch_open(ports->loop, port->descriptor, on_ready, port);
	if (port->watch == NULL)
		goto failed;
	if (!loop_watch_set(port->watch, true, false)) {
		loop_watch_close(port->watch);
		goto failed;
	}
	list_append(&ports->open, &port->link);
	ports->count++;
	ports->has_failed = false;
	port->spare_until = clock_after(PORTS_SPARE);
	return port;

failed:
	server_socket_close(port->descriptor);
	free(port);
	return NULL;
}

/* ---- All of them ---- */

static struct port *
find(const struct ports *ports, int descriptor)
{
	struct port *port;
	struct list *link;

	for (link = ports->open.next; link != &ports->open; link = link->next) {
		port = container_of(link, struct port, link);
		if (port->descriptor == descriptor)
			return port;
	}
	return NULL;
}

bool
ports_have(const struct ports *ports, int descriptor)
{
	return find(ports, descriptor) != NULL;
}

static void
set_current(struct ports *ports, struct port *port)
{
	struct port *before = ports->current;

	ports->current = port;
	port->sent = 0;
	if (before != NULL && before != port)
		close_if_idle(before);
}

static bool
is_any_lent(const struct ports *ports)
{
	struct list *link;

	for (link = ports->open.next; link != &ports->open; link = link->next)
		if (container_of(link, struct port, link)->is_lent)
			return true;
	return false;
}

/* The only one, which has nothing to wait for, and could send more. */
static bool
has_spare(const struct ports *ports)
{
	const struct port *port = ports->current;

	return port != NULL && ports->count == 1 && port->holders == 0 && !port->is_lent &&
	       port->sent < PORTS_QUESTIONS && !ports->has_failed &&
	       port->spare_until > clock_now();
}

int
ports_lend(struct ports *ports)
{
	struct port *port;

	if (has_spare(ports)) {
		ports->current->is_lent = true;
		return ports->current->descriptor;
	}
	port = open_port(ports);
	if (port == NULL)
		return -1;
	port->is_lent = true;
	set_current(ports, port);
	return port->descriptor;
}

static void
on_spare(struct timer *timer)
{
	struct ports *ports = container_of(timer, struct ports, spare);

	if (!is_any_lent(ports))
		retire_all(ports);
}

void
ports_take_back(struct ports *ports, int descriptor)
{
	struct port *port = find(ports, descriptor);

	port->is_lent = false;
	if (port->is_over)
		close_port(port);
	else
		close_if_idle(port);
	if (is_any_lent(ports))
		return;
	if (!has_spare(ports))
		retire_all(ports);
	else if (!timer_is_set(&ports->spare))
		loop_timer_set(ports->loop, &ports->spare, ports->current->spare_until);
}

/* By lot, if there is randomness to be had. */
static struct port *
draw(struct ports *ports)
{
	struct list *link = ports->open.next;
	struct port *port;
	uint8_t lot = 0;
	unsigned int i;

	random_octets_draw(ports->random, &lot, 1);
	for (i = lot % ports->count; i > 0; i--)
		link = link->next;
	port = container_of(link, struct port, link);
	return port->is_over ? NULL : port;
}

/* What it has sent may not be over. */
static struct port *
draw_again(struct ports *ports)
{
	struct port *port = draw(ports);

	if (port == NULL || port->is_roomy)
		return port;
	server_socket_expect_many(port->descriptor);
	port->is_roomy = true;
	return port;
}

/* One that hasn't sent too much yet. */
static void
renew_current(struct ports *ports)
{
	struct port *next = NULL;

	if (ports->current != NULL && ports->current->sent < PORTS_QUESTIONS)
		return;
	if (ports->count < PORTS_MAXIMUM)
		next = open_port(ports);
	if (next == NULL && ports->count > 0)
		next = draw_again(ports);
	if (next != NULL)
		set_current(ports, next);
}

ssize_t
ports_send(struct ports *ports, struct port **port, const uint8_t *octets, size_t length)
{
	ssize_t sent;

	if (*port != NULL && (*port)->is_over) {
		ports_let_go(*port);
		*port = NULL;
	}
	if (*port == NULL) {
		renew_current(ports);
		if (ports->current == NULL) {
			errno = ENOTCONN;
			return -1;
		}
		*port = ports->current;
		(*port)->holders++;
		(*port)->sent++;
	}
	sent = outbox_send(&ports->outbox, (*port)->descriptor, octets, length);
	if (sent < 0)
		ports->has_failed = true;
	return sent;
}

void
ports_hold(struct ports *ports, bool is_held)
{
	outbox_hold(&ports->outbox, is_held);
}

/* ---- Lifetime ---- */

void
ports_init(struct ports *ports)
{
	list_init(&ports->open);
	timer_init(&ports->spare, on_spare);
}

void
ports_close(struct ports *ports)
{
	loop_timer_clear(ports->loop, &ports->spare);
	retire_all(ports);
}
