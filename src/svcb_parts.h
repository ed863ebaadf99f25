/* SPDX-License-Identifier: MIT */
/* svcb_parts: the data of SVCB and HTTPS records taken apart. */
#ifndef ASYNCDNS_SVCB_PARTS_H
#define ASYNCDNS_SVCB_PARTS_H

#include <asyncdns/record.h>

#include "parts_reader.h"

/* NULL, or unusable: the reader has failed. */
const DnsSvcbData *svcb_parts_make(struct parts_reader *reader);

#endif
