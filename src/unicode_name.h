/* SPDX-License-Identifier: MIT */
/* unicode_name: a name in UTF-8 as the DNS has it, in ASCII (IDNA2008, to which UTS 46
 * leads what people type). The only room that knows libidn2, and that it may be missing. */
#ifndef ASYNCDNS_UNICODE_NAME_H
#define ASYNCDNS_UNICODE_NAME_H

#include <stddef.h>

/* Whatever the locale is. 0, and then the name is not yet known to be one that a host can
 * have; ENOENT: there is no such name, ENOMEM, or ENOTSUP: this library was built without. */
int unicode_name_to_ascii(const char *text, char *ascii, size_t size);

/* Of libidn2, as it is loaded; NULL: this library was built without. */
const char *unicode_name_get_version(void);

#endif
