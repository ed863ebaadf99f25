/* SPDX-License-Identifier: MIT */
/* file_watch: a path, and whether there is something new at the end of all its symbolic
 * links. The clock is passed in, so that a look can be had whenever it suits. */
#ifndef ASYNCDNS_FILE_WATCH_H
#define ASYNCDNS_FILE_WATCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hash.h"
#include "text_file.h"

#define FILE_WATCH_INTERVAL 1000 /* milliseconds */

struct file_watch {
	_Atomic int64_t next_look; /* others may read it */

	/* Of whoever looks: */
	char *path;
	size_t maximum;
	struct text_file_identity identity;
	bool is_settled;
	bool has_content;
	bool is_refused; /* by whom it was offered to last */
	struct hash_seed seed;
	uint64_t content; /* the hash of the text that was taken last */
};

/* Is given a text that differs from the last one that it took. False: it could not take
 * it, and wants to be given it again at the next look. */
typedef bool file_watch_take(void *context, const char *text, size_t length);

/* Reads nothing yet; later never more than so many octets. False: no memory. */
bool file_watch_init(struct file_watch *watch, const char *path, size_t maximum);
void file_watch_clear(struct file_watch *watch);

/* On any thread: is it time for a look, by clock_now as given? */
bool file_watch_is_due(struct file_watch *watch, int64_t now);

/* On one thread at a time. Looks if it is time, a second after the last look, and has a
 * new text taken. A file that is not there, or cannot be read, is an empty text. Without
 * the means to find out (memory, descriptors) nothing is taken. Only when that is over
 * the next look is set: until then it is due, and nobody takes what is old for fresh. */
void file_watch_look(struct file_watch *watch, int64_t now, file_watch_take *take,
		     void *context);

#endif
