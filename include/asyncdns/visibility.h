/* SPDX-License-Identifier: MIT */
/* What a declaration of a public function carries: C linkage, and visibility from a
 * library that is built with everything else hidden. */
#ifndef ASYNCDNS_VISIBILITY_H
#define ASYNCDNS_VISIBILITY_H

#ifdef __cplusplus
#define DNS_LINKAGE extern "C"
#else
#define DNS_LINKAGE extern
#endif

#if defined(__GNUC__) || defined(__clang__)
#define DNS_API DNS_LINKAGE __attribute__((visibility("default")))
#else
#define DNS_API DNS_LINKAGE
#endif

#endif
