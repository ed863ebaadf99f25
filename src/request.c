/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "request.h"

#include <errno.h>

static bool
is_unspecified(const union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return address->ipv4.sin_addr.s_addr == htonl(INADDR_ANY);
	return IN6_IS_ADDR_UNSPECIFIED(&address->ipv6.sin6_addr);
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
	if (given->kind == OPERATION_GET_HOST_BY_ADDRESS)
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
