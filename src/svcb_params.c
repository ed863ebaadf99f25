/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "svcb_params.h"

#include <netinet/in.h>

#include "octets.h"

bool
svcb_params_next(struct svcb_params *params, struct svcb_param *param)
{
	if (params->left < 4)
		return false;
	param->key = octets_16(params->octets);
	param->length = octets_16(params->octets + 2);
	param->value = params->octets + 4;
	if (param->length > params->left - 4)
		return false;
	params->octets += 4 + param->length;
	params->left -= 4 + param->length;
	return true;
}

/* RFC 9460 8: keys in strictly increasing order, without "mandatory" itself, which is the
 * lowest. */
static bool
is_list_of_keys(const struct svcb_param *param)
{
	unsigned int before = SVCB_MANDATORY;
	size_t i;

	if (param->length == 0 || param->length % 2 != 0)
		return false;
	for (i = 0; i < param->length; i += 2) {
		if (octets_16(param->value + i) <= before)
			return false;
		before = octets_16(param->value + i);
	}
	return true;
}

/* RFC 9460 7.1.1: lengths and that many octets, none of them empty. */
static bool
is_list_of_protocols(const struct svcb_param *param)
{
	size_t i;

	for (i = 0; i < param->length; i += 1 + (size_t)param->value[i])
		if (param->value[i] == 0 || param->value[i] > param->length - i - 1)
			return false;
	return param->length > 0;
}

static bool
is_list_of(const struct svcb_param *param, size_t size)
{
	return param->length > 0 && param->length % size == 0;
}

static bool
has_form(const struct svcb_param *param)
{
	switch (param->key) {
	case SVCB_MANDATORY:
		return is_list_of_keys(param);
	case SVCB_ALPN:
		return is_list_of_protocols(param);
	case SVCB_NO_DEFAULT_ALPN:
	case SVCB_OHTTP:
		return param->length == 0;
	case SVCB_PORT:
		return param->length == 2;
	case SVCB_IPV4HINT:
		return is_list_of(param, sizeof(struct in_addr));
	case SVCB_IPV6HINT:
		return is_list_of(param, sizeof(struct in6_addr));
	case SVCB_ECH:
	case SVCB_DOHPATH:
		return param->length > 0;
	default:
		return true;
	}
}

bool
svcb_params_are_good(const uint8_t *octets, size_t length, bool is_alias)
{
	struct svcb_params params = { octets, length };
	struct svcb_param param;
	unsigned int least = 0;

	while (svcb_params_next(&params, &param)) {
		if (param.key < least || (!is_alias && !has_form(&param)))
			return false;
		least = param.key + 1;
	}
	return params.left == 0;
}
