/* SPDX-License-Identifier: MIT */
/* cares_library: c-ares as a whole: made ready once, which version it is, and what its
 * statuses mean. */
#ifndef ASYNCDNS_CARES_LIBRARY_H
#define ASYNCDNS_CARES_LIBRARY_H

#include <asyncdns/status.h>

/* Before anything else of c-ares is used; as often as you like. */
void cares_library_need(void);
/* As it is loaded. */
const char *cares_library_get_version(void);

/* Fills in a part of the settings, whose bits are returned: with these it reads no file of
 * the system's, since we read the configuration, and keeps no answers. */
struct ares_options;
int cares_library_restrict(struct ares_options *settings);

/* What one of its ARES_... says of a question: DNS_STATUS_TIMED_OUT, the server was
 * silent; DNS_STATUS_TRY_AGAIN, it failed or is not there. */
DnsStatus cares_library_status(int error);

#endif
