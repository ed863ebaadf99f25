/* SPDX-License-Identifier: MIT */
/* A response, read in all ways that there are: as a message, for an answer to be kept,
 * for a host, and for records, which are read by type, written as text, and put into
 * another response. */
#include <asyncdns/record_text.h>

#include <stdbool.h>
#include <string.h>

#include "answer_lifetime.h"
#include "fuzz.h"
#include "host_answer.h"
#include "host_name.h"
#include "message.h"
#include "record_answer.h"

#define AGE	       1 /* seconds since the response came */
#define COPIES_MAXIMUM 4 /* records of one response put into another */

/* Owner, type, class, TTL, length. */
#define RECORD_LENGTH_MINIMUM 11

static bool
is_printable(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (text[i] < 0x20 || text[i] >= 0x7f)
			return false;
	return text[length] == '\0';
}

static bool
is_name(const char *name)
{
	return name != NULL && strlen(name) < MESSAGE_NAME_SIZE &&
	       strchr(name, ' ') == NULL && is_printable(name, strlen(name));
}

/* Reads them all, for the sanitizer to see. */
static bool
are_there(const void *octets, size_t length)
{
	const volatile uint8_t *octet = octets;

	while (length-- > 0)
		(void)*octet++;
	return true;
}

/* Octets that a NUL follows. */
static bool
is_text(const char *text, size_t length)
{
	return text != NULL && are_there(text, length) && text[length] == '\0';
}

/* ---- the message ---- */

static void
check_raw_record(const struct message *message, const struct message_record *record)
{
	struct message copy = *message;
	char name[MESSAGE_NAME_SIZE];

	wire_name_print(record->name, name);
	require(is_name(name) && wire_name_is(record->name, name));
	require(record->data >= message->data);
	require(record->data + record->length == message->data + message->position);
	require(message->position <= message->length);
	require(are_there(record->data, record->length));
	require(record->type == RECORD_OPT || record->ttl <= 0x7fffffff);
	if (message_name_in(&copy, record, name))
		require(is_name(name));
}

static void
check_message(const uint8_t *data, size_t size)
{
	struct message_question question;
	struct message_record record;
	char name[MESSAGE_NAME_SIZE];
	struct message message;
	unsigned int section;
	size_t records = 0;

	message_open(&message, data, size);
	require(message_extended_rcode(&message) < 0x1000);
	while (message_next_question(&message, &question)) {
		wire_name_print(question.name, name);
		require(is_name(name) && wire_name_is(question.name, name));
	}
	for (section = 0; section < SECTION_COUNT; section++)
		while (message_next_record(&message, (enum message_section)section,
					   &record)) {
			check_raw_record(&message, &record);
			records++;
		}
	require(records <= size / RECORD_LENGTH_MINIMUM);
	for (section = 0; section < SECTION_COUNT; section++)
		require(message.malformed || message.records[section] == 0);
}

/* ---- records by type; each function says whether it had something to check ---- */

static bool
check_address(const DnsRecord *record)
{
	socklen_t length;
	const struct sockaddr *address = DnsRecordGetAddress(record, &length);

	if (address == NULL)
		return false;
	require(length == (address->sa_family == AF_INET ? sizeof(struct sockaddr_in)
							 : sizeof(struct sockaddr_in6)));
	return are_there(address, length);
}

static bool
check_strings(const DnsRecord *record)
{
	size_t count = DnsRecordGetStringCount(record), length, i;
	const char *string;

	require(DnsRecordGetString(record, count, &length) == NULL && length == 0);
	for (i = 0; i < count; i++) {
		string = DnsRecordGetString(record, i, &length);
		require(is_text(string, length));
	}
	return count > 0;
}

static bool
check_names(const DnsRecord *record)
{
	const char *host = DnsRecordGetHost(record);
	const DnsSoaData *soa = DnsRecordGetSoa(record);
	const DnsMxData *mx = DnsRecordGetMx(record);
	const DnsSrvData *srv = DnsRecordGetSrv(record);

	require(host == NULL || is_name(host));
	require(soa == NULL || (is_name(soa->server) && is_name(soa->mailbox)));
	require(mx == NULL || is_name(mx->exchange));
	require(srv == NULL || is_name(srv->target));
	return host != NULL || soa != NULL || mx != NULL || srv != NULL;
}

