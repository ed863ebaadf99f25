/* SPDX-License-Identifier: MIT */
/* text_file: a small regular file read whole, known again by its identity, and taken
 * apart into lines and words. */
#ifndef ASYNCDNS_TEXT_FILE_H
#define ASYNCDNS_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

/* What differs when a path leads to another file, or to the same with another content. */
struct text_file_identity {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec modified;
};

struct text_file {
	char *text; /* to be freed; no NUL is added */
	size_t length;
	struct text_file_identity identity; /* from before it was read */
};

/* A piece of a text. */
struct text_span {
	const char *start;
	size_t length;
};

/* Of the file at the end of all symbolic links; 0, or -1 with errno. */
int text_file_identify(const char *path, struct text_file_identity *identity);
bool text_file_is_same(const struct text_file_identity *a,
		       const struct text_file_identity *b);

/* Of a file larger than the maximum the whole lines within it. 0, or -1 with errno and no
 * text; EINVAL: not a regular file. Never waits for a writer or a device. */
int text_file_read(struct text_file *file, const char *path, size_t maximum);

/* Each takes what it gives off the front; false: nothing is left. Blanks, tabs and
 * carriage returns separate words. */
bool text_file_next_line(struct text_span *text, struct text_span *line);
bool text_file_next_word(struct text_span *line, struct text_span *word);

#endif
