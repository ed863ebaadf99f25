/* SPDX-License-Identifier: MIT */
/* Who watches sees what is sent and received, as it is. */
#include "contract.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "rounds.h"

#define SEEN_MAXIMUM 64

static struct seen {
	pthread_mutex_t mutex;
	unsigned int count;
	struct {
		DnsPacketFate fate;
		int is_over_tcp;
		char server[64];
		uint8_t id[2];
		bool is_response;
		size_t length;
		char text[256];
	} packets[SEEN_MAXIMUM];
} seen = { .mutex = PTHREAD_MUTEX_INITIALIZER };

static void
on_packet(const DnsPacket *packet, void *state)
{
	struct seen *all = state;

	pthread_mutex_lock(&all->mutex);
	if (all->count < SEEN_MAXIMUM) {
		all->packets[all->count].fate = packet->fate;
		all->packets[all->count].is_over_tcp = packet->isOverTcp;
		strcpy(all->packets[all->count].server, packet->server);
		memcpy(all->packets[all->count].id, packet->octets, 2);
		all->packets[all->count].is_response = (packet->octets[2] & 0x80) != 0;
		all->packets[all->count].length = packet->length;
		DnsPacketFormat(packet, all->packets[all->count].text,
				sizeof all->packets[all->count].text);
	}
	all->count++;
	pthread_mutex_unlock(&all->mutex);
}

/* The resolver of this world is one that is watched. */
static void
watch(void)
{
	DnsResolverOptions *options = world_make_options();

	seen.count = 0;
	ck_assert_int_eq(DnsResolverOptionsSetPacketCallback(options, on_packet, &seen), 0);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static void
look_up(const char *name)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsAsyncResult *handle;

	ck_assert_ptr_nonnull(options);
	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, AF_INET), 0);
	handle = BeginGetHostByNameWithOptions(world.resolver, name, options, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	end_expecting(handle, DNS_STATUS_OK);
	DnsLookupOptionsRelease(options);
	world_close_resolver();
}

static void
expect_packet(unsigned int i, DnsPacketFate fate, int is_over_tcp)
{
	char server[64];

	snprintf(server, sizeof server, "127.0.0.1:%u", dns_server_port(world.server));
	ck_assert_uint_lt(i, seen.count);
	ck_assert_int_eq(seen.packets[i].fate, fate);
	ck_assert_int_eq(seen.packets[i].is_over_tcp, is_over_tcp);
	ck_assert_str_eq(seen.packets[i].server, server);
	ck_assert(seen.packets[i].is_response == (fate != DNS_PACKET_SENT));
}

START_TEST(sent_and_accepted)
{
	const char *question;

	watch();
	look_up("a.test");
	ck_assert_uint_eq(seen.count, 2);
	expect_packet(0, DNS_PACKET_SENT, 0);
	expect_packet(1, DNS_PACKET_ACCEPTED, 0);
	ck_assert_mem_eq(seen.packets[0].id, seen.packets[1].id, 2);
	ck_assert_uint_eq(seen.packets[0].length, 12 + 12);
	/* In the letters of the wire, both. */
	question = strrchr(seen.packets[0].text, ',');
	ck_assert_int_eq(strncmp(question, strrchr(seen.packets[1].text, ','),
				 strlen(", a.test A ")),
			 0);
}
END_TEST

static void
expect_another_first(unsigned int misbehaviour, DnsPacketFate fate)
{
	watch();
	dns_server_misbehave(world.server, "a.test", 0, misbehaviour | ANSWER_THEN_GOOD);
	look_up("a.test");
	ck_assert_uint_eq(seen.count, 3);
	expect_packet(1, fate, 0);
	expect_packet(2, DNS_PACKET_ACCEPTED, 0);
}

START_TEST(ignored)
{
	expect_another_first(ANSWER_WRONG_ID, DNS_PACKET_IGNORED);
}
END_TEST

START_TEST(in_doubt)
{
	expect_another_first(ANSWER_MALFORMED, DNS_PACKET_DOUBTED);
}
END_TEST

START_TEST(over_tcp)
{
	watch();
	dns_server_misbehave(world.server, "a.test", 0, ANSWER_TRUNCATED);
	look_up("a.test");
	ck_assert_uint_eq(seen.count, 4);
	expect_packet(0, DNS_PACKET_SENT, 0);
	expect_packet(1, DNS_PACKET_ACCEPTED, 0);
	expect_packet(2, DNS_PACKET_SENT, 1);
	expect_packet(3, DNS_PACKET_ACCEPTED, 1);
	ck_assert_mem_eq(seen.packets[2].id, seen.packets[3].id, 2);
	ck_assert_uint_eq(seen.packets[2].length, 12 + 12);
}
END_TEST

static void
close_from_within(const DnsPacket *packet, void *state)
{
	(void)packet;
	(void)state;
	DnsResolverClose(world.resolver);
}

/* As in any callback of its thread: it takes effect after it. */
START_TEST(closed_from_within)
{
	DnsResolverOptions *options = world_make_options();
	DnsAsyncResult *handle;
	DnsStatus status;

	DnsResolverOptionsSetPacketCallback(options, close_from_within, NULL);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
	handle = begin("a.test", NULL, NULL);
	status = EndGetHostByName(handle, NULL);
	ck_assert(status == DNS_STATUS_CLOSED || status == DNS_STATUS_OK);
	world_close_resolver();
	world_stop_server();
	await_count(count_descriptors, world.descriptors);
}
END_TEST

START_TEST(no_options)
{
	ck_assert_int_eq(DnsResolverOptionsSetPacketCallback(NULL, on_packet, &seen),
			 DNS_STATUS_INVALID_ARGUMENT);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("packets");
	TCase *tests = contract_case(suite, "packets");

	tcase_add_test(tests, sent_and_accepted);
	tcase_add_test(tests, ignored);
	tcase_add_test(tests, in_doubt);
	tcase_add_test(tests, over_tcp);
	tcase_add_test(tests, closed_from_within);
	tcase_add_test(tests, no_options);
	return contract_run(suite);
}
