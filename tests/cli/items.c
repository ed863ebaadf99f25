/* SPDX-License-Identifier: MIT */
#include "items.h"

#include <string.h>

void
item_set(struct item *item, uint64_t index, const char *name)
{
	memset(item, 0, sizeof(*item));
	item->index = index;
	item->types = (struct type_list){1, {TYPE_ADDRESSES}};
	item->length = strlen(name);
	memcpy(item->name, name, item->length + 1);
	item_judge(item);
}
