/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_probe.h"

#include "clock.h"
#include "host_entry_impl.h"
#include "uncancelled.h"

#include <ifaddrs.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* No packet goes there; but some systems do not connect to port 0. */
#define PORT_DISCARD 9

#define INTERFACES_AGE 1000 /* milliseconds */

void
address_prober_init(struct address_prober *prober)
{
	pthread_mutex_init(&prober->lock, NULL);
	prober->ipv4 = prober->ipv6 = -1;
	prober->interfaces = NULL;
	prober->interfaces_until = INT64_MIN;
}

void
address_prober_close(struct address_prober *prober)
{
	int cancelled = uncancelled_begin();

	if (prober->ipv4 >= 0)
		close(prober->ipv4);
	if (prober->ipv6 >= 0)
		close(prober->ipv6);
	if (prober->interfaces != NULL)
		freeifaddrs(prober->interfaces);
	pthread_mutex_destroy(&prober->lock);
	uncancelled_end(cancelled);
}

static unsigned int
first_octet(const struct sockaddr_in *address)
{
	return ntohl(address->sin_addr.s_addr) >> 24;
}

static unsigned int
mask_length(const struct sockaddr *netmask)
{
	struct sockaddr_in mask;
	uint32_t bits;
	unsigned int length = 0;

	memcpy(&mask, netmask, sizeof mask);
	for (bits = ntohl(mask.sin_addr.s_addr); bits >> 31 != 0; bits <<= 1)
		length++;
	return length;
}

static void
refresh_interfaces(struct address_prober *prober)
{
	int64_t now = clock_now();

	if (now < prober->interfaces_until)
		return;
	if (prober->interfaces != NULL)
		freeifaddrs(prober->interfaces);
	if (getifaddrs(&prober->interfaces) != 0)
		prober->interfaces = NULL;
	prober->interfaces_until = now + INTERFACES_AGE;
}

/* The prefix length that an interface has with an address; 0: not known. */
static unsigned int
find_prefix_length(struct address_prober *prober, struct in_addr address)
{
	const struct ifaddrs *interface;
	struct sockaddr_in own;

	refresh_interfaces(prober);
	for (interface = prober->interfaces; interface != NULL;
	     interface = interface->ifa_next) {
		if (interface->ifa_addr == NULL || interface->ifa_netmask == NULL ||
		    interface->ifa_addr->sa_family != AF_INET)
			continue;
		memcpy(&own, interface->ifa_addr, sizeof own);
		if (own.sin_addr.s_addr == address.s_addr)
			return mask_length(interface->ifa_netmask);
	}
	return 0;
}

static bool
find_source(int *descriptor, const union host_address *target, socklen_t length,
	    union host_address *source)
{
	struct sockaddr nowhere = { .sa_family = AF_UNSPEC };
	socklen_t size = sizeof *source;
	bool is_found;

	if (*descriptor < 0)
		*descriptor = socket(target->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (*descriptor < 0)
		return false;
	is_found = connect(*descriptor, &target->any, length) == 0 &&
		   getsockname(*descriptor, &source->any, &size) == 0;
	/* It keeps neither a port nor the source, which would be the next one's too. */
	connect(*descriptor, &nowhere, sizeof nowhere);
	return is_found;
}

static bool
probe_ipv4(struct address_prober *prober, union host_address *target,
	   union host_address *source, unsigned int *prefix_length)
{
	target->ipv4.sin_port = htons(PORT_DISCARD);
	if (!find_source(&prober->ipv4, target, sizeof target->ipv4, source))
		return false;
	source->ipv4.sin_port = 0;
	if (first_octet(&source->ipv4) == first_octet(&target->ipv4))
		*prefix_length = find_prefix_length(prober, source->ipv4.sin_addr);
	return true;
}

static bool
probe_ipv6(struct address_prober *prober, union host_address *target,
	   union host_address *source)
{
	target->ipv6.sin6_port = htons(PORT_DISCARD);
	if (!find_source(&prober->ipv6, target, sizeof target->ipv6, source))
		return false;
	source->ipv6.sin6_port = 0;
	return true;
}

bool
address_probe(void *context, const union host_address *destination,
	      union host_address *source, unsigned int *prefix_length)
{
	struct address_prober *prober = context;
	union host_address target = *destination;
	int cancelled = uncancelled_begin();
	bool is_reachable = false;

	memset(source, 0, sizeof *source);
	*prefix_length = 0;
	pthread_mutex_lock(&prober->lock);
	if (target.any.sa_family == AF_INET)
		is_reachable = probe_ipv4(prober, &target, source, prefix_length);
	else if (target.any.sa_family == AF_INET6)
		is_reachable = probe_ipv6(prober, &target, source);
	pthread_mutex_unlock(&prober->lock);
	uncancelled_end(cancelled);
	return is_reachable;
}
