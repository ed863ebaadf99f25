/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host_answer.h"
#include "message.h"
#include "packet.h"
#include "rooms.h"

static struct packet packet;
static struct host_answer answer;

/* Reads the packet, from memory that is gone afterwards. */
static DnsStatus
read_answer(const char *name, int type)
{
	uint8_t *bytes = packet_copy(&packet, packet.length);

	host_answer_clear(&answer);
	memset(&answer, 0xa5, sizeof answer);
	host_answer_read(&answer, bytes, packet.length, name, type, 0);
	free(bytes);
	return answer.status;
}

static void
tear_down(void)
{
	host_answer_clear(&answer);
}

static void
expect_address(size_t index, const char *expected)
{
	char text[INET6_ADDRSTRLEN];
	const union host_address *address = &answer.addresses[index];

	expect(index < answer.address_count, "too few addresses");
	if (address->any.sa_family == AF_INET)
		inet_ntop(AF_INET, &address->ipv4.sin_addr, text, sizeof text);
	else
		inet_ntop(AF_INET6, &address->ipv6.sin6_addr, text, sizeof text);
	expect(strcmp(text, expected) == 0, expected);
}

static void
expect_status(DnsStatus status)
{
	ck_assert_int_eq(read_answer("a.test", RECORD_A), status);
	ck_assert_uint_eq(answer.address_count, 0);
	ck_assert_ptr_null(answer.addresses);
}

START_TEST(addresses_are_read)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.2", 300);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 2);
	expect_address(0, "192.0.2.2");
	expect_address(1, "192.0.2.1");
	ck_assert_uint_eq(answer.name_count, 1);
	ck_assert_str_eq(answer.names[0], "a.test");
	ck_assert_uint_eq(answer.time_to_live, 300);

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_AAAA);
	packet_add_address(&packet, "a.test", "2001:db8::1", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_AAAA), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 1);
	expect_address(0, "2001:db8::1");
}
END_TEST

/* Faults W11, A11. */
START_TEST(the_rcode_decides_first)
{
	const DnsStatus statuses[16] = { DNS_STATUS_OK, DNS_STATUS_NO_RECOVERY,
					 DNS_STATUS_TRY_AGAIN,
					 DNS_STATUS_HOST_NOT_FOUND };
	unsigned int rcode;

	for (rcode = 0; rcode < 16; rcode++) {
		packet_begin(&packet, rcode, "a.test", PACKET_A);
		packet_add_address(&packet, "a.test", "192.0.2.1", 300);
		if (rcode == 0)
			ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
		else
			expect_status(rcode < 4 ? statuses[rcode]
						: DNS_STATUS_NO_RECOVERY);
	}
	packet_begin(&packet, RCODE_NXDOMAIN, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	expect_status(DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

/* Faults A01, A05, A12, A17. */
START_TEST(no_address_is_no_data)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	expect_status(DNS_STATUS_NO_DATA);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	expect_status(DNS_STATUS_NO_DATA);
	packet_add_address(&packet, "b.test", "2001:db8::1", 300);
	packet_add_record(&packet, "b.test", PACKET_TXT, 300, "\3abc", 4);
	expect_status(DNS_STATUS_NO_DATA);
}
END_TEST

/* Fault A02. */
START_TEST(records_of_other_names_are_ignored)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "b.test", "192.0.2.1", 1);
	packet_add_address(&packet, "a.a.test", "192.0.2.2", 1);
	packet_add_address(&packet, "test", "192.0.2.3", 1);
	packet_add_cname(&packet, "b.test", "c.test", 1);
	expect_status(DNS_STATUS_NO_DATA);
	packet_add_address(&packet, "a.test", "192.0.2.4", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 1);
	expect_address(0, "192.0.2.4");
	ck_assert_uint_eq(answer.time_to_live, 300);
	ck_assert_uint_eq(answer.name_count, 1);
}
END_TEST

/* Of a name with an alias only the alias counts. */
START_TEST(addresses_before_the_end_of_the_chain_are_ignored)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.2", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 1);
	expect_address(0, "192.0.2.2");
}
END_TEST

