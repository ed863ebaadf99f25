/* SPDX-License-Identifier: MIT */
/* record_parts: the data of a record taken apart, for the Get functions of record.h. */
#ifndef ASYNCDNS_RECORD_PARTS_H
#define ASYNCDNS_RECORD_PARTS_H

#include <stdbool.h>

#include "arena.h"
#include "record_impl.h"

/* Fills in kind and parts of a record with good data. False: no memory. */
bool record_parts_make(struct DnsRecord *record, struct arena *arena);

#endif
