/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_setup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "resolve.h"

static int
complain(const char *what, int error)
{
	fprintf(stderr, PROGRAM_NAME ": %s: %s\n", what, strerror(error));
	return EXIT_TROUBLE;
}

static int
resolver_options_fill(DnsResolverOptions *options, const struct settings *settings)
{
	DnsStatus status = DnsResolverOptionsSetServers(options, settings->server);

	if (status == DNS_STATUS_INVALID_ARGUMENT)
		return usage_complain("not a list of server addresses: ",
				      settings->server);
	if (status == DNS_STATUS_OK)
		status = DnsResolverOptionsSetDeadline(options, settings->timeout);
	/* Whoever asks a tool wants all that there is, not the first that comes. */
	if (status == DNS_STATUS_OK)
		status = DnsResolverOptionsSetGrace(options, settings->timeout);
	/* The same on every system; and what is printed is not what is connected to. */
	if (status == DNS_STATUS_OK)
		status = DnsResolverOptionsSetAddressOrder(options,
							   DNS_ADDRESS_ORDER_AS_RECEIVED);
	return status == DNS_STATUS_OK ? EXIT_FOUND
				       : complain("cannot set up a resolver", ENOMEM);
}

static int
resolver_make(const struct settings *settings, DnsResolver **retResolver)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	int status;

	*retResolver = NULL;
	if (options == NULL)
		return complain("cannot set up a resolver", ENOMEM);
	status = resolver_options_fill(options, settings);
	if (status == EXIT_FOUND) {
		*retResolver = DnsResolverCreate(options);
		if (*retResolver == NULL)
			status = complain("cannot set up a resolver", errno);
	}
	DnsResolverOptionsRelease(options);
	return status;
}

int
setup_make(struct setup *setup, const struct settings *settings)
{
	int status;

	setup->options = DnsLookupOptionsCreate();
	if (setup->options == NULL)
		return complain("cannot set up a resolver", ENOMEM);
	DnsLookupOptionsSetFamily(setup->options, settings->family);
	status = resolver_make(settings, &setup->resolver);
	if (status != EXIT_FOUND)
		setup_clear(setup);
	return status;
}

void
setup_clear(struct setup *setup)
{
	DnsLookupOptionsRelease(setup->options);
}
