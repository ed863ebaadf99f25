/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "host_answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "host_name.h"

void
host_answer_fail(struct host_answer *answer, DnsStatus status)
{
	answer->status = status;
	answer->time_to_live = UINT32_MAX;
	answer->name_count = 0;
	answer->use = SPECIAL_USE_NONE;
	answer->repeat_count = 0;
	answer->address_count = 0;
	answer->addresses = NULL;
}

void
host_answer_clear(struct host_answer *answer)
{
	free(answer->addresses);
	answer->addresses = NULL;
	answer->address_count = 0;
}

static void
note_time_to_live(struct host_answer *answer, uint32_t ttl)
{
	if (ttl < answer->time_to_live)
		answer->time_to_live = ttl;
}

static bool
is_on_chain(const struct host_answer *answer, const char *name)
{
	size_t i;

	for (i = 0; i < answer->name_count; i++)
		if (strcasecmp(answer->names[i], name) == 0)
			return true;
	return false;
}

static const char *
end_of_chain(const struct host_answer *answer)
{
	return answer->names[answer->name_count - 1];
}

/* Of addresses only hosts have some. Pointers may be elsewhere in the tree, behind labels
 * as "0/25" (RFC 2317). */
static bool
may_lead_to(const char *target, unsigned int type)
{
	return *target != '\0' &&
	       (type == RECORD_PTR ? host_name_is_possible_in_dns(target) :
				     host_name_is_possible(target));
}

/* One link of the chain; false: it ends here, or is refused. */
static bool
follow(struct host_answer *answer, struct message_aliases *aliases, unsigned int type)
{
	char *target = answer->names[answer->name_count];
	struct message_record record;
	struct message *place;

	place = message_find_alias(aliases, end_of_chain(answer), &record);
	if (place == NULL)
		return false;
	if (answer->name_count > HOST_ANSWER_CHAIN_MAXIMUM ||
	    !message_name_in(place, &record, target) || !may_lead_to(target, type) ||
	    is_on_chain(answer, target)) {
		answer->status = DNS_STATUS_NO_RECOVERY;
		return false;
	}
	answer->name_count++;
	answer->use = special_name_find(target);
	note_time_to_live(answer, record.ttl);
	return answer->use == SPECIAL_USE_NONE;
}

/* All are of one family. */
static bool
has_address(const struct host_answer *answer, const union host_address *address)
{
	const union host_address *addresses = answer->addresses;
	const size_t count = answer->address_count;
	size_t i = 0;

	if (address->any.sa_family == AF_INET)
		while (i < count &&
		       addresses[i].ipv4.sin_addr.s_addr != address->ipv4.sin_addr.s_addr)
			i++;
	else
		while (i < count && memcmp(&addresses[i].ipv6.sin6_addr, &address->ipv6.sin6_addr,
					   sizeof(struct in6_addr)) != 0)
			i++;
	return i < count;
}

/* Room for one more, doubling at powers of two from 4 on. */
static bool
make_room(struct host_answer *answer)
{
	size_t count = answer->address_count;
	union host_address *grown;

	if (count != 0 && (count < 4 || (count & (count - 1)) != 0))
		return true;
	grown = realloc(answer->addresses, (count == 0 ? 4 : 2 * count) * sizeof *grown);
	if (grown == NULL)
		return false;
	answer->addresses = grown;
	return true;
}

static void
add_address(struct host_answer *answer, unsigned int type, const void *octets)
{
	union host_address address;

	if (type == RECORD_A)
		host_address_set_ipv4(&address, octets);
	else
		host_address_set_ipv6(&address, octets);
	if (answer->address_count == HOST_ANSWER_ADDRESSES_MAXIMUM ||
	    answer->repeat_count == HOST_ANSWER_REPEATS_MAXIMUM)
		return;
	if (has_address(answer, &address)) {
		answer->repeat_count++;
		return;
	}
	if (make_room(answer))
		answer->addresses[answer->address_count++] = address;
	else
		answer->status = DNS_STATUS_NO_MEMORY;
}

static void
take_address(struct host_answer *answer, const struct message_record *record)
{
	if (record->length != (record->type == RECORD_A ? sizeof(struct in_addr) :
							  sizeof(struct in6_addr))) {
		answer->status = DNS_STATUS_NO_RECOVERY;
		return;
	}
	note_time_to_live(answer, record->ttl);
	add_address(answer, record->type, record->data);
}

/* What the end of the chain has everywhere, if it is a special name. */
static void
take_special(struct host_answer *answer, unsigned int type)
{
	const struct in_addr loopback = { htonl(INADDR_LOOPBACK) };

	if (answer->status != DNS_STATUS_OK || answer->use == SPECIAL_USE_NONE)
		return;
	if (answer->use == SPECIAL_USE_POINTER ||
	    (answer->use == SPECIAL_USE_LOOPBACK && type == RECORD_PTR))
		answer->status = DNS_STATUS_NO_DATA;
	else if (answer->use != SPECIAL_USE_LOOPBACK)
		answer->status = DNS_STATUS_HOST_NOT_FOUND;
	else if (type == RECORD_A)
		add_address(answer, type, &loopback);
	else
		add_address(answer, type, &in6addr_loopback);
}

static void
take_addresses(struct host_answer *answer, struct message message, unsigned int type)
{
	struct message_record record;

	while (answer->status == DNS_STATUS_OK && answer->use == SPECIAL_USE_NONE &&
	       message_next_answer(&message, &record))
		if (record.type == type && record.class == CLASS_IN &&
		    wire_name_is(record.name, end_of_chain(answer)))
			take_address(answer, &record);
	if (answer->status == DNS_STATUS_OK && answer->address_count == 0)
		answer->status = DNS_STATUS_NO_DATA;
}

