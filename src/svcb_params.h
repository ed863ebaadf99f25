/* SPDX-License-Identifier: MIT */
/* svcb_params: the SvcParams of SVCB and HTTPS records (RFC 9460 2.2). */
#ifndef ASYNCDNS_SVCB_PARAMS_H
#define ASYNCDNS_SVCB_PARAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SVCB_MANDATORY = 0,
	SVCB_ALPN = 1,
	SVCB_NO_DEFAULT_ALPN = 2,
	SVCB_PORT = 3,
	SVCB_IPV4HINT = 4,
	SVCB_ECH = 5,
	SVCB_IPV6HINT = 6,
	SVCB_DOHPATH = 7,
	SVCB_OHTTP = 8
};

struct svcb_params {
	const uint8_t *octets;	/* of those that are left */
	size_t left;
};

struct svcb_param {
	unsigned int key;
	const uint8_t *value;
	size_t length;
};

/* False at the end, or at octets that are no param: then some are left. */
bool svcb_params_next(struct svcb_params *params, struct svcb_param *param);

/* Keys in strictly increasing order, lengths that fit, and, unless the record is an alias,
 * which has no use for them, values that have the form which is known for their keys. */
bool svcb_params_are_good(const uint8_t *octets, size_t length, bool is_alias);

#endif
