/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host_entry_impl.h"
#include "rooms.h"

static void
set_address(union host_address *address, const char *text)
{
	struct in6_addr octets;

	memset(address, 0xa5, sizeof *address);
	if (inet_pton(AF_INET, text, &octets) == 1)
		host_address_set_ipv4(address, &octets);
	else if (inet_pton(AF_INET6, text, &octets) == 1)
		host_address_set_ipv6(address, &octets);
	else
		ck_abort_msg("%s", text);
}

/* Everything that the facts point to is gone when this returns. */
static DnsHostEntry *
make_entry(void)
{
	char name[] = "host.test", first[] = "www.test", second[] = "a.longer.alias.test";
	const char *aliases[] = { first, second };
	union host_address addresses[4];
	struct host_facts facts = { .is_partial = false };
	DnsHostEntry *entry;

	set_address(&addresses[0], "192.0.2.1");
	set_address(&addresses[1], "2001:db8::1");
	set_address(&addresses[2], "192.0.2.2");
	set_address(&addresses[3], "2001:db8::2");
	facts.name = name;
	facts.aliases = aliases;
	facts.alias_count = 2;
	facts.addresses = addresses;
	facts.address_count = 4;
	facts.time_to_live = 4000000000;
	entry = host_entry_create(&facts);
	ck_assert_ptr_nonnull(entry);
	memset(name, 'x', sizeof name);
	memset(first, 'x', sizeof first);
	memset(second, 'x', sizeof second);
	memset(addresses, 0xa5, sizeof addresses);
	return entry;
}

static DnsHostEntry *
make_small_entry(const char *name)
{
	struct host_facts facts = { .name = name };
	DnsHostEntry *entry = host_entry_create(&facts);

	ck_assert_ptr_nonnull(entry);
	return entry;
}

START_TEST(it_says_what_it_was_given)
{
	DnsHostEntry *entry = make_entry();

	ck_assert_str_eq(DnsHostEntryGetName(entry), "host.test");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 2);
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 0), "www.test");
	ck_assert_str_eq(DnsHostEntryGetAlias(entry, 1), "a.longer.alias.test");
	ck_assert_ptr_null(DnsHostEntryGetAlias(entry, 2));
	ck_assert_ptr_null(DnsHostEntryGetAlias(entry, 3));
	ck_assert_ptr_null(DnsHostEntryGetAlias(entry, SIZE_MAX));
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(entry), 4000000000);
	DnsHostEntryRelease(entry);
}
END_TEST

static void
expect_address(const DnsHostEntry *entry, size_t index, const char *expected)
{
	union host_address address;
	const struct sockaddr *actual;
	socklen_t length = 0;

	set_address(&address, expected);
	actual = DnsHostEntryGetAddress(entry, index, &length);
	ck_assert_ptr_nonnull(actual);
	ck_assert_uint_eq((uintptr_t)actual % _Alignof(struct sockaddr_in6), 0);
	ck_assert_uint_eq(length, strchr(expected, ':') != NULL
					  ? sizeof(struct sockaddr_in6)
					  : sizeof(struct sockaddr_in));
	ck_assert_mem_eq(actual, &address, length);
	ck_assert_ptr_eq(DnsHostEntryGetAddress(entry, index, NULL), actual);
}

