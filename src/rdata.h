/* SPDX-License-Identifier: MIT */
/* rdata: the data of a record out of its message: expanded, and checked if the type is
 * known. */
#ifndef ASYNCDNS_RDATA_H
#define ASYNCDNS_RDATA_H

#include <asyncdns/status.h>

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "message.h"

/* OK, with the data in the arena, or in a copy of all of the message where there was nothing
 * to be expanded; NO_RECOVERY: malformed; or NO_MEMORY. */
DnsStatus rdata_read(struct message *message, const struct message_record *record,
		     const uint8_t *copy, struct arena *arena, const uint8_t **data,
		     uint32_t *length);

#endif
