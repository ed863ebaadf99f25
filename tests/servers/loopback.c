/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loopback.h"

static struct sockaddr_in
loopback_address(uint16_t port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

int
loopback_bind(int type, uint16_t port, uint16_t *retPort)
{
	struct sockaddr_in address = loopback_address(port);
	socklen_t length = sizeof(address);
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
		close(fd);
		return -1;
	}
	*retPort = ntohs(address.sin_port);
	return fd;
}

/* A connected socket holds the port and takes datagrams of its peer only: of itself. */
int
loopback_bind_dead(bool refuses, uint16_t *retPort)
{
	int fd = loopback_bind(SOCK_DGRAM, 0, retPort);
	struct sockaddr_in address;

	if (fd < 0 || !refuses)
		return fd;
	address = loopback_address(*retPort);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

uint16_t
loopback_find_free_port(void)
{
	uint16_t port = 0;
	int udp, tcp, tries;

	for (tries = 0; tries < 100; tries++) {
		udp = loopback_bind(SOCK_DGRAM, 0, &port);
		tcp = loopback_bind(SOCK_STREAM, port, &port);
		close(udp);
		close(tcp);
		if (udp >= 0 && tcp >= 0)
			return port;
	}
	return 0;
}

bool
loopback_works(void)
{
	uint16_t port = 0;
	int fd = loopback_bind(SOCK_DGRAM, 0, &port);
	struct sockaddr_in address = loopback_address(port);
	ssize_t sent;

	sent = sendto(fd, "", 1, 0, (struct sockaddr *)&address, sizeof(address));
	close(fd);
	return sent == 1;
}

/* The question for the IPv4 addresses of a name; returns its length. */
static size_t
question_write(const char *name, unsigned char *message)
{
	static const unsigned char header[12] = { 0x5a, 0xa5, 1, 0, 0, 1 };
	static const unsigned char type_and_class[] = { 0, 0, 1, 0, 1 };
	unsigned char *at = message + sizeof(header);
	size_t length;

	memcpy(message, header, sizeof(header));
	for (; *name != '\0'; name += length + (name[length] == '.')) {
		length = strcspn(name, ".");
		*at++ = (unsigned char)length;
		memcpy(at, name, length);
		at += length;
	}
	memcpy(at, type_and_class, sizeof(type_and_class));
	return (size_t)(at - message) + sizeof(type_and_class);
}

bool
loopback_ask(uint16_t port, const char *name)
{
	struct sockaddr_in address = loopback_address(port);
	unsigned char question[512], reply[512];
	size_t length = question_write(name, question);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct pollfd readable = { fd, POLLIN, 0 };
	ssize_t got = -1;

	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    send(fd, question, length, 0) == (ssize_t)length &&
	    poll(&readable, 1, 100) == 1)
		got = recv(fd, reply, sizeof(reply), 0);
	if (got < 0)
		poll(NULL, 0, 10);	/* refused at once: nobody is there yet */
	close(fd);
	return got > (ssize_t)length && memcmp(question, reply, 2) == 0 &&
	       (reply[3] & 0x0f) == 0 && reply[7] > 0;
}
