/* SPDX-License-Identifier: MIT */
#include "closed_port.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

/* A socket that is connected takes datagrams from its peer only; those of all others are
 * refused by the system. Its peer is itself. */
int
closed_port_open(char address[CLOSED_PORT_TEXT])
{
	union {
		struct sockaddr any;
		struct sockaddr_in ipv4;
	} own = { .ipv4 = { .sin_family = AF_INET } };
	socklen_t length = sizeof own;
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(descriptor, 0);
	own.ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	ck_assert_int_eq(bind(descriptor, &own.any, length), 0);
	ck_assert_int_eq(getsockname(descriptor, &own.any, &length), 0);
	ck_assert_int_eq(connect(descriptor, &own.any, length), 0);
	snprintf(address, CLOSED_PORT_TEXT, "127.0.0.1:%u",
		 (unsigned int)ntohs(own.ipv4.sin_port));
	return descriptor;
}
