/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_setup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "resolve.h"
#include "resolve_trouble.h"

/* More than eight servers, 32 suffixes and two paths need. */
#define CONFIGURATION_SIZE 16384
#define VERSIONS_SIZE 256

static DnsStatus
rebinding_set(DnsResolverOptions *options, const struct settings *settings)
{
	if (!settings->refuses_private)
		return DNS_STATUS_OK;
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_REFUSE_PRIVATE);
	return DnsResolverOptionsSetPrivateSuffixes(options, settings->private_suffixes);
}

static int
resolver_options_fill(DnsResolverOptions *options, const struct settings *settings)
{
	DnsStatus status = DnsResolverOptionsSetServers(options, settings->server);
	int tries = (int)settings->tries;

	if (status == DNS_STATUS_INVALID_ARGUMENT)
		return usage_complain("not a list of server addresses: ",
				      settings->server);
	if (status == DNS_STATUS_OK)
		status = rebinding_set(options, settings);
	if (status == DNS_STATUS_INVALID_ARGUMENT)
		return usage_complain("not a list of suffixes: ",
				      settings->private_suffixes);
	if (status == DNS_STATUS_OK)
		status = DnsResolverOptionsSetResolvConfPath(options,
							     settings->resolv_conf);
	if (status == DNS_STATUS_OK && tries > 0)
		status = DnsResolverOptionsSetTries(options, tries);
	if (status == DNS_STATUS_OK && settings->try_timeout > 0)
		status = DnsResolverOptionsSetTimeout(options, settings->try_timeout);
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
				       : trouble_tell("cannot set up a resolver",
						      strerror(ENOMEM));
}

/* The options, which the caller releases; NULL: the user has been told why not, and it is
 * the exit status. */
static DnsResolverOptions *
resolver_options_make(const struct settings *settings, int *retStatus)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	if (options == NULL) {
		*retStatus = trouble_tell("cannot set up a resolver", strerror(ENOMEM));
		return NULL;
	}
	*retStatus = resolver_options_fill(options, settings);
	if (*retStatus == EXIT_FOUND)
		return options;
	DnsResolverOptionsRelease(options);
	return NULL;
}

static int
resolver_make(const struct settings *settings, struct trace *trace,
	      DnsResolver **retResolver)
{
	int status;
	DnsResolverOptions *options = resolver_options_make(settings, &status);

	if (options == NULL)
		return status;
	if (trace != NULL)
		DnsResolverOptionsSetPacketCallback(options, trace_note, trace);
	*retResolver = DnsResolverCreate(options);
	if (*retResolver == NULL)
		status = trouble_tell("cannot set up a resolver", strerror(errno));
	DnsResolverOptionsRelease(options);
	return status;
}

/* The library takes a file that is not there for an empty one. */
static int
resolv_conf_check(const char *path)
{
	if (path == NULL || access(path, R_OK) == 0)
		return EXIT_FOUND;
	return trouble_tell(path, strerror(errno));
}

int
setup_make(struct setup *setup, const struct settings *settings)
{
	int status = resolv_conf_check(settings->resolv_conf);

	if (status != EXIT_FOUND)
		return status;
	setup->options = DnsLookupOptionsCreate();
	setup->local_options = NULL;
	setup->trace = NULL;
	if (settings->verbosity > 1)
		setup->trace = trace_create();
	if ((settings->lookup_flags & DNS_LOOKUP_NO_HOSTS) == 0)
		setup->local_options = DnsLookupOptionsCreate();
	if (setup->options == NULL)
		return trouble_tell("cannot set up a resolver", strerror(ENOMEM));
	DnsLookupOptionsSetFamily(setup->options, settings->family);
	DnsLookupOptionsSetFlags(setup->options, settings->lookup_flags);
	DnsLookupOptionsSetFlags(setup->local_options,
				 DNS_LOOKUP_LOCAL_ONLY | DNS_LOOKUP_NO_CACHE);
	status = resolver_make(settings, setup->trace, &setup->resolver);
	if (status != EXIT_FOUND)
		setup_clear(setup);
	return status;
}

void
setup_clear(struct setup *setup)
{
	DnsLookupOptionsRelease(setup->options);
	DnsLookupOptionsRelease(setup->local_options);
	trace_destroy(setup->trace);
}

int
setup_print(const struct settings *settings)
{
	char text[CONFIGURATION_SIZE], versions[VERSIONS_SIZE];
	DnsResolverOptions *options;
	int status = resolv_conf_check(settings->resolv_conf);

	if (status != EXIT_FOUND)
		return status;
	options = resolver_options_make(settings, &status);
	if (options == NULL)
		return status;
	if (DnsConfigurationFormat(options, text, sizeof(text)) == 0)
		status = trouble_tell("cannot read the configuration", strerror(ENOMEM));
	DnsResolverOptionsRelease(options);
	if (status != EXIT_FOUND)
		return status;
	DnsVersionFormat(versions, sizeof(versions));
	printf("%sjobs %u\nversions %s\n", text, settings->jobs, versions);
	return EXIT_FOUND;
}