/* Fault A17. */
START_TEST(another_class_is_ignored)
{
	size_t class_at;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	class_at = packet.length - 12;
	packet_set_16(&packet, class_at, PACKET_CHAOS);
	expect_status(DNS_STATUS_NO_DATA);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	class_at = packet.length - 16;
	packet_set_16(&packet, class_at, PACKET_CHAOS);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.name_count, 1);
}
END_TEST

START_TEST(it_must_be_the_answer_to_the_question)
{
	packet_begin(&packet, RCODE_NOERROR, "b.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NXDOMAIN, "b.test", PACKET_A);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_AAAA);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_set_16(&packet, packet.length - 2, PACKET_CHAOS);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_set_16(&packet, PACKET_QUESTIONS, 0);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_put_name(&packet, "a.test");
	packet_put_16(&packet, PACKET_A);
	packet_put_16(&packet, PACKET_IN);
	packet_set_16(&packet, PACKET_QUESTIONS, 2);
	expect_status(DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Servers give names back as they were asked, or as they have them. */
START_TEST(case_does_not_matter)
{
	packet_begin(&packet, RCODE_NOERROR, "A.tEsT", PACKET_A);
	packet_add_cname(&packet, "a.TEST", "B.Test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.1", 300);
	packet_add_address(&packet, "B.TEST", "192.0.2.2", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 2);
	ck_assert_str_eq(answer.names[0], "a.test");
	ck_assert_str_eq(answer.names[1], "B.Test");
}
END_TEST

/* Fault W26. */
START_TEST(what_is_malformed_gives_nothing)
{
	size_t length;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.1", 300);
	packet_add_address(&packet, "b.test", "192.0.2.2", 300);
	for (length = packet.length; length-- > 0;) {
		packet.length = length;
		expect_status(DNS_STATUS_NO_RECOVERY);
	}
	for (length = 0; length <= 16; length++) {
		packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
		packet_add_address(&packet, "a.test", "192.0.2.1", 300);
		packet_add_record(&packet, "a.test", PACKET_A, 300,
				  "\1\2\3\4\5\6\7\10\1\2\3\4\5\6\7", length);
		if (length != 4)
			expect_status(DNS_STATUS_NO_RECOVERY);
	}
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_record(&packet, "a.test", PACKET_CNAME, 300, "\xc0\xff", 2);
	expect_status(DNS_STATUS_NO_RECOVERY);
	/* Malformed where nobody would have looked. */
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	packet_set_16(&packet, PACKET_ANSWERS, 2);
	packet_put(&packet, "\xc0\xff\0\1\0\1\0\0\0\0\0\0", 12);
	expect_status(DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Fault A20. */
START_TEST(duplicates_are_left_out)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	packet_add_address(&packet, "a.test", "192.0.2.2", 300);
	packet_add_address(&packet, "a.test", "192.0.2.1", 200);
	packet_add_address(&packet, "a.test", "192.0.2.1", 400);
	packet_add_address(&packet, "a.test", "192.0.2.3", 300);
	packet_add_address(&packet, "a.test", "192.0.2.2", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 3);
	expect_address(0, "192.0.2.1");
	expect_address(1, "192.0.2.2");
	expect_address(2, "192.0.2.3");
	ck_assert_uint_eq(answer.time_to_live, 200);
}
END_TEST

/* Fault A15. */
START_TEST(five_hundred_and_twelve_addresses_at_most)
{
	const size_t counts[] = { 1, 3, 4, 5, 7, 8, 9, 64, 65, 511, 512, 513, 600 };
	char text[INET6_ADDRSTRLEN];
	size_t count, kept, i, j;

	for (i = 0; i < sizeof counts / sizeof *counts; i++) {
		count = counts[i];
		kept = count < 512 ? count : 512;
		packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_AAAA);
		for (j = 0; j < count; j++) {
			snprintf(text, sizeof text, "2001:db8::%zx", j + 1);
			packet_add_address(&packet, "a.test", text, 300);
		}
		ck_assert_int_eq(read_answer("a.test", RECORD_AAAA), DNS_STATUS_OK);
		ck_assert_uint_eq(answer.address_count, kept);
		for (j = 0; j < kept; j++) {
			snprintf(text, sizeof text, "2001:db8::%zx", j + 1);
			expect_address(j, text);
		}
	}
}
END_TEST

/* A chain of that many links whose last name has an address. They stand in the order
 * that is given. */
static void
make_chain(const int *order, int links)
{
	char name[32], target[32];
	int i;

	packet_begin(&packet, RCODE_NOERROR, "a0.test", PACKET_A);
	for (i = 0; i < links; i++) {
		snprintf(name, sizeof name, "a%d.test", order[i]);
		snprintf(target, sizeof target, "a%d.test", order[i] + 1);
		packet_add_cname(&packet, name, target, 300);
	}
	snprintf(name, sizeof name, "a%d.test", links);
	packet_add_address(&packet, name, "192.0.2.1", 300);
}

static void
expect_chain(int links)
{
	char name[32];
	int i;

	if (links > HOST_ANSWER_CHAIN_MAXIMUM) {
		ck_assert_int_eq(read_answer("a0.test", RECORD_A),
				 DNS_STATUS_NO_RECOVERY);
		ck_assert_uint_eq(answer.address_count, 0);
		return;
	}
	ck_assert_int_eq(read_answer("a0.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 1);
	ck_assert_uint_eq(answer.name_count, links + 1);
	for (i = 0; i <= links; i++) {
		snprintf(name, sizeof name, "a%d.test", i);
		ck_assert_str_eq(answer.names[i], name);
	}
}

/* Faults A03, A04. */
START_TEST(chains_of_sixteen_in_any_order)
{
	int order[18] = { 0 }, links, i, j, swapped, round;
	struct dice dice;

	dice_init(&dice);
	for (links = 0; links <= 18; links++) {
		for (i = 0; i < links; i++)
			order[i] = i;
		make_chain(order, links);
		expect_chain(links);
		for (i = 0; i < links; i++)
			order[i] = links - 1 - i;
		make_chain(order, links);
		expect_chain(links);
		for (round = 0; round < 20; round++) {
			for (i = links - 1; i > 0; i--) {
				j = (int)dice_roll(&dice, (unsigned int)i + 1);
				swapped = order[i];
				order[i] = order[j];
				order[j] = swapped;
			}
			make_chain(order, links);
			expect_chain(links);
		}
	}
}
END_TEST

/* Fault A04. */
START_TEST(a_chain_that_bites_its_tail_is_malformed)
{
	static const char *const loops[][3] = {
		{ "a.test", NULL, NULL },
		{ "b.test", "a.test", NULL },
		{ "b.test", "b.test", NULL },
		{ "b.test", "c.test", "A.TEST" },
		{ "b.test", "c.test", "b.test" },
	};
	const char *owner;
	size_t i, j;

	for (i = 0; i < sizeof loops / sizeof *loops; i++) {
		packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
		owner = "a.test";
		for (j = 0; j < 3 && loops[i][j] != NULL; j++) {
			packet_add_cname(&packet, owner, loops[i][j], 300);
			owner = loops[i][j];
		}
		packet_add_address(&packet, owner, "192.0.2.1", 300);
		expect_status(DNS_STATUS_NO_RECOVERY);
	}
	/* With a way out, too. */
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_cname(&packet, "b.test", "a.test", 300);
	packet_add_cname(&packet, "a.test", "c.test", 300);
	packet_add_address(&packet, "c.test", "192.0.2.1", 300);
	expect_status(DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Fault A07. */
START_TEST(a_chain_to_the_root_is_malformed)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_record(&packet, "a.test", PACKET_CNAME, 300, "", 1);
	expect_status(DNS_STATUS_NO_RECOVERY);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.1", 300);
	packet_add_record(&packet, "b.test", PACKET_CNAME, 300, "", 1);
	expect_status(DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* Faults A07, A18. */
START_TEST(a_chain_leads_to_hosts)
{
	static const struct {
		const char *target;
		bool is_host;
	} examples[] = {
		{ "b-1._x.test", true },     { "b\\010c.test", false }, { "b c.test", false },
		{ "<b>.test", false },	     { "b/c.test", false },	 { "192.0.2.1", false },
		{ "b\\.c.test", false },
	};
	size_t i;

	for (i = 0; i < sizeof examples / sizeof *examples; i++) {
		packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
		packet_add_cname(&packet, "a.test", examples[i].target, 300);
		packet_add_address(&packet, examples[i].target, "192.0.2.1", 300);
		ck_assert_msg(read_answer("a.test", RECORD_A) ==
				      (examples[i].is_host ? DNS_STATUS_OK :
							     DNS_STATUS_NO_RECOVERY),
			      "%s", examples[i].target);
	}
}
END_TEST

/* Fault A07: what a special name has is the same everywhere, whatever the server says. */
START_TEST(a_chain_ends_at_a_special_name)
{
	static const struct {
		const char *target;
		DnsStatus status;
	} examples[] = {
		{ "localhost", DNS_STATUS_OK },
		{ "x.LocalHost", DNS_STATUS_OK },
		{ "a.invalid", DNS_STATUS_HOST_NOT_FOUND },
		{ "a.Onion", DNS_STATUS_HOST_NOT_FOUND },
		{ "alt", DNS_STATUS_HOST_NOT_FOUND },
		{ "printer.local", DNS_STATUS_HOST_NOT_FOUND },
		{ "1.0.0.127.in-addr.arpa", DNS_STATUS_NO_DATA },
		{ "localhost.test", DNS_STATUS_NO_DATA },
	};
	const char *target = examples[_i / 2].target;
	int type = _i % 2 == 0 ? RECORD_A : RECORD_AAAA;
	DnsStatus status;

	packet_begin(&packet, RCODE_NOERROR, "a.test", (unsigned int)type);
	packet_add_cname(&packet, "a.test", target, 200);
	packet_add_address(&packet, "b.test", type == RECORD_A ? "192.0.2.1" : "2001:db8::1",
			   300);
	status = read_answer("a.test", type);
	ck_assert_msg(status == examples[_i / 2].status, "%s", target);
	packet_add_address(&packet, target, type == RECORD_A ? "192.0.2.1" : "2001:db8::1",
			   100);
	packet_add_cname(&packet, target, "b.test", 100);
	if (_i / 2 == 7)
		return;
	ck_assert_msg(read_answer("a.test", type) == status, "%s", target);
	if (status != DNS_STATUS_OK)
		return;
	ck_assert_uint_eq(answer.address_count, 1);
	expect_address(0, type == RECORD_A ? "127.0.0.1" : "::1");
	ck_assert_uint_eq(answer.time_to_live, 200);
	ck_assert_uint_eq(answer.name_count, 2);
	ck_assert_str_eq(answer.names[1], target);
}
END_TEST

/* The pointers of addresses may be behind aliases, but not those of the loopback. */
START_TEST(no_pointer_is_behind_a_special_name)
{
	static const char *const targets[] = { "1.0.0.127.in-addr.arpa", "localhost",
					       "a.invalid", "b.test" };
	char found[HOST_ANSWER_NAME_SIZE];
	uint32_t time_to_live;
	DnsStatus status;

	packet_begin(&packet, RCODE_NOERROR, "1.2.0.192.in-addr.arpa", RECORD_PTR);
	packet_add_cname(&packet, "1.2.0.192.in-addr.arpa", targets[_i], 200);
	packet_add_record(&packet, targets[_i], RECORD_PTR, 300, "\1c\4test", 8);
	status = host_answer_read_pointer(packet.data, packet.length, "1.2.0.192.in-addr.arpa",
					  0, found, &time_to_live);
	ck_assert_int_eq(status, _i == 3 ? DNS_STATUS_OK :
				 _i == 2 ? DNS_STATUS_HOST_NOT_FOUND :
					   DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(a_loop_beside_the_chain_does_not_matter)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "x.test", "y.test", 1);
	packet_add_cname(&packet, "y.test", "x.test", 1);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.1", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.time_to_live, 300);
}
END_TEST

/* Fault A10. */
START_TEST(the_lowest_ttl_counts)
{
	const uint32_t ttls[][4] = { { 5, 6, 7, 5 },	     { 6, 5, 7, 5 },
				     { 7, 6, 5, 5 },	     { 0, 1, 1, 0 },
				     { 0x80000000, 7, 7, 0 }, { 9, 0xffffffff, 9, 0 },
				     { 0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff } };
	size_t i;

	for (i = 0; i < sizeof ttls / sizeof *ttls; i++) {
		packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
		packet_add_cname(&packet, "a.test", "b.test", ttls[i][0]);
		packet_add_address(&packet, "b.test", "192.0.2.1", ttls[i][1]);
		packet_add_address(&packet, "b.test", "192.0.2.2", ttls[i][2]);
		packet_add_address(&packet, "c.test", "192.0.2.3", 0);
		ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
		ck_assert_uint_eq(answer.time_to_live, ttls[i][3]);
	}
}
END_TEST

/* Those that say more come first; of two failures either may win. */
START_TEST(without_addresses_the_statuses_are_weighed)
{
	const struct {
		DnsStatus status;
		int weight;
	} statuses[] = {
		{ DNS_STATUS_HOST_NOT_FOUND, 3 }, { DNS_STATUS_NO_MEMORY, 2 },
		{ DNS_STATUS_TRY_AGAIN, 1 },	  { DNS_STATUS_NO_RECOVERY, 1 },
		{ DNS_STATUS_TIMED_OUT, 1 },	  { DNS_STATUS_NO_DATA, 0 },
	};
	struct host_answer ipv4, ipv6;
	struct DnsHostEntry *entry;
	DnsStatus status;
	size_t i, j;

	for (i = 0; i < 6; i++) {
		for (j = 0; j < 6; j++) {
			host_answer_fail(&ipv4, statuses[i].status);
			host_answer_fail(&ipv6, statuses[j].status);
			entry = (struct DnsHostEntry *)&ipv4;
			status = host_answer_combine(&ipv4, &ipv6, NULL, NULL, &entry);
			ck_assert_ptr_null(entry);
			if (statuses[i].weight > statuses[j].weight)
				ck_assert_int_eq(status, statuses[i].status);
			else if (statuses[i].weight < statuses[j].weight)
				ck_assert_int_eq(status, statuses[j].status);
			else
				ck_assert(status == statuses[i].status ||
					  status == statuses[j].status);
			host_answer_clear(&ipv4);
			host_answer_clear(&ipv6);
		}
	}
}
END_TEST

static void
read_family(struct host_answer *family, int type, const char *alias, uint32_t ttl,
	    const char *address)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", (unsigned int)type);
	if (alias != NULL)
		packet_add_cname(&packet, "a.test", alias, ttl);
	packet_add_address(&packet, alias != NULL ? alias : "a.test", address, ttl);
	host_answer_read(family, packet.data, packet.length, "a.test", type, 0);
	ck_assert_int_eq(family->status, DNS_STATUS_OK);
}

static const struct sockaddr_in6 *
ipv6_of(const struct DnsHostEntry *entry, size_t index)
{
	const struct sockaddr *address = DnsHostEntryGetAddress(entry, index, NULL);

	ck_assert_int_eq(address->sa_family, AF_INET6);
	return (const struct sockaddr_in6 *)(const void *)address;
}

START_TEST(one_entry_of_both_families)
{
	struct host_answer ipv4, ipv6;
	struct DnsHostEntry *entry;

	read_family(&ipv4, RECORD_A, "four.test", 60, "192.0.2.1");
	read_family(&ipv6, RECORD_AAAA, "six.test", 50, "2001:db8::1");
	ck_assert_int_eq(host_answer_combine(&ipv4, &ipv6, NULL, NULL, &entry), DNS_STATUS_OK);
	host_answer_clear(&ipv4);
	host_answer_clear(&ipv6);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "four.test");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 1);
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "a.test");
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 2);
	ck_assert_int_eq(DnsHostEntryGetAddress(entry, 0, NULL)->sa_family, AF_INET);
	ck_assert_int_eq(ipv6_of(entry, 1)->sin6_addr.s6_addr[15], 1);
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 50);
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(one_family_is_enough)
{
	const DnsStatus others[] = { DNS_STATUS_HOST_NOT_FOUND, DNS_STATUS_NO_DATA,
				     DNS_STATUS_TRY_AGAIN,	DNS_STATUS_NO_RECOVERY,
				     DNS_STATUS_TIMED_OUT,	DNS_STATUS_NO_MEMORY };
	struct host_answer good, other;
	struct DnsHostEntry *entry;
	size_t i;

	for (i = 0; i < sizeof others / sizeof *others; i++) {
		host_answer_fail(&other, others[i]);
		read_family(&good, RECORD_A, NULL, 60, "192.0.2.1");
		ck_assert_int_eq(host_answer_combine(&good, &other, NULL, NULL, &entry),
				 DNS_STATUS_OK);
		host_answer_clear(&good);
		ck_assert_str_eq(DnsHostEntryGetName(entry), "a.test");
		ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
		ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1);
		ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 60);
		DnsHostEntryRelease(entry);

		read_family(&good, RECORD_AAAA, "six.test", 50, "2001:db8::1");
		ck_assert_int_eq(host_answer_combine(&other, &good, NULL, NULL, &entry),
				 DNS_STATUS_OK);
		host_answer_clear(&good);
		ck_assert_str_eq(DnsHostEntryGetName(entry), "six.test");
		ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "a.test");
		ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1);
		ck_assert_int_eq(ipv6_of(entry, 0)->sin6_addr.s6_addr[15], 1);
		ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 50);
		DnsHostEntryRelease(entry);
		host_answer_clear(&other);
	}
}
END_TEST

