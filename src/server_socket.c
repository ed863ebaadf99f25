/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "server_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define SOCKET_BUFFER (1024 * 1024)

/* So many pieces are sent at once at most; Linux refuses more than that. */
#define PIECES_MAXIMUM 1024

#ifdef SOCK_CLOEXEC
#define SOCKET_FLAGS (SOCK_CLOEXEC | SOCK_NONBLOCK)
#else
#define SOCKET_FLAGS 0
#endif

int
server_socket_open(int family, int type, int protocol)
{
	int descriptor = socket(family, type | SOCKET_FLAGS, protocol);
	int size = SOCKET_BUFFER, on = 1;

	if (descriptor < 0)
		return -1;
#ifndef SOCK_CLOEXEC
	fcntl(descriptor, F_SETFD, FD_CLOEXEC);
	fcntl(descriptor, F_SETFL, O_NONBLOCK);
#endif
	if (type == SOCK_STREAM) {
		setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
		setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	}
	return descriptor;
}

void
server_socket_expect_many(int descriptor)
{
	int size = SOCKET_BUFFER;

	setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

int
server_socket_connect(int descriptor, const struct server *server)
{
	union server_address address;
	socklen_t length = server_make_address(&address, server);

	return connect(descriptor, &address.any, length);
}

/* That an earlier datagram was refused is said to whoever sends next: to the wrong one, who
 * would fail while the other waits. Sent anyway, this one is refused too, and that is said
 * to c-ares when it reads, for all that are under way. */
ssize_t
server_socket_send(int descriptor, const struct iovec *vector, int count)
{
	struct msghdr message = { .msg_iov = (struct iovec *)(uintptr_t)vector };
	ssize_t sent;

	message.msg_iovlen = count < PIECES_MAXIMUM ? (size_t)count : PIECES_MAXIMUM;
	sent = sendmsg(descriptor, &message, MSG_NOSIGNAL);
	if (sent < 0 && errno == ECONNREFUSED)
		sent = sendmsg(descriptor, &message, MSG_NOSIGNAL);
	return sent;
}

#ifdef HAVE_SENDMMSG
int
server_socket_send_several(int descriptor, struct iovec *datagrams, int count)
{
	struct mmsghdr headers[SERVER_SOCKET_SEVERAL];
	int i;

	memset(headers, 0, (size_t)count * sizeof *headers);
	for (i = 0; i < count; i++) {
		headers[i].msg_hdr.msg_iov = &datagrams[i];
		headers[i].msg_hdr.msg_iovlen = 1;
	}
	return sendmmsg(descriptor, headers, (unsigned int)count, MSG_NOSIGNAL);
}
#else
int
server_socket_send_several(int descriptor, struct iovec *datagrams, int count)
{
	(void)count;
	return server_socket_send(descriptor, datagrams, 1) < 0 ? -1 : 1;
}
#endif

#ifdef HAVE_RECVMMSG
int
server_socket_receive_several(int descriptor, struct datagram *datagrams, int count)
{
	struct mmsghdr headers[SERVER_SOCKET_SEVERAL];
	struct iovec places[SERVER_SOCKET_SEVERAL];
	int i, received;

	memset(headers, 0, (size_t)count * sizeof *headers);
	for (i = 0; i < count; i++) {
		places[i].iov_base = datagrams[i].octets;
		places[i].iov_len = sizeof datagrams[i].octets;
		headers[i].msg_hdr.msg_iov = &places[i];
		headers[i].msg_hdr.msg_iovlen = 1;
	}
	received = recvmmsg(descriptor, headers, (unsigned int)count, 0, NULL);
	for (i = 0; i < received; i++)
		datagrams[i].length = headers[i].msg_len;
	return received;
}
#else
int
server_socket_receive_several(int descriptor, struct datagram *datagrams, int count)
{
	ssize_t got;
	int i;

	for (i = 0; i < count; i++) {
		got = recv(descriptor, datagrams[i].octets, sizeof datagrams[i].octets, 0);
		if (got < 0)
			return i > 0 ? i : -1;
		datagrams[i].length = (size_t)got;
	}
	return count;
}
#endif

ssize_t
server_socket_receive(int descriptor, void *buffer, size_t size)
{
	return recv(descriptor, buffer, size, 0);
}

int
server_socket_close(int descriptor)
{
	return close(descriptor);
}

void
server_socket_disguise(struct server *disguised, const struct server *server)
{
	*disguised = *server;
	disguised->scope = 0;
	if (server->family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&server->address))
		disguised->address.s6_addr[0] = 0xfd;
}
