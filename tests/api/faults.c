/* SPDX-License-Identifier: MIT */
#include "faults.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct puppet puppet;

static const char control[] = "\7control\4test";

static void
use(DnsResolverOptions *options)
{
	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_ptr_nonnull(world.resolver);
	DnsResolverOptionsRelease(options);
}

static DnsResolverOptions *
make_options(const char *servers, int timeout, int tries, int deadline)
{
	DnsResolverOptions *options = world_make_options();

	if (servers == NULL)
		servers = puppet.address;
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, timeout), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, tries), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, deadline), DNS_STATUS_OK);
	ck_assert_int_eq(
		DnsResolverOptionsSetFlags(options, DNS_RESOLVER_NEVER_SYNCHRONOUS),
		DNS_STATUS_OK);
	return options;
}

void
use_servers(const char *servers, int timeout, int tries, int deadline)
{
	use(make_options(servers, timeout, tries, deadline));
}

void
use_edns(void)
{
	DnsResolverOptions *options = make_options(NULL, NEVER, 1, NEVER);
	char path[] = "/tmp/asyncdns_faults.XXXXXX";
	int made = mkstemp(path);

	ck_assert_int_ge(made, 0);
	ck_assert_int_eq(write(made, "options edns0\n", 14), 14);
	close(made);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, path),
			 DNS_STATUS_OK);
	use(options);
	/* It has been read when something has been looked up. */
	expect_service();
	unlink(path);
}

DnsAsyncResult *
ask(const char *name)
{
	DnsLookupOptions *options = DnsLookupOptionsCreate();
	DnsAsyncResult *begun;

	require(options != NULL, "no options");
	require(DnsLookupOptionsSetFamily(options, AF_INET) == DNS_STATUS_OK, "a family");
	begun = BeginGetHostByNameWithOptions(world.resolver, name, options, NULL, NULL);
	require(begun != NULL, "Begin failed");
	DnsLookupOptionsRelease(options);
	return begun;
}

void
answer_next(const char *address)
{
	static struct puppet_reply reply;
	struct puppet_question question;

	puppet_take(&puppet, &question);
	puppet_reply_with(&reply, &question, address);
	puppet_answer(&puppet, &question, &reply);
}

/* Questions of before may still come. */
long long
monotonic_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* In whatever letters. */
static bool
asks_for_control(const struct puppet_question *question)
{
	const uint8_t *asked = question->octets + PUPPET_HEADER;
	size_t i;

	for (i = 0; i < sizeof control; i++)
		if (tolower(asked[i]) != tolower((uint8_t)control[i]))
			return false;
	return true;
}

void
expect_service(void)
{
	DnsAsyncResult *handle = ask("control.test");
	static struct puppet_reply reply;
	struct puppet_question question;

	do
		puppet_take(&puppet, &question);
	while (!asks_for_control(&question));
	puppet_reply_with(&reply, &question, "192.0.2.77");
	puppet_answer(&puppet, &question, &reply);
	end_with_addresses(handle, "192.0.2.77");
}

static void
open_puppet(void)
{
	puppet_open(&puppet);
	use_servers(NULL, NEVER, 1, NEVER);
}

static void
close_puppet(void)
{
	if (puppet.datagrams >= 0)
		expect_service();
	world_close_resolver();
	puppet_close(&puppet);
}

TCase *
faults_case(Suite *suite, const char *name)
{
	TCase *made = contract_case(suite, name);

	tcase_add_checked_fixture(made, open_puppet, close_puppet);
	return made;
}

int
main(void)
{
	Suite *suite = suite_create("faults");

	add_call_faults(suite);
	add_clock_faults(suite);
	add_datagram_faults(suite);
	add_life_faults(suite);
	add_process_faults(suite);
	add_stream_faults(suite);
	return contract_run(suite);
}
