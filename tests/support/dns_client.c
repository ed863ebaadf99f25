/* SPDX-License-Identifier: MIT */
#include "dns_client.h"

#include <arpa/inet.h>
#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE 20

int
client_open(struct dns_server *server, int socket_type)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_port = htons(dns_server_port(server))};
	struct timeval patience = {.tv_sec = PATIENCE};
	char host[32];
	int fd = socket(AF_INET, socket_type, 0);
	int size = 4 * 1024 * 1024;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(sscanf(dns_server_address(server), "%31[0-9.]", host), 1);
	ck_assert_int_eq(inet_pton(AF_INET, host, &address.sin_addr), 1);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (socket_type == SOCK_DGRAM)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof(address)),
			 0);
	return fd;
}

static bool
is_stream(int fd)
{
	socklen_t size = sizeof(int);
	int type = 0;

	ck_assert_int_eq(getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size), 0);
	return type == SOCK_STREAM;
}

static uint8_t *
put16(uint8_t *at, unsigned int value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
	return at + 2;
}

size_t
client_make_question(uint8_t bytes[300], unsigned int id, const char *name, int type,
		     unsigned int udp_size)
{
	uint8_t *at = put16(bytes, id);

	at = put16(at, FLAG_RECURSION);
	at = put16(at, 1);
	at = put16(at, 0);
	at = put16(at, 0);
	at = put16(at, udp_size == 0 ? 0 : 1);
	while (*name != '\0') {
		size_t length = strcspn(name, ".");

		*at++ = (uint8_t)length;
		memcpy(at, name, length);
		at += length;
		name += length + (name[length] == '.');
	}
	*at++ = 0;
	at = put16(at, (unsigned int)type);
	at = put16(at, 1);
	if (udp_size != 0) {
		*at++ = 0;
		at = put16(at, 41);
		at = put16(at, udp_size);
		memset(at, 0, 6);
		at += 6;
	}
	return (size_t)(at - bytes);
}

void
client_send(int fd, const uint8_t *bytes, size_t length)
{
	ck_assert_int_eq(send(fd, bytes, length, MSG_NOSIGNAL), (ssize_t)length);
}

void
client_ask_with_edns(int fd, unsigned int id, const char *name, int type,
		     unsigned int udp_size)
{
	uint8_t bytes[2 + 300];
	size_t length = client_make_question(bytes + 2, id, name, type, udp_size);

	put16(bytes, (unsigned int)length);
	if (is_stream(fd))
		client_send(fd, bytes, 2 + length);
	else
		client_send(fd, bytes + 2, length);
}

void
client_ask(int fd, unsigned int id, const char *name, int type)
{
	client_ask_with_edns(fd, id, name, type, 0);
}

static void
receive_from_stream(int fd, struct reply *reply)
{
	uint8_t prefix[2];
	ssize_t length = recv(fd, prefix, 2, MSG_WAITALL);

	reply->length = 0;
	if (length == 0)
		return;
	ck_assert_msg(length == 2, "no answer came");
	reply->length = (size_t)prefix[0] << 8 | prefix[1];
	ck_assert_int_eq(recv(fd, reply->bytes, reply->length, MSG_WAITALL),
			 (ssize_t)reply->length);
}

static void
receive_datagram(int fd, struct reply *reply)
{
	ssize_t length = recv(fd, reply->bytes, sizeof(reply->bytes), 0);

	ck_assert_msg(length >= 0, "no answer came");
	reply->length = (size_t)length;
}

void
client_receive(int fd, struct reply *reply)
{
	if (is_stream(fd))
		receive_from_stream(fd, reply);
	else
		receive_datagram(fd, reply);
	if (reply->length > 0)
		client_read_reply(reply);
}

bool
client_has_reply(int fd)
{
	struct pollfd readable = {.fd = fd, .events = POLLIN};

	return poll(&readable, 1, 0) == 1;
}

static void
get(struct dns_server *server, int socket_type, const char *name, int type,
    struct reply *reply)
{
	int fd = client_open(server, socket_type);

	client_ask(fd, 1, name, type);
	client_receive(fd, reply);
	close(fd);
}

void
client_get(struct dns_server *server, const char *name, int type, struct reply *reply)
{
	get(server, SOCK_DGRAM, name, type, reply);
}

void
client_get_by_tcp(struct dns_server *server, const char *name, int type,
		  struct reply *reply)
{
	get(server, SOCK_STREAM, name, type, reply);
}

int
client_load_zone(struct dns_server *server, const char *text)
{
	char path[] = "test_dns_server.zone.XXXXXX";
	int fd = mkstemp(path);
	size_t length = strlen(text);
	int count;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, length), (ssize_t)length);
	close(fd);
	count = dns_server_load_zone(server, path);
	unlink(path);
	return count;
}
