/* SPDX-License-Identifier: MIT */
/* The sockets of the scripted server and the thread that serves them. */
#include "dns_server_impl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BIND_TRIES	 100
#define RECEIVE_BUFFER	 (16 * 1024 * 1024)
#define DATAGRAM_SIZE	 4096
#define DATAGRAMS_A_TURN 256 /* then whoever waits for the lock may have it */
#define BACKLOG		 1024

enum polled { POLLED_WAKE, POLLED_UDP, POLLED_LISTENER, POLLED_FIRST_CONNECTION };

static void
set_up_descriptor(int fd)
{
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
		dns_server_fail("fcntl");
}

static int
open_socket(int type)
{
	int fd = socket(AF_INET, type, 0);

	if (fd < 0)
		dns_server_fail("socket");
	set_up_descriptor(fd);
	return fd;
}

/* As large as the system allows: a burst must not be lost before it is read. */
static void
enlarge_receive_buffer(int fd)
{
	int size = RECEIVE_BUFFER;

#ifdef SO_RCVBUFFORCE
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) == 0)
		return;
#endif
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

/* Both sockets on one port. False if another program has it for TCP. */
static bool
bind_both(struct dns_server *server, struct sockaddr_in *address)
{
	socklen_t length = sizeof(*address);
	int on = 1;

	server->udp = open_socket(SOCK_DGRAM);
	enlarge_receive_buffer(server->udp);
	if (bind(server->udp, (const struct sockaddr *)address, sizeof(*address)) < 0 ||
	    getsockname(server->udp, (struct sockaddr *)address, &length) < 0)
		dns_server_fail("UDP bind");
	server->listener = open_socket(SOCK_STREAM);
	setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(server->listener, (const struct sockaddr *)address, sizeof(*address)) ==
		    0 &&
	    listen(server->listener, BACKLOG) == 0)
		return true;
	if (errno != EADDRINUSE)
		dns_server_fail("TCP bind");
	close(server->udp);
	close(server->listener);
	return false;
}

void
dns_server_open_sockets(struct dns_server *server, const char *address, uint16_t port)
{
	int tries;
	int i;

	for (tries = 0; tries < BIND_TRIES; tries++) {
		struct sockaddr_in bound = {.sin_family = AF_INET,
					    .sin_port = htons(port)};

		if (inet_pton(AF_INET, address, &bound.sin_addr) != 1) {
			errno = EINVAL;
			dns_server_fail(address);
		}
		if (bind_both(server, &bound)) {
			server->port = ntohs(bound.sin_port);
			break;
		}
		if (port != 0)
			break;
	}
	if (server->port == 0) {
		errno = EADDRINUSE;
		dns_server_fail("TCP bind");
	}
	snprintf(server->address, sizeof(server->address), "%s:%u", address,
		 server->port);
	if (pipe(server->wake) < 0)
		dns_server_fail("pipe");
	for (i = 0; i < 2; i++)
		set_up_descriptor(server->wake[i]);
}

void
dns_server_close_sockets(struct dns_server *server)
{
	close(server->udp);
	close(server->listener);
	close(server->wake[0]);
	close(server->wake[1]);
}

void
dns_server_wake(struct dns_server *server)
{
	/* A full pipe will wake it as well. */
	while (write(server->wake[1], "", 1) < 0 && errno == EINTR)
		continue;
}

static void
empty_pipe(int fd)
{
	char bytes[64];

	while (read(fd, bytes, sizeof(bytes)) > 0)
		continue;
}

static void
read_datagrams(struct dns_server *server)
{
	uint8_t message[DATAGRAM_SIZE];
	int i;

	for (i = 0; i < DATAGRAMS_A_TURN && !server->is_deaf; i++) {
		struct dns_origin origin = {.connection = NULL};
		socklen_t size = sizeof(origin.address);
		ssize_t length = recvfrom(server->udp, message, sizeof(message), 0,
					  (struct sockaddr *)&origin.address, &size);

		if (length < 0)
			return;
		dns_server_take(server, &origin, message, (size_t)length);
	}
}

static void
set_polled(struct dns_server *server, size_t index, int fd, short events)
{
	if (index >= server->polled_size) {
		server->polled_size = 2 * index + 16;
		server->polled = dns_reallocate(
			server->polled, server->polled_size * sizeof(*server->polled));
	}
	server->polled[index] = (struct pollfd){.fd = fd, .events = events};
}

/* Returns how many there are. */
static size_t
list_polled(struct dns_server *server)
{
	short readable = server->is_deaf ? 0 : POLLIN;
	size_t count = POLLED_FIRST_CONNECTION;
	struct dns_connection *connection;

	set_polled(server, POLLED_WAKE, server->wake[0], POLLIN);
	set_polled(server, POLLED_UDP, server->udp, readable);
	set_polled(server, POLLED_LISTENER, server->listener, readable);
	for (connection = server->connections; connection != NULL;
	     connection = connection->next) {
		connection->poll_index = 0;
		if (connection->fd < 0)
			continue;
		set_polled(server, count, connection->fd,
			   dns_stream_events(server, connection));
		connection->poll_index = count++;
	}
	return count;
}

static void
serve_polled(struct dns_server *server)
{
	struct dns_connection *connection;

	if (server->polled[POLLED_WAKE].revents != 0)
		empty_pipe(server->wake[0]);
	if (server->polled[POLLED_UDP].revents != 0)
		read_datagrams(server);
	for (connection = server->connections; connection != NULL;
	     connection = connection->next) {
		short events = connection->poll_index == 0
				       ? 0
				       : server->polled[connection->poll_index].revents;

		if (events != 0 && !connection->is_broken)
			dns_stream_serve(server, connection, events);
	}
	if (server->polled[POLLED_LISTENER].revents != 0 && !server->is_deaf)
		dns_stream_accept(server);
}

void *
dns_server_run(void *argument)
{
	struct dns_server *server = argument;

	pthread_mutex_lock(&server->lock);
	while (!server->is_stopping) {
		size_t count;
		int timeout;
		int ready;

		dns_stream_reap(server);
		count = list_polled(server);
		timeout = dns_server_next_due(server);
		pthread_mutex_unlock(&server->lock);
		ready = poll(server->polled, (nfds_t)count, timeout);
		pthread_mutex_lock(&server->lock);
		dns_server_answer_due(server);
		if (ready > 0)
			serve_polled(server);
		if (server->has_news && server->waiter_count > 0)
			pthread_cond_broadcast(&server->has_asked);
		server->has_news = false;
	}
	pthread_mutex_unlock(&server->lock);
	return NULL;
}
