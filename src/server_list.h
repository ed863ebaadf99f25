/* SPDX-License-Identifier: MIT */
/* server_list: the servers to ask, each an address and a port, in order. */
#ifndef ASYNCDNS_SERVER_LIST_H
#define ASYNCDNS_SERVER_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <netinet/in.h>

#define SERVER_LIST_MAXIMUM 8
#define SERVER_PORT 53

#define SERVER_LIST_TEXT_SIZE                                                            \
	(SERVER_LIST_MAXIMUM * (INET6_ADDRSTRLEN + sizeof "[%4294967295]:65535,"))

struct server_list {
	size_t count;
	struct server {
		int family;		/* AF_INET or AF_INET6 */
		struct in6_addr address; /* of IPv4 the first four bytes */
		unsigned int port;
		unsigned int scope;	/* as in sin6_scope_id; 0: none */
	} servers[SERVER_LIST_MAXIMUM];
};

/* Appends what "192.0.2.1", "192.0.2.1:5300", "2001:db8::1" or "[2001:db8::1]:5300"
 * means. An IPv6 address may have a scope: "fe80::1%eth0", "[fe80::1%2]:5300". False for
 * anything else, an interface that is not there included, or when the list is full. */
bool server_list_add(struct server_list *list, const char *text, size_t length);

/* Reads several, separated by commas; false if one is not an address. */
bool server_list_parse(struct server_list *list, const char *text);

/* The same, as text that has all ports, and scopes as numbers. */
void server_list_format(const struct server_list *list, char text[SERVER_LIST_TEXT_SIZE]);

union server_address {
	struct sockaddr any;
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;
};

/* As sockets are given it; its length. */
socklen_t server_make_address(union server_address *address, const struct server *server);

#endif