START_TEST(addresses_keep_their_order)
{
	DnsHostEntry *entry = make_entry();
	socklen_t length = 77;

	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 4);
	expect_address(entry, 0, "192.0.2.1");
	expect_address(entry, 1, "2001:db8::1");
	expect_address(entry, 2, "192.0.2.2");
	expect_address(entry, 3, "2001:db8::2");
	ck_assert_ptr_null(DnsHostEntryGetAddress(entry, 4, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert_ptr_null(DnsHostEntryGetAddress(entry, SIZE_MAX, NULL));
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(an_address_has_port_and_scope_0)
{
	static const union host_address zero;
	union host_address address;

	set_address(&address, "192.0.2.1");
	ck_assert_int_eq(address.any.sa_family, AF_INET);
	ck_assert_uint_eq(address.ipv4.sin_port, 0);
	ck_assert_mem_eq(&address.ipv4.sin_addr, "\xc0\0\2\1", 4);
	/* They are compared as a whole. */
	ck_assert_mem_eq((char *)&address + sizeof address.ipv4, &zero,
			 sizeof address - sizeof address.ipv4);
	set_address(&address, "::1");
	ck_assert_int_eq(address.any.sa_family, AF_INET6);
	ck_assert_uint_eq(address.ipv6.sin6_port, 0);
	ck_assert_uint_eq(address.ipv6.sin6_flowinfo, 0);
	ck_assert_uint_eq(address.ipv6.sin6_scope_id, 0);
	ck_assert_mem_eq(&address.ipv6.sin6_addr, &in6addr_loopback, 16);
}
END_TEST

START_TEST(a_hostent_has_one_family)
{
	DnsHostEntry *entry = make_entry();
	const struct hostent *ipv4 = DnsHostEntryGetHostent(entry, AF_INET);
	const struct hostent *ipv6 = DnsHostEntryGetHostent(entry, AF_INET6);

	ck_assert_str_eq(ipv4->h_name, "host.test");
	ck_assert_str_eq(ipv4->h_aliases[0], "www.test");
	ck_assert_str_eq(ipv4->h_aliases[1], "a.longer.alias.test");
	ck_assert_ptr_null(ipv4->h_aliases[2]);
	ck_assert_int_eq(ipv4->h_addrtype, AF_INET);
	ck_assert_int_eq(ipv4->h_length, 4);
	ck_assert_mem_eq(ipv4->h_addr_list[0], "\xc0\0\2\1", 4);
	ck_assert_mem_eq(ipv4->h_addr_list[1], "\xc0\0\2\2", 4);
	ck_assert_ptr_null(ipv4->h_addr_list[2]);

	ck_assert_str_eq(ipv6->h_name, "host.test");
	ck_assert_str_eq(ipv6->h_aliases[1], "a.longer.alias.test");
	ck_assert_int_eq(ipv6->h_addrtype, AF_INET6);
	ck_assert_int_eq(ipv6->h_length, 16);
	ck_assert_mem_eq(ipv6->h_addr_list[0], "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1",
			 16);
	ck_assert_mem_eq(ipv6->h_addr_list[1], "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\2",
			 16);
	ck_assert_ptr_null(ipv6->h_addr_list[2]);

	ck_assert_ptr_null(DnsHostEntryGetHostent(entry, AF_UNSPEC));
	ck_assert_ptr_null(DnsHostEntryGetHostent(entry, AF_UNIX));
	DnsHostEntryRelease(entry);
}
END_TEST

START_TEST(an_entry_may_hold_little)
{
	DnsHostEntry *entry = make_small_entry("");
	const struct hostent *view;

	ck_assert_str_eq(DnsHostEntryGetName(entry), "");
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(entry), 0);
	ck_assert_ptr_null(DnsHostEntryGetAlias(entry, 0));
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(entry), 0);
	ck_assert_ptr_null(DnsHostEntryGetAddress(entry, 0, NULL));
	view = DnsHostEntryGetHostent(entry, AF_INET);
	ck_assert_ptr_null(view->h_aliases[0]);
	ck_assert_ptr_null(view->h_addr_list[0]);
	view = DnsHostEntryGetHostent(entry, AF_INET6);
	ck_assert_ptr_null(view->h_addr_list[0]);
	DnsHostEntryRelease(entry);
}
END_TEST

#define MANY 1024

