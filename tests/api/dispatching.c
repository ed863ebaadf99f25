/* SPDX-License-Identifier: MIT */
#include "dispatching.h"

#include <errno.h>
#include <poll.h>

static void
make_dispatching(void)
{
	world_close_resolver();
	world.resolver = world_make_resolver(DNS_RESOLVER_DISPATCH_CALLBACKS);
}

TCase *
dispatching_case(Suite *suite, const char *name)
{
	TCase *made = contract_case(suite, name);

	tcase_add_checked_fixture(made, make_dispatching, NULL);
	return made;
}

int
descriptor_of(DnsResolver *resolver)
{
	int descriptor = DnsResolverGetDescriptor(resolver);

	require(descriptor >= 0, "no descriptor");
	return descriptor;
}

static bool
poll_for(int descriptor, int milliseconds)
{
	struct pollfd polled = {.fd = descriptor, .events = POLLIN};
	int ready;

	do
		ready = poll(&polled, 1, milliseconds);
	while (ready < 0 && errno == EINTR);
	require(ready >= 0, "poll failed");
	return ready == 1 && polled.revents == POLLIN;
}

bool
is_readable(int descriptor)
{
	return poll_for(descriptor, 0);
}

void
await_due_or_closed(DnsResolver *resolver)
{
	int descriptor;

	do
		descriptor = DnsResolverGetDescriptor(resolver);
	while (descriptor >= 0 && !poll_for(descriptor, 100));
}

void
dispatch_until(DnsResolver *resolver, size_t count)
{
	size_t ran;

	while (count > 0) {
		await_due_or_closed(resolver);
		ran = DnsResolverDispatch(resolver);
		require(ran >= 1 && ran <= count, "none dispatched, or too many");
		count -= ran;
	}
}
