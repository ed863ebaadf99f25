/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "gai_conf.h"

#include <pthread.h>
#include <stdlib.h>

#include "file_watch.h"

#define TEXT_MAXIMUM (64u << 10)

struct gai_conf {
	struct file_watch watch; /* of whoever looks */

	pthread_mutex_t lock; /* guards what follows */
	struct gai_policy *policy;
};

static struct gai_policy *
parse(const char *text, size_t length)
{
	struct gai_policy *policy = malloc(sizeof *policy);

	if (policy == NULL)
		return NULL;
	atomic_init(&policy->references, 1);
	address_policy_parse(&policy->policy, text, length);
	return policy;
}

void
gai_policy_release(struct gai_policy *policy)
{
	if (atomic_fetch_sub_explicit(&policy->references, 1, memory_order_acq_rel) == 1)
		free(policy);
}

struct gai_conf *
gai_conf_open(const char *path)
{
	struct gai_conf *conf = calloc(1, sizeof *conf);

	if (conf == NULL)
		return NULL;
	conf->policy = parse("", 0);
	if (conf->policy == NULL || !file_watch_init(&conf->watch, path, TEXT_MAXIMUM)) {
		free(conf->policy);
		free(conf);
		return NULL;
	}
	pthread_mutex_init(&conf->lock, NULL);
	return conf;
}

void
gai_conf_close(struct gai_conf *conf)
{
	gai_policy_release(conf->policy);
	pthread_mutex_destroy(&conf->lock);
	file_watch_clear(&conf->watch);
	free(conf);
}

static bool
take_text(void *context, const char *text, size_t length)
{
	struct gai_policy *policy = parse(text, length), *before;
	struct gai_conf *conf = context;

	if (policy == NULL)
		return false;
	pthread_mutex_lock(&conf->lock);
	before = conf->policy;
	conf->policy = policy;
	pthread_mutex_unlock(&conf->lock);
	gai_policy_release(before);
	return true;
}

void
gai_conf_refresh(struct gai_conf *conf, int64_t now)
{
	file_watch_look(&conf->watch, now, take_text, conf);
}

struct gai_policy *
gai_conf_get(struct gai_conf *conf)
{
	struct gai_policy *policy;

	pthread_mutex_lock(&conf->lock);
	policy = conf->policy;
	atomic_fetch_add_explicit(&policy->references, 1, memory_order_relaxed);
	pthread_mutex_unlock(&conf->lock);
	return policy;
}
