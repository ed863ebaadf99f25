/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "svcb_text.h"

#include <arpa/inet.h>

#include "octets.h"
#include "svcb_params.h"

static void
put_key(struct text_writer *writer, unsigned int key)
{
	static const char *const names[] = {
		"mandatory", "alpn", "no-default-alpn", "port", "ipv4hint",
		"ech", "ipv6hint", "dohpath", "ohttp",
	};

	if (key < sizeof names / sizeof names[0]) {
		text_writer_put_text(writer, names[key]);
		return;
	}
	text_writer_put_text(writer, "key");
	text_writer_put_number(writer, key);
}

static void
put_keys(struct text_writer *writer, const struct svcb_param *param)
{
	size_t i;

	for (i = 0; i < param->length; i += 2) {
		if (i > 0)
			text_writer_put(writer, ',');
		put_key(writer, octets_16(param->value + i));
	}
}

/* A comma or a backslash in a protocol's name is escaped for the list, and its backslash
 * once more for the character-string. */
static void
put_protocols(struct text_writer *writer, const struct svcb_param *param)
{
	const uint8_t *at = param->value, *end = at + param->length;
	unsigned int left;

	text_writer_put(writer, '"');
	while (at < end) {
		for (left = *at++; left > 0; left--, at++) {
			if (*at == ',' || *at == '\\')
				text_writer_put_text(writer, "\\\\");
			text_writer_put_escaped(writer, *at, "\"\\");
		}
		if (at < end)
			text_writer_put(writer, ',');
	}
	text_writer_put(writer, '"');
}

static void
put_addresses(struct text_writer *writer, const struct svcb_param *param, int family)
{
	size_t size = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	char text[INET6_ADDRSTRLEN];
	size_t i;

	for (i = 0; i < param->length; i += size) {
		if (i > 0)
			text_writer_put(writer, ',');
		text_writer_put_text(writer, inet_ntop(family, param->value + i, text,
						       sizeof text));
	}
}

static void
put_value(struct text_writer *writer, const struct svcb_param *param)
{
	switch (param->key) {
	case SVCB_MANDATORY:
		put_keys(writer, param);
		break;
	case SVCB_ALPN:
		put_protocols(writer, param);
		break;
	case SVCB_PORT:
		text_writer_put_number(writer, octets_16(param->value));
		break;
	case SVCB_IPV4HINT:
		put_addresses(writer, param, AF_INET);
		break;
	case SVCB_ECH:
		text_writer_put_base64(writer, param->value, param->length);
		break;
	case SVCB_IPV6HINT:
		put_addresses(writer, param, AF_INET6);
		break;
	default:
		text_writer_put_quoted(writer, param->value, param->length);
		break;
	}
}

static void
put_param(struct text_writer *writer, const struct svcb_param *param)
{
	put_key(writer, param->key);
	if (param->length == 0)
		return;
	text_writer_put(writer, '=');
	put_value(writer, param);
}

static void
put_generic(struct text_writer *writer, const struct svcb_param *param)
{
	text_writer_put_text(writer, "key");
	text_writer_put_number(writer, param->key);
	if (param->length == 0)
		return;
	text_writer_put(writer, '=');
	text_writer_put_quoted(writer, param->value, param->length);
}

void
svcb_text_put(struct text_writer *writer, const uint8_t *octets, size_t length,
		 bool is_alias)
{
	struct svcb_params params = { octets, length };
	struct svcb_param param;

	while (svcb_params_next(&params, &param)) {
		text_writer_put(writer, ' ');
		if (is_alias)
			put_generic(writer, &param);
		else
			put_param(writer, &param);
	}
}
