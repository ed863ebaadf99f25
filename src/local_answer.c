/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "local_answer.h"

#include <errno.h>

#include "special_name.h"

/* An entry with those of the addresses that are of the family asked for. */
static DnsStatus
make_entry(const struct request *request, const char *name, const union host_address *addresses,
	   size_t count, struct DnsHostEntry **entry)
{
	union host_address wanted[2];
	struct host_facts facts = { .name = name, .addresses = wanted };
	size_t i;

	for (i = 0; i < count; i++)
		if (request->family == AF_UNSPEC || addresses[i].any.sa_family == request->family)
			wanted[facts.address_count++] = addresses[i];
	*entry = host_entry_create(&facts);
	return *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}

static bool
is_loopback(const union host_address *address)
{
	if (address->any.sa_family == AF_INET)
		return address->ipv4.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
	return IN6_IS_ADDR_LOOPBACK(&address->ipv6.sin6_addr);
}

/* localhost is there, but is not kept as records anywhere. */
static bool
special_without_records(const struct question *question, DnsStatus *status)
{
	if (question->kind == QUESTION_NAME)
		return false;
	*status = question->kind == QUESTION_LOOPBACK ? DNS_STATUS_NO_DATA :
							DNS_STATUS_HOST_NOT_FOUND;
	return true;
}

bool
local_answer_special(const struct request *request, DnsStatus *status,
		     struct DnsHostEntry **entry)
{
	const struct question *question = &request->question;
	const struct in_addr ipv4 = { htonl(INADDR_LOOPBACK) };
	union host_address loopback[2];

	*entry = NULL;
	if (request->kind == OPERATION_QUERY_RECORDS)
		return special_without_records(question, status);
	host_address_set_ipv4(&loopback[0], &ipv4);
	host_address_set_ipv6(&loopback[1], &in6addr_loopback);
	switch (question->kind) {
	case QUESTION_NAME:
		return false;
	case QUESTION_HOSTS_FILE:
		*status = DNS_STATUS_HOST_NOT_FOUND;
		return (request->options.flags & DNS_LOOKUP_NO_HOSTS) != 0;
	case QUESTION_NO_HOST:
		*status = DNS_STATUS_HOST_NOT_FOUND;
		return true;
	case QUESTION_NO_ADDRESS:
		*status = DNS_STATUS_NO_DATA;
		return true;
	case QUESTION_NO_IDN:
		*status = DNS_STATUS_NO_IDN;
		return true;
	case QUESTION_LOOPBACK:
		*status = make_entry(request, question->name, loopback, 2, entry);
		return true;
	case QUESTION_ADDRESS:
		break;
	}
	if (!request->is_backwards)
		*status = make_entry(request, question->name, &question->address, 1, entry);
	else if (is_loopback(&question->address))
		*status = make_entry(request, "localhost", loopback, 2, entry);
	else
		return false;
	return true;
}

bool
local_answer_from_hosts(const struct hosts_table *table, const char *name, int family,
			const union host_address *address, DnsStatus *status,
			struct DnsHostEntry **entry)
{
	*entry = address != NULL ? hosts_table_find_address(table, address) :
				   hosts_table_find_name(table, name, family);
	*status = *entry != NULL   ? DNS_STATUS_OK :
		  errno == ENODATA ? DNS_STATUS_NO_DATA :
		  errno == ENOMEM  ? DNS_STATUS_NO_MEMORY :
				     DNS_STATUS_HOST_NOT_FOUND;
	return *status != DNS_STATUS_HOST_NOT_FOUND ||
	       (address == NULL && special_name_find(name) == SPECIAL_USE_HOSTS_FILE);
}