static bool
check_texts(const DnsRecord *record)
{
	const DnsCaaData *caa = DnsRecordGetCaa(record);
	const DnsNaptrData *naptr = DnsRecordGetNaptr(record);
	const DnsUriData *uri = DnsRecordGetUri(record);

	require(caa == NULL || (is_printable(caa->tag, strlen(caa->tag)) &&
				is_text(caa->value, caa->valueLength)));
	require(naptr == NULL || (is_text(naptr->flags, naptr->flagsLength) &&
				  is_text(naptr->services, naptr->servicesLength) &&
				  is_text(naptr->regexp, naptr->regexpLength) &&
				  is_name(naptr->replacement)));
	require(uri == NULL || is_text(uri->target, uri->targetLength));
	return caa != NULL || naptr != NULL || uri != NULL;
}

static bool
check_digests(const DnsRecord *record)
{
	const DnsTlsaData *tlsa = DnsRecordGetTlsa(record);
	const DnsDsData *ds = DnsRecordGetDs(record);

	require(tlsa == NULL || are_there(tlsa->data, tlsa->dataLength));
	require(ds == NULL || are_there(ds->digest, ds->digestLength));
	return tlsa != NULL || ds != NULL;
}

static bool
check_svcb(const DnsRecord *record)
{
	const DnsSvcbData *svcb = DnsRecordGetSvcb(record);
	size_t i;

	if (svcb == NULL)
		return false;
	require(is_name(svcb->target));
	for (i = 0; i < svcb->paramCount; i++) {
		require(i == 0 || svcb->params[i].key > svcb->params[i - 1].key);
		require(are_there(svcb->params[i].value, svcb->params[i].length));
	}
	require(svcb->priority > 0 ||
		(svcb->mandatoryCount == 0 && svcb->protocolCount == 0 &&
		 !svcb->hasPort && svcb->ipv4HintCount == 0 && svcb->ipv6HintCount == 0 &&
		 svcb->ech == NULL));
	require(are_there(svcb->mandatory,
			  svcb->mandatoryCount * sizeof *svcb->mandatory));
	for (i = 0; i < svcb->protocolCount; i++)
		require(is_text(svcb->protocols[i].name, svcb->protocols[i].length));
	require(are_there(svcb->ipv4Hints,
			  svcb->ipv4HintCount * sizeof *svcb->ipv4Hints));
	require(are_there(svcb->ipv6Hints,
			  svcb->ipv6HintCount * sizeof *svcb->ipv6Hints));
	return are_there(svcb->ech, svcb->echLength);
}

/* The text is as long as it says, no longer than promised, and printable. */
static char *
format(const DnsRecord *record, size_t data_length)
{
	size_t length = DnsRecordFormat(record, NULL, 0);
	char *text = malloc(length + 1);

	require(text != NULL && length < 5 * data_length + 32);
	require(DnsRecordFormat(record, text, length + 1) == length);
	require(is_printable(text, length));
	return text;
}

static void
check_record(const DnsRecord *record)
{
	size_t length;
	const uint8_t *data = DnsRecordGetData(record, &length);
	int parts;

	require(is_name(DnsRecordGetName(record)));
	require(DnsRecordGetTimeToLive(record) <= 0x7fffffff);
	require(are_there(data, length));
	parts = check_address(record) + check_strings(record) + check_names(record) +
		check_texts(record) + check_digests(record) + check_svcb(record);
	require(parts <= 1);
	free(format(record, length));
}

/* ---- sets of records ---- */

/* What was read is good: in another response, as the root's, it is read as the same. */
static void
check_copy(const DnsRecord *record)
{
	unsigned int type = (unsigned int)DnsRecordGetType(record);
	uint8_t type_high = (uint8_t)(type >> 8), type_low = (uint8_t)type;
	size_t length, copy_length;
	const uint8_t *data = DnsRecordGetData(record, &length), *copy_data;
	const uint8_t head[] = {
		0, 1, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0,
		0, type_high, type_low, 0, CLASS_IN,
		0, type_high, type_low, 0, CLASS_IN, 0, 0, 0, 60,
		(uint8_t)(length >> 8), (uint8_t)length,
	};
	uint8_t *octets = malloc(sizeof head + length);
	char *text = format(record, length), *copy_text;
	const DnsRecord *copy;
	DnsRecordSet *set;

	require(octets != NULL && length <= 0xffff);
	memcpy(octets, head, sizeof head);
	memcpy(octets + sizeof head, data, length);
	require(record_answer_read(&set, octets, sizeof head + length, "", (int)type, 0,
				   false) == DNS_STATUS_OK);
	copy = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 0);
	copy_data = DnsRecordGetData(copy, &copy_length);
	require(copy_length == length && memcmp(copy_data, data, length) == 0);
	copy_text = format(copy, length);
	require(strcmp(copy_text, text) == 0);
	free(copy_text);
	free(text);
	DnsRecordSetRelease(set);
	free(octets);
}

