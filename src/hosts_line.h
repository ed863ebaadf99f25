/* SPDX-License-Identifier: MIT */
/* hosts_line: one line after another in the form of hosts(5): an address, names, a
 * comment. */
#ifndef ASYNCDNS_HOSTS_LINE_H
#define ASYNCDNS_HOSTS_LINE_H

#include <netinet/in.h>
#include <stdint.h>

#include "host_name.h"
#include "text_file.h"

struct if_nameindex;

struct hosts_line {
	/* As they were when a line first named one: a system call for each is slow. */
	struct if_nameindex *interfaces;
	int family; /* AF_INET or AF_INET6 */
	union {
		struct in_addr ipv4;
		struct in6_addr ipv6;
	} address;
	uint32_t scope;		/* of an IPv6 address; 0: none */
	struct text_span names;	/* what is left to be read of them */
};

/* A name in its line. */
struct hosts_name {
	char normal[HOST_NAME_MAXIMUM + 2];
	struct text_span spelling; /* without the final dot */
};

void hosts_line_init(struct hosts_line *line);
void hosts_line_clear(struct hosts_line *line);

/* False: the line has no address, or a NUL before its comment. */
bool hosts_line_read(struct hosts_line *line, struct text_span text);

/* Takes the next name that a host can have; false: there is none. */
bool hosts_line_next_name(struct hosts_line *line, struct hosts_name *name);

#endif
