/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "request.h"

#include <errno.h>
#include <stdint.h>

#include "message.h"

#define QUESTION_TYPE_FIRST 249 /* TKEY, TSIG, IXFR, AXFR, MAILB, MAILA, ANY */
#define QUESTION_TYPE_LAST 255

static bool
is_unspecified(const union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return address->ipv4.sin_addr.s_addr == htonl(INADDR_ANY);
	return IN6_IS_ADDR_UNSPECIFIED(&address->ipv6.sin6_addr);
}

/* What is no type of records: OPT and the questions for something else (RFC 6895 3.1). */
static bool
is_record_type(int type)
{
	return type > 0 && type <= UINT16_MAX && type != RECORD_OPT &&
	       (type < QUESTION_TYPE_FIRST || type > QUESTION_TYPE_LAST);
}

int
request_read(struct request *request, const struct operation_request *given)
{
	int error;

	request->kind = given->kind;
	request->options = given->options != NULL ? *given->options :
						    (struct DnsLookupOptions){ .family = AF_UNSPEC };
	request->family = given->family != AF_UNSPEC ? given->family : request->options.family;
	if (given->family != AF_UNSPEC && given->family != AF_INET &&
	    given->family != AF_INET6)
		return EINVAL;
	request->type = given->type;
	if (given->kind == OPERATION_QUERY_RECORDS)
		error = is_record_type(given->type) ?
				question_read_name(&request->question, given->host) :
				EINVAL;
	else if (given->kind == OPERATION_GET_HOST_BY_ADDRESS)
		error = question_read_address(&request->question, given->address,
					      given->address_length);
	else
		error = question_read_host(&request->question, given->host);
	if (error != 0)
		return error;
	request->is_absolute = request->question.is_absolute ||
			       (request->options.flags &
				(DNS_LOOKUP_ABSOLUTE | DNS_LOOKUP_NO_SEARCH)) != 0;
	request->is_backwards = request->question.kind == QUESTION_ADDRESS &&
			     (given->kind == OPERATION_GET_HOST_BY_ADDRESS ||
			      given->kind == OPERATION_GET_HOST_ENTRY);
	return request->is_backwards && is_unspecified(&request->question.address) ? EINVAL : 0;
}
