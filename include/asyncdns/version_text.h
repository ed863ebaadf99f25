/* SPDX-License-Identifier: MIT */
/* The versions of the libraries at work, for people. */
#ifndef ASYNCDNS_VERSION_TEXT_H
#define ASYNCDNS_VERSION_TEXT_H

#include <stddef.h>

#include <asyncdns/visibility.h>

/* Writes the version of this library and those of the libraries it uses, as they are now
 * and not as they were when it was compiled, "asyncdns 0.1.0, c-ares 1.18.1, libevent
 * 2.1.12-stable, libidn2 2.3.3", and a NUL. What it was built without is left out.
 *
 * Like snprintf it writes no more than size octets, returns the length of the whole text
 * without the NUL, and takes a NULL buffer for the size 0. Safe from any thread. */
DNS_API size_t DnsVersionFormat(char *buffer, size_t size);

#endif
