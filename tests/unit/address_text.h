/* SPDX-License-Identifier: MIT */
/* Addresses from text and to text, for tests that write them down. */
#ifndef TESTS_UNIT_ADDRESS_TEXT_H
#define TESTS_UNIT_ADDRESS_TEXT_H

#include "host_entry_impl.h"

void address_from_text(union host_address *address, const char *text);
/* Separated by blanks. */
void addresses_to_text(char *text, size_t size, const union host_address *addresses,
		       size_t count);

#endif
