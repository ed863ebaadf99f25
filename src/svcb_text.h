/* SPDX-License-Identifier: MIT */
/* svcb_text: SvcParams in presentation form (RFC 9460 2.1, appendix A). */
#ifndef ASYNCDNS_SVCB_TEXT_H
#define ASYNCDNS_SVCB_TEXT_H

#include <stdbool.h>

#include "text_writer.h"

/* Each with a space before it. Those of an alias, whose values may have any form, are
 * written as those of unknown keys. */
void svcb_text_put(struct text_writer *writer, const uint8_t *params, size_t length,
		      bool is_alias);

#endif
