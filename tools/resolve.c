/* SPDX-License-Identifier: MIT */
/* resolve(1): looks up names, many at a time. Here: from the command line to a resolver,
 * and to the exit status. */
#include <config.h>

#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <asyncdns.h>

#include "resolve_input.h"
#include "resolve_options.h"
#include "resolve_output.h"
#include "resolve_run.h"

/* Whoever started us with a standard descriptor closed shall see that fail, not find
 * that a socket took its number and gets the results. */
static void
occupy_standard_descriptors(void)
{
	int descriptor;

	for (descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
		if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF)
			open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY
								     : O_RDONLY);
	}
}

static int
complain(const char *what, int error)
{
	fprintf(stderr, PROGRAM_NAME ": %s: %s\n", what, strerror(error));
	return EXIT_TROUBLE;
}

static int
options_fill(DnsResolverOptions *options, const struct settings *settings)
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
make_resolver(const struct settings *settings, DnsResolver **retResolver)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	int status;

	*retResolver = NULL;
	if (options == NULL)
		return complain("cannot set up a resolver", ENOMEM);
	status = options_fill(options, settings);
	if (status == EXIT_FOUND) {
		*retResolver = DnsResolverCreate(options);
		if (*retResolver == NULL)
			status = complain("cannot set up a resolver", errno);
	}
	DnsResolverOptionsRelease(options);
	return status;
}

static int
resolve(const struct settings *settings, struct output *output)
{
	DnsResolver *resolver;
	struct input *input;
	int status = make_resolver(settings, &resolver);

	if (status != EXIT_FOUND)
		return status;
	input = input_create(settings->operands, settings->operand_count,
			     settings->files, settings->file_count);
	if (input == NULL) {
		DnsResolverClose(resolver);
		return complain("cannot read names", ENOMEM);
	}
	status = run_all(resolver, input, output, settings->jobs);
	input_free(input);
	return status;
}

static int
act(const struct settings *settings, struct output *output)
{
	switch (settings->action) {
	case ACTION_HELP:
		help_print();
		return EXIT_FOUND;
	case ACTION_VERSION:
		version_print();
		return EXIT_FOUND;
	default:
		return resolve(settings, output);
	}
}

int
main(int argc, char *argv[])
{
	struct settings settings;
	struct output output;
	int status, output_status;

	occupy_standard_descriptors();
	status = settings_read(&settings, argc, argv);
	if (status == EXIT_FOUND) {
		output_open(&output, &settings);
		status = act(&settings, &output);
		output_status = output_close(&output);
		if (output_status > status)
			status = output_status;
	}
	settings_clear(&settings);
	return status;
}