/* Reads what comes before the records wanted: rcode, question, the chain of aliases. */
static void
begin_to_read(struct host_answer *answer, struct message *message, const char *name,
	      unsigned int type)
{
	struct message_aliases aliases;

	host_answer_fail(answer, message_status_of_rcode(message->rcode));
	/* c-ares compares id and question too, but what it hands out it may have written
	 * anew. */
	if (!message_asks_for(message, name, type))
		answer->status = DNS_STATUS_NO_RECOVERY;
	if (answer->status != DNS_STATUS_OK)
		return;
	memcpy(answer->names[0], name, strlen(name) + 1);
	answer->name_count = 1;
	if (!message_find_aliases(message, &aliases))
		answer->status = DNS_STATUS_NO_RECOVERY;
	else
		while (follow(answer, &aliases, type))
			continue;
	take_special(answer, type);
}

void
host_answer_read(struct host_answer *answer, const uint8_t *data, size_t length,
		 const char *name, int type, uint32_t age)
{
	struct message message;

	message_open(&message, data, length);
	message.age = age;
	begin_to_read(answer, &message, name, (unsigned int)type);
	take_addresses(answer, message, (unsigned int)type);
	if (answer->status != DNS_STATUS_OK)
		host_answer_clear(answer);
}

DnsStatus
host_answer_read_pointer(const uint8_t *data, size_t length, const char *name, uint32_t age,
			 char target[HOST_ANSWER_NAME_SIZE], uint32_t *time_to_live)
{
	char spelling[MESSAGE_NAME_SIZE];
	struct message_record record;
	struct host_answer answer;
	struct message message;

	message_open(&message, data, length);
	message.age = age;
	begin_to_read(&answer, &message, name, RECORD_PTR);
	while (answer.status == DNS_STATUS_OK && message_next_answer(&message, &record)) {
		if (record.type != RECORD_PTR || record.class != CLASS_IN ||
		    !wire_name_is(record.name, end_of_chain(&answer)))
			continue;
		if (!message_name_in(&message, &record, spelling) ||
		    !host_name_is_possible(spelling))
			return DNS_STATUS_NO_RECOVERY;
		host_name_normalise(target, spelling, strlen(spelling));
		note_time_to_live(&answer, record.ttl);
		*time_to_live = answer.time_to_live;
		return DNS_STATUS_OK;
	}
	return answer.status == DNS_STATUS_OK ? DNS_STATUS_NO_DATA : answer.status;
}

/* How much a status without addresses says. */
static int
weight(DnsStatus status)
{
	switch (status) {
	case DNS_STATUS_HOST_NOT_FOUND:
		return 3;
	case DNS_STATUS_NO_MEMORY:
		return 2;
	case DNS_STATUS_NO_DATA:
		return 0;
	default:
		return 1;
	}
}

/* Is it known which addresses of a family there are? */
static bool
is_definite(const struct host_answer *answer)
{
	return answer->status == DNS_STATUS_OK || answer->status == DNS_STATUS_NO_DATA ||
	       answer->status == DNS_STATUS_HOST_NOT_FOUND;
}

static DnsStatus
make_entry(const struct host_answer *ipv4, const struct host_answer *ipv6,
	   host_answer_arrange *arrange, void *context, struct DnsHostEntry **entry)
{
	const struct host_answer *named = ipv4->address_count > 0 ? ipv4 : ipv6;
	const char *aliases[HOST_ANSWER_CHAIN_MAXIMUM];
	union host_address addresses[2 * HOST_ANSWER_ADDRESSES_MAXIMUM];
	struct host_facts facts;
	size_t i;

	for (i = 0; i + 1 < named->name_count; i++)
		aliases[i] = named->names[i];
	if (ipv4->address_count > 0)
		memcpy(addresses, ipv4->addresses, ipv4->address_count * sizeof *addresses);
	if (ipv6->address_count > 0)
		memcpy(addresses + ipv4->address_count, ipv6->addresses,
		       ipv6->address_count * sizeof *addresses);
	facts.name = end_of_chain(named);
	facts.aliases = aliases;
	facts.alias_count = named->name_count - 1;
	facts.addresses = addresses;
	facts.address_count = ipv4->address_count + ipv6->address_count;
	if (arrange != NULL)
		arrange(context, addresses, facts.address_count);
	facts.time_to_live = ipv4->time_to_live < ipv6->time_to_live ? ipv4->time_to_live :
									 ipv6->time_to_live;
	facts.is_partial = !is_definite(ipv4) || !is_definite(ipv6);
	*entry = host_entry_create(&facts);
	return *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}

DnsStatus
host_answer_combine(const struct host_answer *ipv4, const struct host_answer *ipv6,
		    host_answer_arrange *arrange, void *context,
		    struct DnsHostEntry **entry)
{
	*entry = NULL;
	if (ipv4->address_count + ipv6->address_count > 0)
		return make_entry(ipv4, ipv6, arrange, context, entry);
	return weight(ipv4->status) >= weight(ipv6->status) ? ipv4->status : ipv6->status;
}

DnsStatus
host_answer_name_only(const char *name, uint32_t time_to_live, DnsStatus reason,
		      struct DnsHostEntry **entry)
{
	struct host_facts facts = { .name = name, .time_to_live = time_to_live };

	facts.is_partial = reason != DNS_STATUS_HOST_NOT_FOUND && reason != DNS_STATUS_NO_DATA;
	*entry = host_entry_create(&facts);
	return *entry != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_MEMORY;
}
