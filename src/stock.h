/* SPDX-License-Identifier: MIT */
/* stock: memory of one size, kept for who needs it next: what has just been used is in the
 * processor's cache, and malloc has room for seven of a size only before it gets slow. For one
 * thread. */
#ifndef ASYNCDNS_STOCK_H
#define ASYNCDNS_STOCK_H

#include <stddef.h>

/* So many are kept; none where AddressSanitizer is to see who uses what is gone. */
#ifndef __has_feature
#define __has_feature(feature) 0 /* clang's */
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#define STOCK_MAXIMUM 0
#else
#define STOCK_MAXIMUM 192
#endif

struct stock { /* all zero at first */
	void *first;
	unsigned int count;
};

/* All zero; NULL: no memory. The size is always the same, and that of a pointer at least. */
void *stock_take(struct stock *stock, size_t size);
void stock_give_back(struct stock *stock, void *memory);
void stock_clear(struct stock *stock);

#endif
