/* SPDX-License-Identifier: MIT */
/* The text of a record, for people and zone files. */
#ifndef ASYNCDNS_RECORD_TEXT_H
#define ASYNCDNS_RECORD_TEXT_H

#include <stddef.h>

#include <asyncdns/record.h>
#include <asyncdns/visibility.h>

/* Writes the data of a record in the form of zone files, and a NUL: RFC 1035 5.1 with its
 * escapes, RFC 9460 2.1 for SVCB and HTTPS, and for types it does not know the generic form
 * of RFC 3597 5, "\# 4 0A000001". Names are complete, with the final dot. It is always one
 * line of printable ASCII, whatever the server sent. Name, TTL, class and type of the
 * record are not part of it.
 *
 * Like snprintf it writes no more than size octets, returns the length of the whole text
 * without the NUL, and takes a NULL buffer for the size 0. 5 n + 32 octets are enough for
 * data of n octets. 0 and "" for NULL. Safe from any thread. */
DNS_API size_t DnsRecordFormat(const DnsRecord *record, char *buffer, size_t size);

#endif
