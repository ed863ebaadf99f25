/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "generation.h"

#include <stdlib.h>

#include "inquiry.h"

static void
close_unused(struct loop_task *task)
{
	generation_destroy(container_of(task, struct generation, closing));
}

struct generation *
generation_create(struct loop *loop, const struct generation_settings *settings)
{
	struct generation *generation = calloc(1, sizeof *generation);

	if (generation == NULL)
		return NULL;
	list_init(&generation->link);
	generation->settings = *settings;
	generation->servers = *settings->channel.servers;
	generation->settings.channel.servers = &generation->servers;
	if (settings->search != NULL)
		search_list_retain(settings->search);
	generation->references = 1;
	generation->loop = loop;
	loop_task_init(&generation->closing, close_unused);
	return generation;
}

struct generation *
generation_retain(struct generation *generation)
{
	generation->references++;
	return generation;
}

void
generation_release(struct generation *generation)
{
	if (--generation->references == 0)
		loop_defer(generation->loop, &generation->closing);
}

void
generation_retire(struct generation *generation)
{
	generation->settings.cache = NULL;
	if (generation->desk != NULL)
		inquiry_desk_retire(generation->desk);
	if (generation->tcp_desk != NULL)
		inquiry_desk_retire(generation->tcp_desk);
}

void
generation_destroy(struct generation *generation)
{
	loop_task_clear(&generation->closing);
	list_remove(&generation->link);
	if (generation->desk != NULL)
		inquiry_desk_close(generation->desk);
	if (generation->tcp_desk != NULL)
		inquiry_desk_close(generation->tcp_desk);
	search_list_release(generation->settings.search);
	free(generation);
}

struct inquiry_desk *
generation_need_desk(struct generation *generation, bool tcp_only)
{
	const struct generation_settings *settings = &generation->settings;
	struct channel_options options = settings->channel;
	struct inquiry_desk **desk = tcp_only && !options.use_tcp ? &generation->tcp_desk :
								    &generation->desk;

	options.use_tcp = options.use_tcp || tcp_only;
	if (*desk == NULL)
		*desk = inquiry_desk_open(generation->loop, &options, settings->cache,
					  settings->may_be_stale);
	return *desk;
}