static void
check_set(const DnsRecordSet *set)
{
	const DnsRecord *record;
	size_t i, copies = 0;
	int section;

	for (section = DNS_SECTION_ANSWER; section <= DNS_SECTION_ADDITIONAL; section++)
		for (i = 0; i < DnsRecordSetGetCount(set, (DnsSection)section); i++) {
			record = DnsRecordSetGetRecord(set, (DnsSection)section, i);
			check_record(record);
			if (copies++ < COPIES_MAXIMUM)
				check_copy(record);
		}
}

static void
check_records(const uint8_t *data, size_t size, const char *name, int type)
{
	DnsRecordSet *whole, *part;
	DnsStatus status = record_answer_read(&whole, data, size, name, type, AGE, true);
	DnsStatus part_status =
		record_answer_read(&part, data, size, name, type, AGE, false);

	require((whole != NULL) ==
		(status == DNS_STATUS_OK || status == DNS_STATUS_NO_DATA ||
		 status == DNS_STATUS_HOST_NOT_FOUND));
	require((part != NULL) == (part_status == DNS_STATUS_OK));
	/* Of what is in the other sections only the whole answer may fall short. */
	require(status == part_status || whole == NULL);
	check_set(whole);
	check_set(part);
	DnsRecordSetRelease(whole);
	DnsRecordSetRelease(part);
}

/* ---- hosts, and what is kept ---- */

static void
check_host(const uint8_t *data, size_t size, const char *name)
{
	static struct host_answer ipv4, ipv6;
	char target[HOST_ANSWER_NAME_SIZE];
	struct DnsHostEntry *entry;
	uint32_t time_to_live;

	if (host_answer_read_pointer(data, size, name, AGE, target, &time_to_live) ==
	    DNS_STATUS_OK)
		require(host_name_is_possible(target));
	host_answer_read(&ipv4, data, size, name, RECORD_A, AGE);
	host_answer_read(&ipv6, data, size, name, RECORD_AAAA, AGE);
	require(ipv4.address_count <= HOST_ANSWER_ADDRESSES_MAXIMUM);
	require(ipv6.address_count <= HOST_ANSWER_ADDRESSES_MAXIMUM);
	if (host_answer_combine(&ipv4, &ipv6, NULL, NULL, &entry) == DNS_STATUS_OK) {
		require(is_name(DnsHostEntryGetName(entry)));
		require(DnsHostEntryGetAddressCount(entry) ==
			ipv4.address_count + ipv6.address_count);
		DnsHostEntryRelease(entry);
	}
	host_answer_clear(&ipv4);
	host_answer_clear(&ipv6);
}

static void
check_lifetime(const uint8_t *data, size_t size, const char *name, int type)
{
	struct answer *answer = answer_create(DNS_STATUS_OK, data, size);
	uint32_t seconds;

	require(answer != NULL);
	switch (answer_lifetime_read(answer, name, type, &seconds)) {
	case ANSWER_POSITIVE:
		require(seconds <= ANSWER_LIFETIME_POSITIVE_MAXIMUM);
		break;
	case ANSWER_NEGATIVE:
		require(seconds <= ANSWER_LIFETIME_NEGATIVE_MAXIMUM);
		break;
	default:
		require(seconds == 0);
	}
	answer_release(answer);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct message_question question;
	char name[MESSAGE_NAME_SIZE];
	struct message message;

	check_message(data, size);
	message_open(&message, data, size);
	if (!message_next_question(&message, &question))
		return 0;
	host_name_normalise(name, name, wire_name_print(question.name, name));
	check_records(data, size, name, (int)question.type);
	check_host(data, size, name);
	check_lifetime(data, size, name, (int)question.type);
	return 0;
}
