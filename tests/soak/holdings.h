/* SPDX-License-Identifier: MIT */
/* What this process holds. */
#ifndef TESTS_SOAK_HOLDINGS_H
#define TESTS_SOAK_HOLDINGS_H

#include <stddef.h>

struct holdings {
	size_t in_use;	/* octets */
	long resident;	/* KiB */
	int descriptors, threads;
};

struct holdings holdings_look(void);

#endif
