/* SPDX-License-Identifier: MIT */
/* Items as the tool reads them, for the tests of its rooms. */
#ifndef TESTS_CLI_ITEMS_H
#define TESTS_CLI_ITEMS_H

#include <stdint.h>

#include "resolve_item.h"

/* A name whose addresses are asked for, judged. */
void item_set(struct item *item, uint64_t index, const char *name);

#endif
