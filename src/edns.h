/* SPDX-License-Identifier: MIT */
/* edns: what EDNS0 (RFC 6891) adds to a question, and how a server says that it does not
 * know it. Octets only. */
#ifndef ASYNCDNS_EDNS_H
#define ASYNCDNS_EDNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest datagram that is asked for: one that is received whole everywhere (DNS flag
 * day 2020). */
#define EDNS_SIZE 1232

/* Takes the OPT record, without options and the last one, off a question; its new length. */
size_t edns_take_off(uint8_t *question, size_t length);

/* Does that response mean that the question should be asked again without? */
bool edns_is_refused(const uint8_t *response, size_t length);

#endif
