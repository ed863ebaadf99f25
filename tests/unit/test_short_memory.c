/* SPDX-License-Identifier: MIT */
/* Rooms that no lookup leads through in the simulation's lives, each piece of memory of
 * which cannot be had in turn: that one only, and from that one on. */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asyncdns/resolver_options.h>

#include "../sim/memory.h"
#include "handle_table.h"
#include "hosts_table.h"
#include "packet.h"
#include "question.h"
#include "record_answer.h"
#include "record_parts.h"
#include "record_samples.h"
#include "resolver_options_impl.h"
#include "rooms.h"

enum outcome_of_try { WRONG, SHORT, DONE };

/* Nothing is left of a try, however it ends. */
static void
run_out(enum outcome_of_try (*attempt)(void), bool stays_so)
{
	enum outcome_of_try outcome;
	uint64_t nth = 0;
	int64_t held;

	do {
		memory_watch(++nth, stays_so);
		outcome = attempt();
		held = memory_leave();
		ck_assert_int_ne(outcome, WRONG);
		ck_assert_int_eq(held, 0);
		ck_assert(memory_was_short() || outcome == DONE);
	} while (memory_was_short());
	ck_assert_uint_gt(nth, 1);
}

static void
run_out_both_ways(enum outcome_of_try (*attempt)(void))
{
	if (!memory_can_be_watched())
		return;
	run_out(attempt, false);
	run_out(attempt, true);
}

/* ---- hosts ---- */

static char hosts_text[4096];

static enum outcome_of_try
found(struct DnsHostEntry *entry, size_t count)
{
	enum outcome_of_try outcome;

	if (entry == NULL)
		return errno == ENOMEM ? SHORT : WRONG;
	outcome = DnsHostEntryGetAddressCount(entry) == count ? DONE : WRONG;
	DnsHostEntryRelease(entry);
	return outcome;
}

static enum outcome_of_try
try_hosts(void)
{
	union host_address address;
	struct hosts_table *table;
	enum outcome_of_try by_name, by_address;

	table = hosts_table_parse(hosts_text, strlen(hosts_text));
	if (table == NULL)
		return errno == ENOMEM ? SHORT : WRONG;
	host_address_set_ipv4(&address, "\xc0\0\2\7");
	by_name = found(hosts_table_find_name(table, "all.test", AF_UNSPEC), 40);
	by_address = found(hosts_table_find_address(table, &address), 1);
	hosts_table_free(table);
	return by_name < by_address ? by_name : by_address;
}

START_TEST(a_hosts_file)
{
	char *end = hosts_text;
	int i;

	for (i = 0; i < 40; i++)
		end += snprintf(end, 100, "192.0.2.%d all.test h%d.test alias%d.test\n", i, i, i);
	run_out_both_ways(try_hosts);
}
END_TEST

/* ---- records ---- */

static struct packet packet;
static unsigned int packet_type;

static enum outcome_of_try
try_records(void)
{
	struct DnsRecordSet *set;
	DnsStatus status;

	status = record_answer_read(&set, packet.data, packet.length, "a.test",
				    (int)packet_type, 0, true);
	DnsRecordSetRelease(set);
	return status == DNS_STATUS_OK ? DONE :
	       status == DNS_STATUS_NO_MEMORY ? SHORT : WRONG;
}

static void
read_sample(const struct record_sample *sample)
{
	int i;

	packet_type = sample->type;
	packet_begin(&packet, 0, "a.test", sample->type);
	for (i = 0; i < 60; i++)
		packet_add_record(&packet, "a.test", sample->type, 60, sample->data,
				  sample->length);
	run_out_both_ways(try_records);
}

START_TEST(records)
{
	record_sample_each(read_sample);
}
END_TEST

/* The record's parts, when so much is left of the block that they begin in. */
static bool
make_parts(struct DnsRecord record, size_t room)
{
	struct arena arena;
	bool is_made;

	arena_init(&arena);
	ck_assert_ptr_nonnull(arena_take(&arena, 512 - room));
	memory_watch(1, true);
	is_made = record_parts_make(&record, &arena);
	memory_leave();
	ck_assert(is_made == !memory_was_short());
	arena_clear(&arena);
	return is_made;
}

static void
take_sample_apart(const struct record_sample *sample)
{
	struct DnsRecordSet *set;
	const DnsRecord *record;
	size_t room = 0;

	ck_assert_int_eq(record_sample_read(&set, sample->type, sample->data,
					    sample->length), DNS_STATUS_OK);
	record = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 0);
	while (!make_parts(*record, room) && room < 512)
		room += 16;
	ck_assert_uint_lt(room, 512);
	DnsRecordSetRelease(set);
}

