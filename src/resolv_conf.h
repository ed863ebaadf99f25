/* SPDX-License-Identifier: MIT */
/* resolv_conf: what resolv.conf(5) says, read by our own code with glibc's meaning, since
 * that of c-ares 1.18.1 loses servers over a line it does not know. A line that is not
 * understood is passed over. */
#ifndef ASYNCDNS_RESOLV_CONF_H
#define ASYNCDNS_RESOLV_CONF_H

#include <stddef.h>

#include "server_list.h"

struct resolv_conf {
	struct server_list servers;
	int timeout;	/* seconds; 0: not said */
	int attempts;	/* 0: not said */
};

#define RESOLV_CONF_PATH "/etc/resolv.conf"

void resolv_conf_parse(struct resolv_conf *conf, const char *text, size_t length);

/* Reads a regular file, of more than 64 KiB the whole lines within them; 0, or -1 with
 * errno and an empty conf. */
int resolv_conf_read(struct resolv_conf *conf, const char *path);

#endif
