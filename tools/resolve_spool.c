/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_spool.h"

#include <errno.h>
#include <stddef.h>

/* The name is last in an item, and most are short. */
#define HEAD_SIZE offsetof(struct item, name)

bool
spool_put(struct spool *spool, const struct item *item)
{
	size_t size = HEAD_SIZE + item->length + 1;

	if (spool->file == NULL)
		spool->file = tmpfile();
	if (spool->file == NULL || fwrite(item, 1, size, spool->file) != size)
		return false;
	spool->count++;
	return true;
}

bool
spool_rewind(struct spool *spool)
{
	return spool->file == NULL ||
	       (fflush(spool->file) == 0 && fseek(spool->file, 0, SEEK_SET) == 0);
}

bool
spool_take(struct spool *spool, struct item *item)
{
	if (fread(item, 1, HEAD_SIZE, spool->file) != HEAD_SIZE ||
	    item->length > ITEM_NAME_LIMIT ||
	    fread(item->name, 1, item->length + 1, spool->file) != item->length + 1) {
		if (!ferror(spool->file))
			errno = EIO;
		return false;
	}
	spool->count--;
	return true;
}

void
spool_clear(struct spool *spool)
{
	if (spool->file != NULL)
		fclose(spool->file);
	*spool = (struct spool){.file = NULL};
}
