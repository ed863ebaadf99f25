/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "random_octets.h"

#include <string.h>
#include <sys/random.h>
#include <sys/types.h>

bool
random_octets_draw(struct random_octets *random, void *octets, size_t count)
{
	const ssize_t size = sizeof random->octets;

	if (random->left < count) {
		if (getrandom(random->octets, (size_t)size, 0) != size)
			return false;
		random->left = (size_t)size;
	}
	random->left -= count;
	memcpy(octets, random->octets + random->left, count);
	return true;
}
