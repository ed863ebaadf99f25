/* SPDX-License-Identifier: MIT */
/* What the examples share: a resolver for the server named on the command line, or the
 * system's, and printing an entry. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include <asyncdns.h>

static inline DnsResolver *
example_make_resolver(const char *server, unsigned int flags)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	DnsResolver *resolver;

	if (DnsResolverOptionsSetServers(options, server) != DNS_STATUS_OK) {
		fprintf(stderr, "%s is not the address of a server.\n", server);
		exit(2);
	}
	DnsResolverOptionsSetFlags(options, flags);
	resolver = DnsResolverCreate(options);
	DnsResolverOptionsRelease(options);
	if (resolver == NULL) {
		perror("DnsResolverCreate");
		exit(2);
	}
	return resolver;
}

/* NULL asks for the default resolver, as everywhere in the library. */
static inline DnsResolver *
example_resolver(const char *server)
{
	return server != NULL ? example_make_resolver(server, 0) : NULL;
}

static inline void
example_print_entry(const DnsHostEntry *entry, const char *aliases, const char *addresses)
{
	char text[NI_MAXHOST];
	socklen_t length;
	size_t i;

	if (DnsHostEntryGetAliasCount(entry) > 0) {
		puts(aliases);
		for (i = 0; i < DnsHostEntryGetAliasCount(entry); i++)
			puts(DnsHostEntryGetAlias(entry, i));
	}
	if (DnsHostEntryGetAddressCount(entry) > 0) {
		puts(addresses);
		for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
			const struct sockaddr *address =
				DnsHostEntryGetAddress(entry, i, &length);

			if (getnameinfo(address, length, text, sizeof text, NULL, 0,
					NI_NUMERICHOST) == 0)
				puts(text);
		}
	}
}

/* All in one line. */
static inline void
example_print_line(const char *host_name, DnsStatus status, const DnsHostEntry *entry)
{
	char text[NI_MAXHOST];
	socklen_t length;
	size_t i;

	printf("%s:", host_name);
	if (status != DNS_STATUS_OK)
		printf(" %s", DnsStatusGetText(status));
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++) {
		const struct sockaddr *address = DnsHostEntryGetAddress(entry, i, &length);

		if (getnameinfo(address, length, text, sizeof text, NULL, 0,
				NI_NUMERICHOST) == 0)
			printf(" %s", text);
	}
	putchar('\n');
}

#endif
