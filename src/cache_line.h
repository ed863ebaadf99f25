/* SPDX-License-Identifier: MIT */
/* cache_line: how far apart lies what one thread writes and another must not wait for. */
#ifndef ASYNCDNS_CACHE_LINE_H
#define ASYNCDNS_CACHE_LINE_H

#define CACHE_LINE 64 /* octets */

#endif