/* Of two aliases of one owner it is the first; an address beside an alias is nobody's.
 * Fault A06. */
START_TEST(the_first_alias_counts)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_cname(&packet, "a.test", "c.test", 300);
	packet_add_address(&packet, "c.test", "192.0.2.3", 300);
	expect_status(DNS_STATUS_NO_DATA);
	packet_add_address(&packet, "b.test", "192.0.2.2", 300);
	packet_add_address(&packet, "a.test", "192.0.2.1", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count, 1);
	expect_address(0, "192.0.2.2");
	ck_assert_uint_eq(answer.name_count, 2);
}
END_TEST

/* So many that belong to nobody are no harm, more are. */
START_TEST(an_answer_has_so_many_aliases)
{
	char from[32];
	int i;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	for (i = 0; i < MESSAGE_ALIASES_MAXIMUM - 1; i++) {
		snprintf(from, sizeof from, "n%d.test", i);
		packet_add_cname(&packet, from, "x.test", 300);
	}
	packet_add_cname(&packet, "a.test", "b.test", 300);
	packet_add_address(&packet, "b.test", "192.0.2.2", 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	expect_address(0, "192.0.2.2");
	packet_add_cname(&packet, "y.test", "x.test", 300);
	expect_status(DNS_STATUS_NO_RECOVERY);
}
END_TEST

/* A server that only knows another. Fault A12. */
START_TEST(a_referral_is_no_data)
{
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	packet_add_record_to(&packet, PACKET_AUTHORITIES, "test", 2, 300, "\2ns\4test\0", 9);
	packet_add_record_to(&packet, PACKET_ADDITIONALS, "ns.test", PACKET_A, 300,
			     "\300\0\2\1", 4);
	expect_status(DNS_STATUS_NO_DATA);
}
END_TEST

/* Whatever they are good for is for the program to say. Fault A16. */
START_TEST(all_addresses_are_addresses)
{
	static const char *const ipv4[] = { "0.0.0.0", "127.0.0.1", "10.0.0.1",
					    "169.254.169.254", "255.255.255.255" };
	static const char *const ipv6[] = { "::", "::1", "::ffff:127.0.0.1", "fc00::1",
					    "fe80::1", "ff02::1" };
	size_t i;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	for (i = 0; i < sizeof ipv4 / sizeof *ipv4; i++)
		packet_add_address(&packet, "a.test", ipv4[i], 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	for (i = 0; i < sizeof ipv4 / sizeof *ipv4; i++)
		expect_address(i, ipv4[i]);
	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_AAAA);
	for (i = 0; i < sizeof ipv6 / sizeof *ipv6; i++)
		packet_add_address(&packet, "a.test", ipv6[i], 300);
	ck_assert_int_eq(read_answer("a.test", RECORD_AAAA), DNS_STATUS_OK);
	for (i = 0; i < sizeof ipv6 / sizeof *ipv6; i++)
		expect_address(i, ipv6[i]);
}
END_TEST

static long
used_microseconds(void)
{
	struct timespec used;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	return used.tv_sec * 1000000L + used.tv_nsec / 1000;
}

/* The shortest of three times that it takes to read the packet, microseconds. */
static long
measure_reading(int type, DnsStatus expected)
{
	long used, least = LONG_MAX;
	int i;

	for (i = 0; i < 3; i++) {
		used = used_microseconds();
		ck_assert_int_eq(read_answer("a.test", type), expected);
		used = used_microseconds() - used;
		if (used < least)
			least = used;
	}
	return least;
}

/* One of the longest names, and so many pointers to pointers to it; where the last is. */
static unsigned int
add_pointers(unsigned int count)
{
	unsigned int at = (unsigned int)packet.length + 11, i; /* of the data of the record */
	uint8_t data[255 + 2 * 100];

	for (i = 0; i < 127; i++)
		memcpy(data + 2 * i, "\1x", 2);
	data[254] = 0;
	for (i = 0; i < count; i++) {
		data[255 + 2 * i] = (uint8_t)(0xc0 | (i == 0 ? at : at + 253 + 2 * i) >> 8);
		data[256 + 2 * i] = (uint8_t)(i == 0 ? at : at + 253 + 2 * i);
	}
	packet_add_record(&packet, ".", PACKET_TXT, 60, data, 255 + 2 * count);
	return at + 253 + 2 * count;
}

/* A record of 16 octets. */
static void
add_short_address(unsigned int owner, unsigned int number)
{
	packet_put_16(&packet, 0xc000 | owner);
	packet_put(&packet, "\0\1\0\1\0\0\0\74\0\4\12\0", 12);
	packet_put_16(&packet, number);
}

/* Where pointers lead through too much, nothing is read; where through as much as may be, and
 * where one of few addresses comes again and again, all is soon read: a tenth of a
 * millisecond or two, where this takes ten. Fault W22. */
START_TEST(the_largest_response_does_not_hang)
{
	static const char *const cases[] = { "too many pointers", "many pointers",
					     "one address again and again", "all aliases" };
	unsigned int at = PACKET_HEADER, count = 0, number;
	char from[16], to[16];
	long used;
	int i;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	if (_i < 2) {
		at = add_pointers(100);
		count++;
	}
	for (i = 15; i > 0 && _i == 3; i--, count++) {
		snprintf(from, sizeof from, "n%d.test", i);
		snprintf(to, sizeof to, "n%d.test", i + 1);
		packet_add_cname(&packet, i == 1 ? "a.test" : from, to, 60);
	}
	for (number = 0; packet.length + 16 <= sizeof packet.data; number++, count++)
		add_short_address(_i == 0 || (_i == 1 && number % 50 == 0) ? at : PACKET_HEADER,
				  _i == 2 && number > 510 ? 510 : number);
	packet_set_16(&packet, PACKET_ANSWERS, count);
	used = measure_reading(RECORD_A, _i == 0 ? DNS_STATUS_NO_RECOVERY :
					 _i == 3 ? DNS_STATUS_NO_DATA :
						   DNS_STATUS_OK);
	printf("# %u records, %s: %ld us\n", count, cases[_i], used);
	ck_assert_int_lt(used, 10000);
}
END_TEST

START_TEST(what_comes_again_and_again_is_not_read_on)
{
	unsigned int i;

	packet_begin(&packet, RCODE_NOERROR, "a.test", PACKET_A);
	for (i = 0; i < 100; i++)
		add_short_address(PACKET_HEADER, i <= (unsigned int)_i ? 0 : i);
	packet_set_16(&packet, PACKET_ANSWERS, 100);
	ck_assert_int_eq(read_answer("a.test", RECORD_A), DNS_STATUS_OK);
	ck_assert_uint_eq(answer.address_count,
			  _i < HOST_ANSWER_REPEATS_MAXIMUM ? 100u - (unsigned int)_i : 1);
}
END_TEST

START_TEST(the_largest_entry)
{
	struct host_answer families[2];
	struct DnsHostEntry *entry;
	char text[INET6_ADDRSTRLEN];
	int order[16], i, j;

	for (i = 0; i < 16; i++)
		order[i] = i;
	for (i = 0; i < 2; i++) {
		make_chain(order, 16);
		packet_set_16(&packet, 12 + 9, i == 0 ? PACKET_A : PACKET_AAAA);
		for (j = 0; j < 600; j++) {
			snprintf(text, sizeof text,
				 i == 0 ? "10.0.%d.%d" : "2001:db8::%x:%x", j / 256,
				 j % 256);
			packet_add_address(&packet, "a16.test", text, 300);
		}
		host_answer_read(&families[i], packet.data, packet.length, "a0.test",
				 i == 0 ? RECORD_A : RECORD_AAAA, 0);
		ck_assert_int_eq(families[i].status, DNS_STATUS_OK);
	}
	ck_assert_int_eq(host_answer_combine(&families[0], &families[1], NULL, NULL, &entry),
			 DNS_STATUS_OK);
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 1024);
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 16);
	ck_assert_str_eq(DnsHostEntryGetName(entry), "a16.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 15), "a15.test");
	DnsHostEntryRelease(entry);
	host_answer_clear(&families[0]);
	host_answer_clear(&families[1]);
}
END_TEST

