/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "address_routes.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "host_entry_impl.h"

/* What tells destinations apart. Without padding, to be compared as octets. */
struct key {
	uint8_t octets[16];
	uint32_t scope;
	uint32_t family; /* 0: nothing stands there yet */
};

struct route {
	struct key key;
	int64_t until;
	union host_address source;
	unsigned int prefix_length;
	bool is_reachable;
};

struct address_routes {
	address_source *source;
	void *context;
	struct hash_seed seed;

	pthread_mutex_t lock; /* guards what follows; not held while the source is asked */
	struct route places[ADDRESS_ROUTES_MAXIMUM];
};

struct address_routes *
address_routes_create(address_source *source, void *context)
{
	struct address_routes *routes = calloc(1, sizeof *routes);

	if (routes == NULL)
		return NULL;
	routes->source = source;
	routes->context = context;
	hash_seed_init(&routes->seed);
	pthread_mutex_init(&routes->lock, NULL);
	return routes;
}

void
address_routes_free(struct address_routes *routes)
{
	if (routes == NULL)
		return;
	pthread_mutex_destroy(&routes->lock);
	free(routes);
}

static void
make_key(struct key *key, const union host_address *destination)
{
	memset(key, 0, sizeof *key);
	key->family = destination->any.sa_family;
	if (destination->any.sa_family == AF_INET) {
		memcpy(key->octets, &destination->ipv4.sin_addr, 4);
	} else {
		memcpy(key->octets, &destination->ipv6.sin6_addr, 16);
		key->scope = destination->ipv6.sin6_scope_id;
	}
}

static bool
recall(struct address_routes *routes, size_t place, const struct key *key, int64_t now,
       struct route *route)
{
	pthread_mutex_lock(&routes->lock);
	*route = routes->places[place];
	pthread_mutex_unlock(&routes->lock);
	return memcmp(&route->key, key, sizeof *key) == 0 && now < route->until;
}

static void
remember(struct address_routes *routes, size_t place, const struct route *route)
{
	pthread_mutex_lock(&routes->lock);
	routes->places[place] = *route;
	pthread_mutex_unlock(&routes->lock);
}

bool
address_routes_find(void *data, const union host_address *destination,
		    union host_address *source, unsigned int *prefix_length)
{
	const struct address_routes_look *look = data;
	struct address_routes *routes = look->routes;
	struct route route;
	struct key key;
	size_t place;

	make_key(&key, destination);
	place = hash_octets(&routes->seed, &key, sizeof key) % ADDRESS_ROUTES_MAXIMUM;
	if (!recall(routes, place, &key, look->now, &route)) {
		route.key = key;
		route.until = look->now + ADDRESS_ROUTES_AGE;
		route.is_reachable = routes->source(routes->context, destination,
						    &route.source, &route.prefix_length);
		remember(routes, place, &route);
	}
	*source = route.source;
	*prefix_length = route.prefix_length;
	return route.is_reachable;
}
