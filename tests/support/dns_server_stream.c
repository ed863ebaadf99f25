/* SPDX-License-Identifier: MIT */
/* The TCP connections of the scripted server: messages behind their lengths, several of
 * them on one connection, read and written in whatever pieces they come. */
#include "dns_server_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void
dns_stream_accept(struct dns_server *server)
{
	for (;;) {
		int fd = accept(server->listener, NULL, NULL);
		struct dns_connection *connection;
		int on = 1;

		if (fd < 0)
			return;
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		fcntl(fd, F_SETFL, O_NONBLOCK);
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
		connection = dns_allocate(sizeof(*connection));
		connection->fd = fd;
		connection->next = server->connections;
		server->connections = connection;
	}
}

static void
flush_output(struct dns_connection *connection)
{
	while (connection->output_sent < connection->output_length) {
		ssize_t sent =
			send(connection->fd, connection->output + connection->output_sent,
			     connection->output_length - connection->output_sent,
			     MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0) {
			if (errno != EAGAIN)
				connection->is_broken = true;
			return;
		}
		connection->output_sent += (size_t)sent;
	}
	connection->output_sent = 0;
	connection->output_length = 0;
}

void
dns_stream_send(struct dns_connection *connection, const uint8_t *bytes, size_t length)
{
	size_t needed = connection->output_length + length;

	if (connection->fd < 0 || connection->is_broken)
		return;
	if (needed > connection->output_size) {
		connection->output_size = 2 * needed;
		connection->output =
			dns_reallocate(connection->output, connection->output_size);
	}
	memcpy(connection->output + connection->output_length, bytes, length);
	connection->output_length = needed;
	flush_output(connection);
}

void
dns_stream_reset(struct dns_connection *connection)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	if (connection->fd >= 0)
		setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &linger,
			   sizeof(linger));
	connection->is_broken = true;
}

/* Takes the whole messages out of the input. */
static void
take_messages(struct dns_server *server, struct dns_connection *connection)
{
	struct dns_origin origin = {.connection = connection};
	uint8_t *at = connection->input;
	size_t rest = connection->input_length;

	while (rest >= 2 && !connection->is_broken) {
		size_t length = (size_t)at[0] << 8 | at[1];

		if (rest - 2 < length)
			break;
		dns_server_take(server, &origin, at + 2, length);
		at += 2 + length;
		rest -= 2 + length;
	}
	memmove(connection->input, at, rest);
	connection->input_length = rest;
}

static void
read_input(struct dns_server *server, struct dns_connection *connection)
{
	while (!connection->is_broken && !connection->has_ended && !server->is_deaf) {
		ssize_t got =
			recv(connection->fd, connection->input + connection->input_length,
			     sizeof(connection->input) - connection->input_length, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			if (errno != EAGAIN)
				connection->is_broken = true;
			return;
		}
		if (got == 0)
			connection->has_ended = true;
		connection->input_length += (size_t)got;
		take_messages(server, connection);
	}
}

short
dns_stream_events(const struct dns_server *server,
		  const struct dns_connection *connection)
{
	short events = 0;

	if (!server->is_deaf && !connection->has_ended)
		events |= POLLIN;
	if (connection->output_length > 0)
		events |= POLLOUT;
	return events;
}

void
dns_stream_serve(struct dns_server *server, struct dns_connection *connection,
		 short events)
{
	if ((events & POLLOUT) != 0)
		flush_output(connection);
	if ((events & POLLIN) != 0)
		read_input(server, connection);
	else if ((events & (POLLERR | POLLHUP)) != 0)
		connection->is_broken = true;
}

static void
close_connection(struct dns_connection *connection)
{
	close(connection->fd);
	connection->fd = -1;
	free(connection->output);
	connection->output = NULL;
}

void
dns_stream_reap(struct dns_server *server)
{
	struct dns_connection **link = &server->connections;

	while (*link != NULL) {
		struct dns_connection *connection = *link;
		bool is_done = connection->has_ended && connection->references == 0 &&
			       connection->output_length == 0;

		if (connection->fd >= 0 && (connection->is_broken || is_done))
			close_connection(connection);
		if (connection->fd < 0 && connection->references == 0) {
			*link = connection->next;
			free(connection);
		} else {
			link = &connection->next;
		}
	}
}

void
dns_stream_close_all(struct dns_server *server)
{
	struct dns_connection *connection;

	for (connection = server->connections; connection != NULL;
	     connection = connection->next)
		connection->is_broken = true;
	dns_stream_reap(server);
}
