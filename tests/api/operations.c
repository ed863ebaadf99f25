/* SPDX-License-Identifier: MIT */
#include "operations.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- GetHostByName ---- */

static DnsStatus
run_by_name(const char *host, DnsHostEntry **retEntry)
{
	return GetHostByName(world.resolver, host, retEntry);
}

static DnsAsyncResult *
begin_by_name(const char *host, DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostByName(world.resolver, host, callback, state);
}

/* ---- GetHostEntry ---- */

static DnsStatus
run_host_entry(const char *host, DnsHostEntry **retEntry)
{
	return GetHostEntry(world.resolver, host, retEntry);
}

static DnsAsyncResult *
begin_host_entry(const char *host, DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostEntry(world.resolver, host, callback, state);
}

/* ---- GetHostAddresses ---- */

static DnsStatus
run_host_addresses(const char *host, DnsHostEntry **retEntry)
{
	return GetHostAddresses(world.resolver, host, AF_UNSPEC, retEntry);
}

static DnsAsyncResult *
begin_host_addresses(const char *host, DnsAsyncCallback *callback, void *state)
{
	return BeginGetHostAddresses(world.resolver, host, AF_UNSPEC, callback, state);
}

/* ---- GetHostByAddress ---- */

socklen_t
make_address(const char *text, struct sockaddr_storage *address)
{
	struct sockaddr_in ipv4 = {.sin_family = AF_INET};
	struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6};

	memset(address, 0, sizeof *address);
	if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
		memcpy(address, &ipv4, sizeof ipv4);
		return sizeof ipv4;
	}
	ck_assert_int_eq(inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1);
	memcpy(address, &ipv6, sizeof ipv6);
	return sizeof ipv6;
}

static DnsStatus
run_by_address(const char *host, DnsHostEntry **retEntry)
{
	struct sockaddr_storage address;
	socklen_t length = make_address(host, &address);

	return GetHostByAddress(world.resolver, (struct sockaddr *)&address, length,
				retEntry);
}

static DnsAsyncResult *
begin_by_address(const char *host, DnsAsyncCallback *callback, void *state)
{
	struct sockaddr_storage address;
	socklen_t length = make_address(host, &address);
	DnsAsyncResult *begun;

	begun = BeginGetHostByAddress(world.resolver, (struct sockaddr *)&address, length,
				      callback, state);
	memset(&address, 0xff, sizeof address); /* it was copied */
	return begun;
}

const struct operation operations[OPERATIONS] = {
	[BY_NAME] = {"GetHostByName", run_by_name, begin_by_name, EndGetHostByName},
	[HOST_ENTRY] = {"GetHostEntry", run_host_entry, begin_host_entry,
			EndGetHostEntry},
	[HOST_ADDRESSES] = {"GetHostAddresses", run_host_addresses, begin_host_addresses,
			    EndGetHostAddresses},
	[BY_ADDRESS] = {"GetHostByAddress", run_by_address, begin_by_address,
			EndGetHostByAddress},
};

/* ---- What comes of it ---- */

static void
assert_outcome(DnsStatus found, const DnsHostEntry *entry, DnsStatus status,
	       const char *name, const char *addresses)
{
	ck_assert_int_eq(found, status);
	ck_assert_int_eq(entry != NULL, status == DNS_STATUS_OK);
	if (entry == NULL)
		return;
	ck_assert_str_eq(DnsHostEntryGetName(entry), name);
	ck_assert_msg(has_addresses(entry, addresses), "%s has other addresses", name);
}

DnsHostEntry *
look_up(int operation, const char *host, DnsStatus status, const char *name,
	const char *addresses)
{
	const struct operation *tested = &operations[operation];
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */
	DnsAsyncResult *handle;
	DnsStatus found;

	printf("# %s %s\n", tested->name, host);
	fflush(stdout);
	found = tested->run(host, &entry);
	assert_outcome(found, entry, status, name, addresses);
	DnsHostEntryRelease(entry);
	ck_assert_int_eq(tested->run(host, NULL), status);

	handle = tested->begin(host, NULL, NULL);
	ck_assert_ptr_nonnull(handle);
	entry = (DnsHostEntry *)&world;
	found = tested->end(handle, &entry);
	assert_outcome(found, entry, status, name, addresses);
	ck_assert_int_eq(tested->end(handle, NULL), DNS_STATUS_INVALID_OPERATION);
	return entry;
}

void
expect_entry(int operation, const char *host, const char *name, const char *addresses)
{
	DnsHostEntryRelease(look_up(operation, host, DNS_STATUS_OK, name, addresses));
}

void
expect_status(int operation, const char *host, DnsStatus status)
{
	ck_assert_int_ne(status, DNS_STATUS_OK);
	look_up(operation, host, status, NULL, NULL);
}

/* ---- Names of addresses ---- */

static const char pointers[] =
	"1.2.0.192.in-addr.arpa 50 PTR a.test\n"
	"2.2.0.192.in-addr.arpa 50 PTR missing.test\n"
	"3.2.0.192.in-addr.arpa 50 PTR failing.test\n"
	"4.2.0.192.in-addr.arpa 50 PTR empty.test\n"
	"5.2.0.192.in-addr.arpa 50 PTR alias.test\n"
	"6.2.0.192.in-addr.arpa 50 PTR " HELD_NAME "\n"
	"7.2.0.192.in-addr.arpa 50 PTR a\\032b.many.test\n"
	"8.2.0.192.in-addr.arpa 50 PTR *.many.test\n"
	"9.2.0.192.in-addr.arpa 40 CNAME 9.0-63.2.0.192.in-addr.arpa\n"
	"9.0-63.2.0.192.in-addr.arpa 50 PTR a.test\n"
	"10.2.0.192.in-addr.arpa 50 TXT nobody\n" POINTER_HELD
	" 50 PTR a.test\n" POINTER_IPV6 " 50 PTR c.test\n";

/* PTR records come from a zone file only. */
void
add_pointers(void)
{
	char path[] = "/tmp/asyncdns_pointers.XXXXXX";
	int descriptor = mkstemp(path);
	FILE *file;

	ck_assert_int_ge(descriptor, 0);
	file = fdopen(descriptor, "w");
	ck_assert_ptr_nonnull(file);
	fputs(pointers, file);
	ck_assert_int_eq(fclose(file), 0);
	ck_assert_int_eq(dns_server_load_zone(world.server, path), 13);
	unlink(path);
	dns_server_set_rcode(world.server, "11.2.0.192.in-addr.arpa", 0, RCODE_SERVFAIL);
	dns_server_set_rcode(world.server, "12.2.0.192.in-addr.arpa", 0, RCODE_REFUSED);
	dns_server_hold(world.server, POINTER_HELD);
}
