/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "svcb_parts.h"

#include <string.h>

#include "octets.h"
#include "svcb_params.h"

static void
take_keys(struct parts_reader *reader, DnsSvcbData *svcb,
	  const struct svcb_param *param)
{
	size_t count = param->length / 2, i;
	uint16_t *keys = parts_reader_take(reader, count * sizeof *keys);

	if (keys == NULL)
		return;
	for (i = 0; i < count; i++)
		keys[i] = octets_16(param->value + 2 * i);
	svcb->mandatory = keys;
	svcb->mandatoryCount = count;
}

static void
take_protocols(struct parts_reader *reader, DnsSvcbData *svcb,
	       const struct svcb_param *param)
{
	const uint8_t *at, *end = param->value + param->length;
	DnsSvcbProtocol *protocols;
	size_t count = 0;

	for (at = param->value; at < end; at += 1 + (size_t)*at)
		count++;
	protocols = parts_reader_take(reader, count * sizeof *protocols);
	if (protocols == NULL)
		return;
	svcb->protocols = protocols;
	svcb->protocolCount = count;
	for (at = param->value; at < end; at += 1 + (size_t)*at, protocols++) {
		protocols->length = *at;
		protocols->name = parts_reader_copy(reader, at + 1, *at);
	}
}

static void
take_known(struct parts_reader *reader, DnsSvcbData *svcb,
	   const struct svcb_param *param)
{
	switch (param->key) {
	case SVCB_MANDATORY:
		take_keys(reader, svcb, param);
		break;
	case SVCB_ALPN:
		take_protocols(reader, svcb, param);
		break;
	case SVCB_NO_DEFAULT_ALPN:
		svcb->noDefaultProtocol = true;
		break;
	case SVCB_PORT:
		svcb->hasPort = true;
		svcb->port = octets_16(param->value);
		break;
	case SVCB_IPV4HINT:
		svcb->ipv4Hints = parts_reader_copy(reader, param->value, param->length);
		svcb->ipv4HintCount = param->length / sizeof(struct in_addr);
		break;
	case SVCB_IPV6HINT:
		svcb->ipv6Hints = parts_reader_copy(reader, param->value, param->length);
		svcb->ipv6HintCount = param->length / sizeof(struct in6_addr);
		break;
	case SVCB_ECH:
		svcb->ech = param->value;
		svcb->echLength = param->length;
		break;
	default:
		break;
	}
}

/* Their values stay where they are, in the record's data. */
static void
take_params(struct parts_reader *reader, DnsSvcbData *svcb)
{
	struct svcb_params params = { reader->at, (size_t)(reader->end - reader->at) };
	struct svcb_params counted = params;
	struct svcb_param param;
	DnsSvcbParam *list;
	size_t count = 0;

	while (svcb_params_next(&counted, &param))
		count++;
	list = parts_reader_take(reader, count * sizeof *list);
	if (list == NULL)
		return;
	svcb->params = list;
	svcb->paramCount = count;
	for (; svcb_params_next(&params, &param); list++) {
		list->key = (uint16_t)param.key;
		list->value = param.value;
		list->length = param.length;
		if (svcb->priority != 0)
			take_known(reader, svcb, &param);
	}
}

const DnsSvcbData *
svcb_parts_make(struct parts_reader *reader)
{
	DnsSvcbData *svcb = parts_reader_take(reader, sizeof *svcb);

	if (svcb == NULL)
		return NULL;
	svcb->priority = parts_reader_16(reader);
	svcb->target = parts_reader_name(reader);
	take_params(reader, svcb);
	return svcb;
}