START_TEST(parts_of_records)
{
	if (memory_can_be_watched())
		record_sample_each(take_sample_apart);
}
END_TEST

/* ---- what a program gives ---- */

/* A path is there if its setter says so, and only then. */
static enum outcome_of_try
path_is_set(DnsStatus status, char *const *path, const char *wanted)
{
	if (status == DNS_STATUS_NO_MEMORY)
		return *path == NULL ? SHORT : WRONG;
	return status == DNS_STATUS_OK && *path != NULL && strcmp(*path, wanted) == 0
		? DONE : WRONG;
}

static bool
is_same_path(const char *one, const char *other)
{
	return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

static enum outcome_of_try
try_copy(const struct DnsResolverOptions *options)
{
	enum outcome_of_try outcome = SHORT;
	struct DnsResolverOptions copy;

	if (resolver_options_copy(&copy, options))
		outcome = is_same_path(copy.hosts_path, options->hosts_path) &&
			  is_same_path(copy.resolv_conf_path, options->resolv_conf_path) &&
			  is_same_path(copy.gai_conf_path, options->gai_conf_path)
			? DONE : WRONG;
	resolver_options_clear(&copy);
	return outcome;
}

static enum outcome_of_try
try_options(void)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	enum outcome_of_try outcomes[4], least = DONE;
	size_t i;

	if (options == NULL)
		return SHORT;
	outcomes[0] = path_is_set(DnsResolverOptionsSetHostsPath(options, "/hosts"),
				  &options->hosts_path, "/hosts");
	outcomes[1] = path_is_set(DnsResolverOptionsSetResolvConfPath(options, "/resolv"),
				  &options->resolv_conf_path, "/resolv");
	outcomes[2] = path_is_set(DnsResolverOptionsSetGaiConfPath(options, "/gai"),
				  &options->gai_conf_path, "/gai");
	outcomes[3] = try_copy(options);
	DnsResolverOptionsRelease(options);
	for (i = 0; i < 4; i++)
		if (outcomes[i] < least)
			least = outcomes[i];
	return least;
}

START_TEST(options)
{
	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(NULL, "/hosts"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(NULL, "/resolv.conf"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetGaiConfPath(NULL, "/gai.conf"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetGrace(NULL, 1), DNS_STATUS_INVALID_ARGUMENT);
	run_out_both_ways(try_options);
}
END_TEST

static enum outcome_of_try
try_literal(void)
{
	struct question question;
	int error = question_read_host(&question, "192.0.2.1");

	return error == ENOMEM ? SHORT :
	       error == 0 && question.kind == QUESTION_ADDRESS ? DONE : WRONG;
}

START_TEST(a_literal)
{
	run_out_both_ways(try_literal);
}
END_TEST

/* ---- tokens ---- */

/* Without memory there are as many as have been made ready, to the last, and then no more. */
START_TEST(tokens_of_a_table)
{
	static void *tokens[1 << 14];
	static char object;
	size_t count = 0, i;
	int error;

	if (!memory_can_be_watched())
		return;
	tokens[count++] = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	memory_watch(1, true);
	while ((tokens[count] = handle_table_insert(HANDLE_RESOLVER, &object, 1)) != NULL)
		count++;
	error = errno;
	memory_leave();
	ck_assert_int_eq(error, ENOMEM);
	ck_assert(memory_was_short());
	ck_assert_uint_ge(count, 4096);
	tokens[count] = handle_table_insert(HANDLE_RESOLVER, &object, 1);
	ck_assert_ptr_nonnull(tokens[count++]);
	for (i = 0; i < count; i++) {
		expect(handle_table_pin(HANDLE_RESOLVER, tokens[i]) == &object, "not valid");
		handle_table_unpin(tokens[i]);
		expect(handle_table_retire(tokens[i]), "already retired");
		expect(handle_table_unpin(tokens[i]), "not the last reference");
	}
}
END_TEST

void
short_memory_tests(TCase *tests)
{
	tcase_add_test(tests, a_hosts_file);
	tcase_add_test(tests, records);
	tcase_add_test(tests, parts_of_records);
	tcase_add_test(tests, options);
	tcase_add_test(tests, a_literal);
	tcase_add_test(tests, tokens_of_a_table);
}
