/* SPDX-License-Identifier: MIT */
/* What a resolver goes by, for people who wonder why it does what it does. */
#ifndef ASYNCDNS_CONFIGURATION_TEXT_H
#define ASYNCDNS_CONFIGURATION_TEXT_H

#include <stddef.h>

#include <asyncdns/resolver_options.h>
#include <asyncdns/visibility.h>

/* Writes what a resolver with these options (NULL: none) would go by now: what they say,
 * what resolv.conf and the environment say where they leave it open, and the defaults; and
 * a NUL. A line is a word and its value: "servers 192.0.2.1:53,[2001:db8::1]:53", "search
 * a.example,b.example", "timeout 2000" (milliseconds). There may be more lines some day.
 * It reads the files itself, and waits for them.
 *
 * Like snprintf it writes no more than size octets, returns the length of the whole text
 * without the NUL, and takes a NULL buffer for the size 0. 0 and "" without memory, or with
 * a file that cannot be read for lack of descriptors. Safe from any thread, while nobody
 * changes the options. */
DNS_API size_t DnsConfigurationFormat(const DnsResolverOptions *options, char *buffer,
				      size_t size);

#endif
