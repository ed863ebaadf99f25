/* SPDX-License-Identifier: MIT */
/* hosts_file: the path of a hosts(5), and the table of what it said last. */
#ifndef ASYNCDNS_HOSTS_FILE_H
#define ASYNCDNS_HOSTS_FILE_H

#include <stdint.h>

#include "hosts_table.h"

#define HOSTS_FILE_PATH "/etc/hosts"

struct hosts_file;

/* Reads nothing yet; NULL: no memory. The readers, who stay, are all that use its table. */
struct hosts_file *hosts_file_open(const char *path, struct readers *readers);
void hosts_file_close(struct hosts_file *file);

/* On the loop's thread only. Looks at most once a second, by clock_now as given, whether
 * the file changed, and reads it then. A file that is not there, or cannot be read, is an
 * answer: a table with nothing in it. Without the means to find out (memory,
 * descriptors) the table stays as it is until the next look. */
void hosts_file_refresh(struct hosts_file *file, int64_t now);

/* On any thread, between readers_enter and readers_leave; NULL if nothing has been read
 * yet. */
const struct hosts_table *hosts_file_get(struct hosts_file *file);

/* The same; NULL also if it is time for another look, which others cannot take. */
const struct hosts_table *hosts_file_get_fresh(struct hosts_file *file, int64_t now);

#endif
