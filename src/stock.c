/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "stock.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

void *
stock_take(struct stock *stock, size_t size)
{
	void **memory = stock->first;

	if (memory == NULL)
		return memory_zeroed(size);
	stock->first = *memory;
	stock->count--;
	return memset(memory, 0, size);
}

void
stock_give_back(struct stock *stock, void *memory)
{
	if (stock->count == STOCK_MAXIMUM) {
		free(memory);
		return;
	}
	*(void **)memory = stock->first;
	stock->first = memory;
	stock->count++;
}

void
stock_clear(struct stock *stock)
{
	void **memory;

	while ((memory = stock->first) != NULL) {
		stock->first = *memory;
		free(memory);
	}
	stock->count = 0;
}
