/* SPDX-License-Identifier: MIT */
#include "configured.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "unit.h"

struct configured conf;

static char path[64];
static struct generation *got;
static struct loop_task task;
static struct tally tasks_done = TALLY_INITIALIZER;

void
configured_write(const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
}

void
configured_remove(void)
{
	unlink(path);
}

static void
open_with(void (*open_wire)(struct wire *wire))
{
	memset(&conf, 0, sizeof conf);
	unsetenv("LOCALDOMAIN");
	unsetenv("RES_OPTIONS");
	snprintf(path, sizeof path, "/tmp/test_configured.%d", (int)getpid());
	configured_remove();
	conf.now = clock_now();
	conf.cache = answer_cache_create(100);
	ck_assert_ptr_nonnull(conf.cache);
	conf.readers = readers_create();
	ck_assert_ptr_nonnull(conf.readers);
	open_wire(&conf.wire);
	ck_assert(resolver_options_copy(&conf.options, NULL));
	conf.options.resolv_conf_path = strdup(path);
	ck_assert(configuration_init(&conf.configuration, &conf.options, &conf.wire.counts,
				     conf.cache, conf.readers));
}

void
configured_open(void)
{
	open_with(wire_open);
}

void
configured_open_without_servers(void)
{
	open_with(wire_open_without_servers);
}

void
configured_close_configuration(void *unused)
{
	(void)unused;
	configuration_close(&conf.configuration);
	ck_assert(list_is_empty(&conf.configuration.generations));
}

void
configured_close(void)
{
	wire_run(&conf.wire, configured_close_configuration, NULL);
	configuration_clear(&conf.configuration);
	readers_destroy(conf.readers);
	resolver_options_clear(&conf.options);
	wire_close(&conf.wire);
	answer_cache_free(conf.cache);
	configured_remove();
}

static void
get_on_loop(void *unused)
{
	(void)unused;
	got = configuration_get(&conf.configuration, conf.wire.loop, conf.now);
}

struct generation *
configured_get(void)
{
	wire_run(&conf.wire, get_on_loop, NULL);
	ck_assert_ptr_nonnull(got);
	return got;
}

void
configured_release_on_loop(void *generation)
{
	generation_release(generation);
}

static void
count_task(struct loop_task *unused)
{
	(void)unused;
	tally_add(&tasks_done);
}

static void
defer_task(void *unused)
{
	(void)unused;
	loop_task_init(&task, count_task);
	loop_defer(conf.wire.loop, &task);
}

void
configured_settle(void)
{
	unsigned int before = tally_get(&tasks_done);

	wire_run(&conf.wire, defer_task, NULL);
	tally_await(&tasks_done, before + 1);
}

void
configured_release(struct generation *generation)
{
	wire_run(&conf.wire, configured_release_on_loop, generation);
	configured_settle();
}

const struct generation_settings *
configured_settings(void)
{
	struct generation *generation = configured_get();

	configured_release(generation);
	return &generation->settings;
}

const struct generation_settings *
configured_settings_of(const char *text)
{
	configured_write(text);
	conf.now += FILE_WATCH_INTERVAL;
	return configured_settings();
}