START_TEST(an_entry_may_hold_much)
{
	union host_address *addresses = malloc(MANY * sizeof *addresses);
	char (*names)[1024] = malloc(16 * sizeof *names), text[32];
	const char *aliases[16];
	struct host_facts facts = { .aliases = aliases, .alias_count = 16,
				    .address_count = MANY };
	DnsHostEntry *entry;
	size_t i;

	for (i = 0; i < 16; i++) {
		memset(names[i], 'a' + (int)i, sizeof *names);
		names[i][1023 - i] = '\0';
		aliases[i] = names[i];
	}
	for (i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, i % 2 ? "2001:db8::%zu" : "192.0.%zu.1",
			 i % 2 ? i : i % 256);
		set_address(&addresses[i], text);
	}
	facts.name = names[3];
	facts.addresses = addresses;
	entry = host_entry_create(&facts);
	ck_assert_str_eq(DnsHostEntryGetName(entry), names[3]);
	for (i = 0; i < 16; i++)
		ck_assert_str_eq(DnsHostEntryGetAlias(entry, i), names[i]);
	for (i = 0; i < MANY; i++)
		ck_assert_mem_eq(DnsHostEntryGetAddress(entry, i, NULL), &addresses[i],
				 sizeof(struct sockaddr_in));
	ck_assert_ptr_null(DnsHostEntryGetHostent(entry, AF_INET)->h_addr_list[MANY / 2]);
	ck_assert_ptr_null(
		DnsHostEntryGetHostent(entry, AF_INET6)->h_addr_list[MANY / 2]);
	DnsHostEntryRelease(entry);
	free(names);
	free(addresses);
}
END_TEST

START_TEST(null_is_an_empty_entry)
{
	socklen_t length = 77;

	ck_assert_ptr_null(DnsHostEntryGetName(NULL));
	ck_assert_uint_eq(DnsHostEntryGetAliasCount(NULL), 0);
	ck_assert_ptr_null(DnsHostEntryGetAlias(NULL, 0));
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(NULL), 0);
	ck_assert_ptr_null(DnsHostEntryGetAddress(NULL, 0, &length));
	ck_assert_uint_eq(length, 0);
	ck_assert_ptr_null(DnsHostEntryGetAddress(NULL, 0, NULL));
	ck_assert_uint_eq(DnsHostEntryGetTimeToLive(NULL), 0);
	ck_assert_ptr_null(DnsHostEntryGetHostent(NULL, AF_INET));
	ck_assert_ptr_null(DnsHostEntryRetain(NULL));
	DnsHostEntryRelease(NULL);
}
END_TEST

static DnsHostEntry *shared;

static void
retain_and_release(unsigned int number)
{
	int i;

	(void)number;
	for (i = 0; i < 1000; i++) {
		expect(DnsHostEntryRetain(shared) == shared, "another entry");
		expect(strcmp(DnsHostEntryGetName(shared), "shared.test") == 0,
		       "another name");
		DnsHostEntryRelease(shared);
	}
	DnsHostEntryRelease(shared);
}

/* Sanitizers and valgrind see a reference too many or too few. */
START_TEST(it_lasts_as_long_as_its_references)
{
	int i;

	shared = make_small_entry("shared.test");
	for (i = 0; i < 4; i++)
		DnsHostEntryRetain(shared);
	unit_run_threads(4, retain_and_release);
	ck_assert_str_eq(DnsHostEntryGetName(shared), "shared.test");
	DnsHostEntryRelease(shared);
}
END_TEST

void
host_entry_tests(TCase *tests)
{
	tcase_add_test(tests, it_says_what_it_was_given);
	tcase_add_test(tests, addresses_keep_their_order);
	tcase_add_test(tests, an_address_has_port_and_scope_0);
	tcase_add_test(tests, a_hostent_has_one_family);
	tcase_add_test(tests, an_entry_may_hold_little);
	tcase_add_test(tests, an_entry_may_hold_much);
	tcase_add_test(tests, null_is_an_empty_entry);
	tcase_add_test(tests, it_lasts_as_long_as_its_references);
}
