/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SUPPORT_ZONE_FILE_H
#define TESTS_SUPPORT_ZONE_FILE_H

#include "dns_zone.h"

/* See dns_server_load_zone(). */
int zone_file_read(struct dns_zone *, const char *path);

#endif
