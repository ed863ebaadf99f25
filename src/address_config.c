/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_config.h"

#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "uncancelled.h"

#define LOOK_INTERVAL 1000 /* milliseconds */

void
address_config_init(struct address_config *config)
{
	config->next_look = INT64_MIN;
	atomic_init(&config->only, AF_UNSPEC);
}

static bool
is_loopback(const struct sockaddr *address)
{
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;

	if (address->sa_family == AF_INET) {
		memcpy(&ipv4, address, sizeof ipv4);
		return ntohl(ipv4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	}
	memcpy(&ipv6, address, sizeof ipv6);
	return IN6_IS_ADDR_LOOPBACK(&ipv6.sin6_addr);
}

static bool
has_family(const struct ifaddrs *interface, int family)
{
	const struct sockaddr *address;

	for (; interface != NULL; interface = interface->ifa_next) {
		address = interface->ifa_addr;
		if (address != NULL && address->sa_family == family &&
		    !is_loopback(address))
			return true;
	}
	return false;
}

void
address_config_refresh(struct address_config *config, int64_t now)
{
	struct ifaddrs *interfaces;
	bool has_ipv4, has_ipv6;
	int cancelled, error;

	if (now < config->next_look)
		return;
	config->next_look = now + LOOK_INTERVAL;
	cancelled = uncancelled_begin();
	error = getifaddrs(&interfaces);
	uncancelled_end(cancelled);
	if (error != 0)
		return;
	has_ipv4 = has_family(interfaces, AF_INET);
	has_ipv6 = has_family(interfaces, AF_INET6);
	freeifaddrs(interfaces);
	atomic_store(&config->only, has_ipv4 == has_ipv6 ? AF_UNSPEC :
				    has_ipv4		 ? AF_INET :
							   AF_INET6);
}

int
address_config_restrict(const struct address_config *config, int family)
{
	return family == AF_UNSPEC ? atomic_load(&config->only) : family;
}