void
host_answer_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, addresses_are_read);
	tcase_add_test(tests, the_rcode_decides_first);
	tcase_add_test(tests, no_address_is_no_data);
	tcase_add_test(tests, records_of_other_names_are_ignored);
	tcase_add_test(tests, addresses_before_the_end_of_the_chain_are_ignored);
	tcase_add_test(tests, another_class_is_ignored);
	tcase_add_test(tests, it_must_be_the_answer_to_the_question);
	tcase_add_test(tests, case_does_not_matter);
	tcase_add_test(tests, what_is_malformed_gives_nothing);
	tcase_add_test(tests, duplicates_are_left_out);
	tcase_add_test(tests, five_hundred_and_twelve_addresses_at_most);
	tcase_add_test(tests, chains_of_sixteen_in_any_order);
	tcase_add_test(tests, a_chain_that_bites_its_tail_is_malformed);
	tcase_add_test(tests, a_chain_to_the_root_is_malformed);
	tcase_add_test(tests, a_chain_leads_to_hosts);
	tcase_add_loop_test(tests, a_chain_ends_at_a_special_name, 0, 16);
	tcase_add_loop_test(tests, no_pointer_is_behind_a_special_name, 0, 4);
	tcase_add_test(tests, a_loop_beside_the_chain_does_not_matter);
	tcase_add_test(tests, the_lowest_ttl_counts);
	tcase_add_test(tests, without_addresses_the_statuses_are_weighed);
	tcase_add_test(tests, one_entry_of_both_families);
	tcase_add_test(tests, one_family_is_enough);
	tcase_add_test(tests, the_first_alias_counts);
	tcase_add_test(tests, an_answer_has_so_many_aliases);
	tcase_add_test(tests, a_referral_is_no_data);
	tcase_add_test(tests, all_addresses_are_addresses);
	tcase_add_loop_test(tests, the_largest_response_does_not_hang, 0, 4);
	tcase_add_loop_test(tests, what_comes_again_and_again_is_not_read_on,
			    HOST_ANSWER_REPEATS_MAXIMUM - 1, HOST_ANSWER_REPEATS_MAXIMUM + 1);
	tcase_add_test(tests, the_largest_entry);
}
