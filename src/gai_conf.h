/* SPDX-License-Identifier: MIT */
/* gai_conf: the path of a gai.conf(5), and the policy that it stated last. */
#ifndef ASYNCDNS_GAI_CONF_H
#define ASYNCDNS_GAI_CONF_H

#include <stdatomic.h>
#include <stdint.h>

#include "address_policy.h"

#define GAI_CONF_PATH "/etc/gai.conf"

struct gai_conf;

/* Immutable and counted, so that any thread may read it. */
struct gai_policy {
	atomic_uint references;
	struct address_policy policy;
};

/* Reads nothing yet: until then, the policy is the RFC's. NULL: no memory. */
struct gai_conf *gai_conf_open(const char *path);
void gai_conf_close(struct gai_conf *conf);

/* On one thread at a time. Looks at most once a second, by clock_now as given, whether the
 * file changed, and reads it then; glibc does that only where the file says "reload yes".
 * A file that is not there, or cannot be read, says nothing: the policy is the RFC's.
 * Without the means to find out the policy stays as it is until the next look. */
void gai_conf_refresh(struct gai_conf *conf, int64_t now);

/* On any thread: one reference to the policy. */
struct gai_policy *gai_conf_get(struct gai_conf *conf);
void gai_policy_release(struct gai_policy *policy);

#endif
