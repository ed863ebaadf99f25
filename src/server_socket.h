/* SPDX-License-Identifier: MIT */
/* server_socket: a socket to one server, for c-ares, which would do it in other ways: sets
 * the flags too late for a fork elsewhere, sends so that a closed connection kills the
 * process, and knows no scopes (1.18.1). */
#ifndef ASYNCDNS_SERVER_SOCKET_H
#define ASYNCDNS_SERVER_SOCKET_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "server_list.h"

/* Those that return something return what the system's function of that kind does. */

int server_socket_open(int family, int type, int protocol);
/* More datagrams may come at once than it has room for as it is: some fifty. */
void server_socket_expect_many(int descriptor);
int server_socket_connect(int descriptor, const struct server *server);
ssize_t server_socket_send(int descriptor, const struct iovec *vector, int count);
ssize_t server_socket_receive(int descriptor, void *buffer, size_t size);
int server_socket_close(int descriptor);

/* What is longer is cut off, and longer than anybody was asked for all the same. */
#define SERVER_SOCKET_DATAGRAM_SIZE 4097

struct datagram {
	size_t length;
	uint8_t octets[SERVER_SOCKET_DATAGRAM_SIZE];
};

/* Several datagrams in one system call, if there is one for that; up to
 * SERVER_SOCKET_SEVERAL. How many were sent or received, from the first on; -1: none, and
 * errno says why. */
#define SERVER_SOCKET_SEVERAL 32
int server_socket_send_several(int descriptor, struct iovec *datagrams, int count);
int server_socket_receive_several(int descriptor, struct datagram *datagrams, int count);

/* 1.34 passes over an address of a link, whose scope it cannot be told in all its versions;
 * so it is given another, as the name of a server that it never reaches itself. */
void server_socket_disguise(struct server *disguised, const struct server *server);

#endif
