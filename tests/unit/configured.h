/* SPDX-License-Identifier: MIT */
/* A configuration on a loop, of options and a resolv.conf of the test's own. The clock is
 * the test's: the looks at the file are where it wants them. */
#ifndef TESTS_UNIT_CONFIGURED_H
#define TESTS_UNIT_CONFIGURED_H

#include "answer_cache.h"
#include "configuration.h"
#include "wire.h"

struct configured {
	struct wire wire;
	struct answer_cache *cache;
	struct readers *readers;
	struct DnsResolverOptions options; /* they say nothing but the path */
	struct configuration configuration;
	int64_t now;
};

extern struct configured conf;

/* Without a file, in an environment that says nothing. */
void configured_open(void);
/* The same without the scripted server. */
void configured_open_without_servers(void);
void configured_close(void);
/* On the loop. */
void configured_close_configuration(void *unused);

void configured_write(const char *text);
void configured_remove(void);

/* The one in force at conf.now, with a reference. */
struct generation *configured_get(void);
/* It is gone on return, if that was the last. */
void configured_release(struct generation *generation);
/* Waits until all is done that was put off on the loop before. */
void configured_settle(void);
/* On the loop. */
void configured_release_on_loop(void *generation);

/* Of the one in force, which lasts. */
const struct generation_settings *configured_settings(void);
/* The same a look later, with this in the file. */
const struct generation_settings *configured_settings_of(const char *text);

#endif
