/* SPDX-License-Identifier: MIT */
#include "machine.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

char own_name[256];

static char hosts_path[] = "/tmp/asyncdns_dotnet.XXXXXX";

/* ---- The machine ---- */

void
machine_use_hosts(const char *path)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetHostsPath(options, path), DNS_STATUS_OK);
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

const char *
machine_write_hosts(const void *text, size_t length)
{
	int descriptor;

	unlink(hosts_path);
	memcpy(hosts_path + sizeof hosts_path - 7, "XXXXXX", 6);
	descriptor = mkstemp(hosts_path);
	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, text, length), (ssize_t)length);
	close(descriptor);
	return hosts_path;
}

static void
settle(void)
{
	char hosts[512];
	int length;

	ck_assert_int_eq(gethostname(own_name, sizeof own_name - 1), 0);
	add_pointers();
	length = snprintf(hosts, sizeof hosts,
			  "127.0.0.1 localhost\n::1 localhost\n" OWN_ADDRESS " %s\n",
			  own_name);
	machine_use_hosts(machine_write_hosts(hosts, (size_t)length));
}

static void
leave(void)
{
	unlink(hosts_path);
}

TCase *
machine_case(Suite *suite, const char *name)
{
	TCase *made = contract_case(suite, name);

	tcase_add_checked_fixture(made, settle, leave);
	return made;
}

/* ---- Lookups ---- */

DnsHostEntry *
get(int operation, const char *host)
{
	DnsHostEntry *entry;

	ck_assert_int_eq(operations[operation].run(host, &entry), DNS_STATUS_OK);
	ck_assert_ptr_nonnull(entry);
	return entry;
}

DnsHostEntry *
begin_and_end(int operation, const char *host)
{
	const struct operation *begun = &operations[operation];
	DnsAsyncResult *handle = begun->begin(host, NULL, NULL);
	DnsHostEntry *entry;

	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(begun->end(handle, &entry), DNS_STATUS_OK);
	ck_assert_ptr_nonnull(entry);
	return entry;
}

DnsHostEntry *
get_entry_of_family(const char *host, int family)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsAsyncResult *handle;
	DnsHostEntry *entry;

	ck_assert_int_eq(DnsLookupOptionsSetFamily(options, family), DNS_STATUS_OK);
	handle = BeginGetHostEntryWithOptions(world.resolver, host, options, NULL, NULL);
	DnsLookupOptionsRelease(options);
	ck_assert_ptr_nonnull(handle);
	ck_assert_int_eq(EndGetHostEntry(handle, &entry), DNS_STATUS_OK);
	ck_assert_ptr_nonnull(entry);
	return entry;
}

void
expect_refused(int operation, const char *host, int error)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */

	errno = 0;
	ck_assert_ptr_null(operations[operation].begin(host, on_impossible, NULL));
	ck_assert_int_eq(errno, error);
	ck_assert_int_eq(operations[operation].run(host, &entry),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
	ck_assert_uint_eq(read_statistics().begun, 0);
}

const char *
make_long_name(size_t length, bool has_final_dot)
{
	static char name[512];
	size_t i;

	ck_assert_uint_lt(length, sizeof name);
	for (i = 0; i < length; i++)
		name[i] = i % 40 == 39 && i + 1 < length ? '.' : 'n';
	if (has_final_dot)
		name[length - 1] = '.';
	name[length] = '\0';
	return name;
}

/* ---- Entries ---- */

void
assert_same(DnsHostEntry *a, DnsHostEntry *b)
{
	const struct sockaddr *left, *right;
	socklen_t left_length, right_length;
	size_t i;

	ck_assert_str_eq(DnsHostEntryGetName(a), DnsHostEntryGetName(b));
	ck_assert_uint_eq(DnsHostEntryGetAddressCount(a), DnsHostEntryGetAddressCount(b));
	for (i = 0; i < DnsHostEntryGetAddressCount(a); i++) {
		left = DnsHostEntryGetAddress(a, i, &left_length);
		right = DnsHostEntryGetAddress(b, i, &right_length);
		ck_assert_uint_eq(left_length, right_length);
		ck_assert_mem_eq(left, right, left_length);
	}
	DnsHostEntryRelease(a);
	DnsHostEntryRelease(b);
}

static bool
is_loopback(const struct sockaddr *address)
{
	const struct sockaddr_in *ipv4 = (const void *)address;
	const struct sockaddr_in6 *ipv6 = (const void *)address;

	if (address->sa_family == AF_INET)
		return ntohl(ipv4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	return IN6_IS_ADDR_LOOPBACK(&ipv6->sin6_addr);
}

void
assert_loopback(DnsHostEntry *entry)
{
	size_t i;

	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entry), 1);
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++)
		ck_assert(is_loopback(DnsHostEntryGetAddress(entry, i, NULL)));
	DnsHostEntryRelease(entry);
}

void
assert_of_family(DnsHostEntry *entry, int family)
{
	size_t i;

	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entry), 1);
	for (i = 0; i < DnsHostEntryGetAddressCount(entry); i++)
		ck_assert_int_eq(DnsHostEntryGetAddress(entry, i, NULL)->sa_family,
				 family);
	DnsHostEntryRelease(entry);
}

void
assert_named(DnsHostEntry *entry, const char *part_of_name)
{
	const char *name = DnsHostEntryGetName(entry);
	size_t length = strlen(part_of_name);

	while (strncasecmp(name, part_of_name, length) != 0) {
		ck_assert_msg(*name != '\0', "\"%s\" is not in \"%s\"", part_of_name,
			      DnsHostEntryGetName(entry));
		name++;
	}
	ck_assert_uint_ge(DnsHostEntryGetAddressCount(entry), 1);
	DnsHostEntryRelease(entry);
}
