/* SPDX-License-Identifier: MIT */
#include "addrinfo_client.h"

#include <stddef.h>

struct addrinfo
addrinfo_hints(const struct run *run)
{
	return (struct addrinfo){ .ai_socktype = SOCK_STREAM, .ai_family = run->family };
}

bool
addrinfo_is_good(const struct run *run, long number, const struct addrinfo *found)
{
	const void *ipv4 = NULL, *ipv6 = NULL;

	for (; found != NULL; found = found->ai_next) {
		if (found->ai_family == AF_INET)
			ipv4 = &((struct sockaddr_in *)(void *)found->ai_addr)->sin_addr;
		else
			ipv6 = &((struct sockaddr_in6 *)(void *)found->ai_addr)->sin6_addr;
	}
	return run_is_answer(run, number, ipv4, ipv6);
}
