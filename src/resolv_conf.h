/* SPDX-License-Identifier: MIT */
/* resolv_conf: what resolv.conf(5) says, read by our own code with glibc's meaning, since
 * that of c-ares 1.18.1 loses servers over a line it does not know. A line that is not
 * understood is passed over. */
#ifndef ASYNCDNS_RESOLV_CONF_H
#define ASYNCDNS_RESOLV_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "search_list.h"
#include "server_list.h"

#define RESOLV_CONF_PATH	 "/etc/resolv.conf"
#define RESOLV_CONF_TEXT_MAXIMUM 65536 /* what is behind it does not count */

struct resolv_conf {
	struct server_list servers; /* empty: there is none */
	int timeout;		    /* seconds; 0: not said */
	int attempts;		    /* 0: not said */
	int ndots;
	bool has_search;	    /* said, be it that there are no suffixes */
	struct search_list *search; /* has ndots and no_tld_query in it */

	/* The options that are words, in glibc's names. */
	bool rotate;
	bool use_vc;
	bool edns0;
	bool trust_ad;
	bool no_aaaa;
	bool no_tld_query;
	bool no_reload;
	bool single_request;
	bool single_request_reopen;
};

/* Each returns false if there was no memory; then conf is cleared. */

/* Whatever was in conf before is not looked at. */
bool resolv_conf_parse(struct resolv_conf *conf, const char *text, size_t length);
/* To be called after it: LOCALDOMAIN and RES_OPTIONS count more than the file, unless the
 * program is set-uid or the like; the domain of the host's own name is the suffix when
 * nothing else says any. */
bool resolv_conf_apply_environment(struct resolv_conf *conf);

void resolv_conf_clear(struct resolv_conf *conf);

#endif
