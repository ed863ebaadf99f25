/* SPDX-License-Identifier: MIT */
#include "address_text.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <string.h>

void
address_from_text(union host_address *address, const char *text)
{
	struct in6_addr octets;
	int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;

	ck_assert_msg(inet_pton(family, text, &octets) == 1, "%s", text);
	if (family == AF_INET)
		host_address_set_ipv4(address, &octets);
	else
		host_address_set_ipv6(address, &octets);
}

void
addresses_to_text(char *text, size_t size, const union host_address *addresses,
		  size_t count)
{
	char word[INET6_ADDRSTRLEN];
	size_t used = 0, i;
	const void *octets;

	*text = '\0';
	for (i = 0; i < count; i++) {
		octets = addresses[i].any.sa_family == AF_INET ?
				 (const void *)&addresses[i].ipv4.sin_addr :
				 (const void *)&addresses[i].ipv6.sin6_addr;
		inet_ntop(addresses[i].any.sa_family, octets, word, sizeof word);
		used += (size_t)snprintf(text + used, size - used, "%s%s",
					 i > 0 ? " " : "", word);
		ck_assert_uint_lt(used, size);
	}
}
