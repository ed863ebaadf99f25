/* SPDX-License-Identifier: MIT */
/* What a resolver can be told, and what it tells: options, the file it reads, statistics,
 * the default resolver, the texts of the statuses. */
#include "contract.h"

#include <errno.h>
#include <sched.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The text of these options has that in it. */
static void
expect_within(DnsResolverOptions *options, const char *expected)
{
	char text[1024];

	DnsConfigurationFormat(options, text, sizeof text);
	ck_assert_msg(strstr(text, expected) != NULL, "%s has not %s", text, expected);
}

static DnsResolver *
create(DnsResolverOptions *options)
{
	DnsResolver *created = DnsResolverCreate(options);

	ck_assert_ptr_nonnull(created);
	DnsResolverOptionsRelease(options);
	return created;
}

/* Replaces the resolver of this world by one with these options, which are released. */
static void
use(DnsResolverOptions *options)
{
	world_close_resolver();
	world.resolver = create(options);
}

/* ---- Numbers ---- */

struct number {
	DnsStatus (*set)(DnsResolverOptions *options, int value);
	int maximum;
};

static const struct number numbers[] = {
	{DnsResolverOptionsSetTimeout, 60000},
	{DnsResolverOptionsSetTries, 10},
	{DnsResolverOptionsSetDeadline, INT_MAX},
};

/* The text of these options, which are released. */
static void
expect_text(DnsResolverOptions *options, const char *expected)
{
	char text[1024], start[16];
	size_t length = DnsConfigurationFormat(options, text, sizeof text);

	ck_assert_uint_eq(length, strlen(text));
	ck_assert_msg(strstr(text, expected) == text, "%s is not %s", text, expected);
	ck_assert_uint_eq(DnsConfigurationFormat(options, start, sizeof start), length);
	ck_assert_int_eq(strncmp(start, text, sizeof start - 1), 0);
	ck_assert_uint_eq(strlen(start), sizeof start - 1);
	ck_assert_uint_eq(DnsConfigurationFormat(options, NULL, 0), length);
	DnsResolverOptionsRelease(options);
}

/* Asks, and asks again where answers are kept. */
static void
expect_twice(const char *name, DnsStatus status, const char *addresses)
{
	DnsHostEntry *entry;
	int i;

	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(GetHostByName(world.resolver, name, &entry), status);
		ck_assert(status != DNS_STATUS_OK || has_addresses(entry, addresses));
		DnsHostEntryRelease(entry);
	}
}

static void
expect_records_twice(const char *name, DnsStatus status)
{
	DnsRecordSet *records;
	int i;

	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(QueryRecords(world.resolver, name, DNS_RECORD_TYPE_A,
					      &records),
				 status);
		DnsRecordSetRelease(records);
	}
}

/* Fault A16. */
START_TEST(private_addresses)
{
	static const char hosts[] = "10.0.0.9 hosts.test\n";
	char path[] = "/tmp/asyncdns_hosts.XXXXXX";
	DnsResolverOptions *options = world_make_options();
	int descriptor = mkstemp(path);

	ck_assert_int_eq(write(descriptor, hosts, sizeof hosts - 1), sizeof hosts - 1);
	close(descriptor);
	dns_server_add_address(world.server, "rebound.test", "10.0.0.1", 300);
	dns_server_add_address(world.server, "half.test", "169.254.169.254", 300);
	dns_server_add_address(world.server, "half.test", "2001:db8::1", 300);
	dns_server_add_address(world.server, "x.corp.test", "10.0.0.2", 300);
	dns_server_add_cname(world.server, "www.test", "x.corp.test", 300);
	DnsResolverOptionsSetHostsPath(options, path);
	DnsResolverOptionsSetCacheSize(options, 100);
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_REFUSE_PRIVATE);
	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(options, "corp.test"),
			 DNS_STATUS_OK);
	use(options);
	expect_twice("rebound.test", DNS_STATUS_NO_RECOVERY, NULL);
	expect_twice("half.test", DNS_STATUS_OK, "2001:db8::1");
	expect_twice("www.test", DNS_STATUS_NO_RECOVERY, NULL);
	expect_twice("x.corp.test", DNS_STATUS_OK, "10.0.0.2");
	expect_twice("a.test", DNS_STATUS_OK, "192.0.2.1 2001:db8::1");
	expect_twice("hosts.test", DNS_STATUS_OK, "10.0.0.9");
	expect_twice("localhost", DNS_STATUS_OK, "127.0.0.1 ::1");
	expect_twice("10.0.0.1", DNS_STATUS_OK, "10.0.0.1");
	expect_records_twice("rebound.test", DNS_STATUS_NO_RECOVERY);
	expect_records_twice("x.corp.test", DNS_STATUS_OK);
	expect_records_twice("a.test", DNS_STATUS_OK);
	unlink(path);
}
END_TEST

START_TEST(suffixes_that_are_none)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	ck_assert_int_eq(DnsResolverOptionsSetPrivateSuffixes(options, "a b.test,c/d"),
			 DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverOptionsSetSearchList(options, "");
	DnsResolverOptionsSetServers(options, "192.0.2.1");
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_REFUSE_PRIVATE);
	expect_within(options, "\nprivate no\n");
	DnsResolverOptionsSetPrivateSuffixes(options, "a.test,b");
	expect_within(options, "\nprivate a.test,b\n");
	DnsResolverOptionsRelease(options);
}
END_TEST

/* Fault A07: the addresses of a special name are not the server's to say. */
START_TEST(aliases_of_special_names)
{
	DnsResolverOptions *options = world_make_options();

	dns_server_add_cname(world.server, "near.test", "localhost", 300);
	dns_server_add_address(world.server, "localhost", "192.0.2.9", 300);
	dns_server_add_cname(world.server, "nowhere.test", "a.onion", 300);
	dns_server_add_address(world.server, "a.onion", "192.0.2.9", 300);
	DnsResolverOptionsSetCacheSize(options, 100);
	use(options);
	expect_twice("near.test", DNS_STATUS_OK, "127.0.0.1 ::1");
	expect_twice("nowhere.test", DNS_STATUS_HOST_NOT_FOUND, NULL);
	expect_records_twice("near.test", DNS_STATUS_NO_DATA);
	expect_records_twice("nowhere.test", DNS_STATUS_HOST_NOT_FOUND);
	options = world_make_options();
	DnsResolverOptionsSetFlags(options, DNS_RESOLVER_REFUSE_PRIVATE);
	use(options);
	expect_twice("near.test", DNS_STATUS_NO_RECOVERY, NULL);
}
END_TEST

START_TEST(configuration_as_text)
{
	static char path[] = "/tmp/asyncdns_conf.XXXXXX";
	static const char text[] = "nameserver 192.0.2.53\nnameserver 2001:db8::53\n"
				   "search one.test two.test\n"
				   "options ndots:2 timeout:4 attempts:5 use-vc no-aaaa\n";
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	int descriptor = mkstemp(path);

	ck_assert_int_eq(write(descriptor, text, sizeof text - 1), sizeof text - 1);
	close(descriptor);
	unsetenv("LOCALDOMAIN");
	unsetenv("RES_OPTIONS");
	DnsResolverOptionsSetResolvConfPath(options, path);
	expect_text(options, "servers 192.0.2.53:53,[2001:db8::53]:53\n"
			     "search one.test,two.test\nndots 2\ntimeout 4000\ntries 5\n"
			     "deadline 10000\ntcp yes\nrotate no\nedns no\naaaa no\nprivate yes\n"
			     "cache 4096\nresolv.conf /tmp/asyncdns_conf.");
	options = DnsResolverOptionsCreate();
	DnsResolverOptionsSetResolvConfPath(options, path);
	DnsResolverOptionsSetServers(options, "127.0.0.1:5300");
	DnsResolverOptionsSetSearchList(options, "");
	DnsResolverOptionsSetTimeout(options, 20);
	DnsResolverOptionsSetTries(options, 1);
	expect_text(options, "servers 127.0.0.1:5300\nsearch \nndots 2\ntimeout 20\ntries 1\n");
	unlink(path);
	options = DnsResolverOptionsCreate();
	DnsResolverOptionsSetResolvConfPath(options, path);
	DnsResolverOptionsSetSearchList(options, "a.test");
	expect_text(options, "servers \nsearch a.test\nndots 1\ntimeout 2000\ntries 3\n");
}
END_TEST

START_TEST(versions)
{
	char text[256], start[4];
	size_t length = DnsVersionFormat(text, sizeof text);

	ck_assert_uint_eq(length, strlen(text));
	ck_assert_ptr_eq(strstr(text, "asyncdns " DNS_VERSION_TEXT ", c-ares 1."), text);
	ck_assert_ptr_nonnull(strstr(text, ", libevent 2."));
	ck_assert_uint_eq(DnsVersionFormat(start, sizeof start), length);
	ck_assert_str_eq(start, "asy");
	ck_assert_uint_eq(DnsVersionFormat(NULL, 0), length);
}
END_TEST

START_TEST(address_orders)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	int order;

	for (order = DNS_ADDRESS_ORDER_RFC6724; order <= DNS_ADDRESS_ORDER_AS_RECEIVED;
	     order++)
		ck_assert_int_eq(DnsResolverOptionsSetAddressOrder(options,
								   (DnsAddressOrder)order),
				 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetAddressOrder(options, (DnsAddressOrder)order),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetAddressOrder(options, (DnsAddressOrder)-1),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetAddressOrder(NULL,
							   DNS_ADDRESS_ORDER_RFC6724),
			 DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverOptionsRelease(options);
}
END_TEST

START_TEST(numbers_have_ranges)
{
	const struct number *number = &numbers[_i];
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	ck_assert_ptr_nonnull(options);
	ck_assert_int_eq(number->set(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(number->set(options, number->maximum / 2), DNS_STATUS_OK);
	ck_assert_int_eq(number->set(options, number->maximum), DNS_STATUS_OK);
	ck_assert_int_eq(number->set(options, 0), DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(number->set(options, -1), DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(number->set(options, INT_MIN), DNS_STATUS_INVALID_ARGUMENT);
	if (number->maximum < INT_MAX) {
		ck_assert_int_eq(number->set(options, number->maximum + 1),
				 DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(number->set(options, INT_MAX),
				 DNS_STATUS_INVALID_ARGUMENT);
	}
	ck_assert_int_eq(number->set(NULL, 1), DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverOptionsRelease(options);
}
END_TEST

START_TEST(without_options_nothing_can_be_set)
{
	ck_assert_int_eq(DnsResolverOptionsSetServers(NULL, "192.0.2.1"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetServers(NULL, NULL),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(NULL, "x"),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetFlags(NULL, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	DnsResolverOptionsRelease(NULL);
}
END_TEST

/* A name that is never answered is asked so often, one millisecond or some for each. */
static void
assert_tries(DnsResolverOptions *options, const char *name, unsigned int tries)
{
	dns_server_misbehave(world.server, name, 0, ANSWER_DROPPED);
	use(options);
	end_expecting(begin(name, NULL, NULL), DNS_STATUS_TRY_AGAIN);
	world_close_resolver();
	ck_assert(dns_server_wait_for_questions(world.server, name, 1, tries));
	ck_assert_uint_eq(dns_server_count_questions(world.server, name, 1), tries);
}

START_TEST(tries_are_how_often_a_server_is_asked)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 1), DNS_STATUS_OK);
	assert_tries(options, "lost1.test", 1);
	options = world_make_options();
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 4), DNS_STATUS_OK);
	assert_tries(options, "lost4.test", 4);
}
END_TEST

START_TEST(a_refused_number_changes_nothing)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 2), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetTimeout(options, 60001),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_int_eq(DnsResolverOptionsSetTries(options, 11),
			 DNS_STATUS_INVALID_ARGUMENT);
	assert_tries(options, "lost.test", 2);
}
END_TEST

START_TEST(the_deadline_ends_an_operation)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, 1), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetDeadline(options, 0),
			 DNS_STATUS_INVALID_ARGUMENT);
	use(options);
	end_expecting(begin(HELD_NAME, NULL, NULL), DNS_STATUS_TIMED_OUT);
	ck_assert_int_eq(GetHostByName(world.resolver, HELD_NAME, NULL),
			 DNS_STATUS_TIMED_OUT);
	ck_assert_uint_eq(read_statistics().timedOut, 2);
}
END_TEST

/* ---- Flags ---- */

START_TEST(flags_that_are_not_known_are_refused)
{
	DnsResolverOptions *options = world_make_options();
	unsigned int known = DNS_RESOLVER_NEVER_SYNCHRONOUS, bit;
	DnsAsyncResult *begun;

	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, 0), DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetFlags(options, known), DNS_STATUS_OK);
	for (bit = 31; bit >= 16; bit--) {
		ck_assert_int_eq(DnsResolverOptionsSetFlags(options, 1u << bit),
				 DNS_STATUS_INVALID_ARGUMENT);
		ck_assert_int_eq(DnsResolverOptionsSetFlags(options, known | 1u << bit),
				 DNS_STATUS_INVALID_ARGUMENT);
	}
	use(options);
	begun = begin("192.0.2.1", NULL, NULL);
	ck_assert(!DnsAsyncResultCompletedSynchronously(begun));
	end_with_addresses(begun, "192.0.2.1");
}
END_TEST

/* ---- Servers ---- */

/* Fault R13. */
START_TEST(servers_that_can_be_given)
{
	static const char *const good[] = {
		"127.0.0.1",
		"127.0.0.1:5300",
		"::1",
		"[::1]",
		"[::1]:53",
		"2001:db8::1",
		"127.0.0.1:5300,[::1]:53,192.0.2.1",
		" 127.0.0.1 , ::1 ",
		"192.0.2.1:1",
		"192.0.2.1:65535",
		"::1,::2,::3,::4,::5,::6,::7,192.0.2.8",
	};
	static const char *const bad[] = {
		"",
		",",
		" ",
		"127.0.0.1,",
		",127.0.0.1",
		"127.0.0.1,,::1",
		"127.0.0.1 ::1",
		"localhost",
		"127.1",
		"127.0.0.1:",
		"127.0.0.1:0",
		"127.0.0.1:65536",
		"127.0.0.1:-1",
		"127.0.0.1:53x",
		"127.0.0.1:000053",
		"[127.0.0.1]",
		"[::1",
		"[::1]53",
		"[::1]:",
		"::1]",
		"1:2:3:4:5:6:7:8:9",
		"::1,::2,::3,::4,::5,::6,::7,192.0.2.8,::9",
	};
	DnsResolverOptions *options = DnsResolverOptionsCreate();
	size_t i;

	for (i = 0; i < sizeof good / sizeof good[0]; i++)
		ck_assert_msg(DnsResolverOptionsSetServers(options, good[i]) ==
				      DNS_STATUS_OK,
			      "\"%s\" is refused", good[i]);
	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_msg(DnsResolverOptionsSetServers(options, bad[i]) ==
				      DNS_STATUS_INVALID_ARGUMENT,
			      "\"%s\" is not refused", bad[i]);
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, NULL), DNS_STATUS_OK);
	DnsResolverOptionsRelease(options);
}
END_TEST

/* Fault R13. */
START_TEST(refused_servers_change_nothing)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetServers(options, "127.0.0.9:9,nobody"),
			 DNS_STATUS_INVALID_ARGUMENT);
	use(options);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
}
END_TEST

/* The first does not know, or is silent; the second answers. */
START_TEST(servers_are_asked_in_their_order)
{
	DnsResolverOptions *options = world_make_options();
	struct dns_server *second = dns_server_start();
	char servers[64];

	dns_server_add_address(second, "failing.test", "192.0.2.50", 300);
	dns_server_add_address(second, "a.test", "192.0.2.51", 300);
	snprintf(servers, sizeof servers, "%s,%s", dns_server_address(world.server),
		 dns_server_address(second));
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, servers), DNS_STATUS_OK);
	use(options);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
	end_with_addresses(begin("failing.test", NULL, NULL), "192.0.2.50");
	ck_assert_uint_eq(dns_server_count_questions(second, "a.test", 0), 0);
	dns_server_stop(second);
}
END_TEST

/* DnsResolverCreate copies them. */
START_TEST(options_can_be_changed_after_create)
{
	DnsResolverOptions *options = world_make_options();

	world_close_resolver();
	world.resolver = DnsResolverCreate(options);
	ck_assert_int_eq(DnsResolverOptionsSetServers(options, "127.0.0.1:9"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, "x"),
			 DNS_STATUS_OK);
	DnsResolverOptionsRelease(options);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
}
END_TEST

/* ---- resolv.conf ---- */

#define PATH_SIZE 64

/* A file with this text, in the working directory, which the test removes. */
static void
make_file(char path[PATH_SIZE], const char *text)
{
	FILE *file;
	int descriptor;

	strcpy(path, "test_options.XXXXXX");
	descriptor = mkstemp(path);
	ck_assert_int_ge(descriptor, 0);
	file = fdopen(descriptor, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static DnsResolverOptions *
options_with_file(const char *path)
{
	DnsResolverOptions *options = DnsResolverOptionsCreate();

	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, path),
			 DNS_STATUS_OK);
	return options;
}

START_TEST(the_file_is_read_on_first_use)
{
	char path[PATH_SIZE], text[128];
	FILE *file;

	make_file(path, "nameserver 127.0.0.1:1\noptions attempts:1\n");
	use(options_with_file(path));
	end_with_addresses(begin("192.0.2.1", NULL, NULL), "192.0.2.1");
	snprintf(text, sizeof text, "%s", dns_server_address(world.server));
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fprintf(file, "nameserver %s\noptions timeout:30 attempts:1\n", text);
	ck_assert_int_eq(fclose(file), 0);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
	unlink(path);
}
END_TEST

/* Whatever the reason; literals need none. */
static void
assert_there_is_no_server(const char *path)
{
	use(options_with_file(path));
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_NO_SERVERS);
	ck_assert_int_eq(GetHostByName(world.resolver, "b.test", NULL),
			 DNS_STATUS_NO_SERVERS);
	end_with_addresses(begin("192.0.2.1", NULL, NULL), "192.0.2.1");
	ck_assert_uint_eq(read_statistics().questions, 0);
}

/* Fault C01. */
START_TEST(a_file_without_servers)
{
	char path[PATH_SIZE];

	make_file(path, "search example.org\nnameserver nonsense\n");
	assert_there_is_no_server(path);
	unlink(path);
}
END_TEST

/* Fault C02. */
START_TEST(a_file_that_cannot_be_read)
{
	char path[PATH_SIZE];

	assert_there_is_no_server("does-not-exist/resolv.conf");
	assert_there_is_no_server("/");
	make_file(path, "");
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	assert_there_is_no_server(path);
	unlink(path);
}
END_TEST

/* That they are there is not the file's to say. */
START_TEST(servers_stand_before_the_file)
{
	DnsResolverOptions *options = world_make_options();

	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, "does-not-exist"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, ""),
			 DNS_STATUS_INVALID_ARGUMENT);
	use(options);
	end_with_addresses(begin("a.test", NULL, NULL), "192.0.2.1 2001:db8::1");
}
END_TEST

START_TEST(a_path_can_be_taken_back)
{
	DnsResolverOptions *options = options_with_file("does-not-exist");

	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, "another"),
			 DNS_STATUS_OK);
	ck_assert_int_eq(DnsResolverOptionsSetResolvConfPath(options, NULL),
			 DNS_STATUS_OK);
	use(options);
	end_with_addresses(begin("192.0.2.1", NULL, NULL), "192.0.2.1");
}
END_TEST

/* ---- Statistics ---- */

static void
assert_zero(const DnsStatistics *statistics)
{
	static const DnsStatistics zero;

	ck_assert_mem_eq(statistics, &zero, sizeof zero);
}

START_TEST(statistics_count_how_operations_ended)
{
	DnsAsyncResult *cancelled, *overdue, *closed;
	DnsStatistics statistics = read_statistics();
	DnsResolver *counted = world.resolver;

	assert_zero(&statistics);
	cancelled = begin(HELD_NAME, NULL, NULL);
	overdue = begin("y.slow.test", NULL, NULL);
	closed = begin("z.slow.test", NULL, NULL);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_OK);
	end_expecting(begin("missing.test", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	end_expecting(begin("192.0.2.1", NULL, NULL), DNS_STATUS_OK);
	ck_assert_int_eq(GetHostByName(world.resolver, "b.test", NULL), DNS_STATUS_OK);
	ck_assert_int_eq(GetHostByName(world.resolver, "::1", NULL), DNS_STATUS_OK);
	DnsAsyncResultCancel(cancelled);
	DnsAsyncResultSetDeadline(overdue, 0);
	end_expecting(cancelled, DNS_STATUS_CANCELLED);
	end_expecting(overdue, DNS_STATUS_TIMED_OUT);
	world_await_question("z.slow.test");
	statistics = read_statistics();
	ck_assert_uint_eq(statistics.begun, 8);
	ck_assert_uint_eq(statistics.completed, 7);
	ck_assert_uint_eq(statistics.completedSynchronously, 2);
	ck_assert_uint_eq(statistics.succeeded, 4);
	ck_assert_uint_eq(statistics.timedOut, 1);
	ck_assert_uint_eq(statistics.cancelled, 1);
	ck_assert_uint_eq(statistics.closed, 0);
	ck_assert_uint_eq(statistics.ended, 7);
	ck_assert_uint_eq(statistics.waiting, 0);
	world_close_resolver();
	end_expecting(closed, DNS_STATUS_CLOSED);
	DnsResolverGetStatistics(counted, &statistics);
	assert_zero(&statistics);
	DnsResolverGetStatistics(counted, NULL);
}
END_TEST

START_TEST(statistics_count_questions)
{
	DnsAsyncResult *held = begin(HELD_NAME, NULL, NULL);
	DnsStatistics statistics;

	/* Sent is counted, but not at the same instant. */
	ck_assert(dns_server_wait_for_questions(world.server, HELD_NAME, 0, 2));
	while ((statistics = read_statistics()).questions < 2)
		sched_yield();
	ck_assert_uint_eq(statistics.questions, 2);
	ck_assert_uint_eq(statistics.answers, 0);
	ck_assert_uint_eq(statistics.inFlight, 2);
	end_expecting(begin("a.test", NULL, NULL), DNS_STATUS_OK);
	end_expecting(begin("missing.test", NULL, NULL), DNS_STATUS_HOST_NOT_FOUND);
	world_release();
	end_with_addresses(held, "198.51.100.8");
	statistics = read_statistics();
	ck_assert_uint_eq(statistics.questions, 6);
	ck_assert_uint_eq(statistics.answers, 6);
}
END_TEST

/* ---- The default resolver ---- */

/* Only literals: what the system's configuration is, no test can know. */
START_TEST(null_means_the_default_resolver)
{
	DnsResolver *shared = DnsResolverGetDefault();
	DnsStatistics statistics;

	ck_assert_ptr_nonnull(shared);
	ck_assert_ptr_eq(DnsResolverGetDefault(), shared);
	end_with_addresses(BeginGetHostByName(NULL, "192.0.2.1", NULL, NULL),
			   "192.0.2.1");
	ck_assert_int_eq(GetHostByName(NULL, "192.0.2.1", NULL), DNS_STATUS_OK);
	DnsResolverGetStatistics(shared, &statistics);
	ck_assert_uint_eq(statistics.begun, 2);
	DnsResolverGetStatistics(NULL, &statistics);
	ck_assert_uint_eq(statistics.begun, 2);
	ck_assert_uint_eq(read_statistics().begun, 0);
	DnsResolverClose(NULL);
	ck_assert_ptr_eq(DnsResolverGetDefault(), shared);
	DnsResolverClose(shared);
}
END_TEST

START_TEST(the_default_resolver_is_made_anew)
{
	DnsResolver *first = DnsResolverGetDefault(), *second;
	DnsStatistics statistics;

	DnsResolverClose(first);
	errno = 0;
	ck_assert_ptr_null(BeginGetHostByName(first, "192.0.2.1", NULL, NULL));
	ck_assert_int_eq(errno, ESHUTDOWN);
	end_with_addresses(BeginGetHostByName(NULL, "192.0.2.1", NULL, NULL),
			   "192.0.2.1");
	second = DnsResolverGetDefault();
	ck_assert_ptr_nonnull(second);
	ck_assert_ptr_ne(second, first);
	DnsResolverGetStatistics(second, &statistics);
	ck_assert_uint_eq(statistics.begun, 1);
	DnsResolverClose(first);
	ck_assert_ptr_eq(DnsResolverGetDefault(), second);
	DnsResolverClose(second);
}
END_TEST

START_TEST(null_options_are_the_systems)
{
	DnsResolver *made = DnsResolverCreate(NULL);

	ck_assert_ptr_nonnull(made);
	ck_assert_ptr_ne(made, world.resolver);
	end_with_addresses(BeginGetHostByName(made, "192.0.2.1", NULL, NULL),
			   "192.0.2.1");
	DnsResolverClose(made);
	made = create(DnsResolverOptionsCreate());
	end_with_addresses(BeginGetHostByName(made, "localhost", NULL, NULL),
			   "127.0.0.1 ::1");
	DnsResolverClose(made);
}
END_TEST

/* ---- Texts ---- */

START_TEST(each_status_has_a_text_of_its_own)
{
	const char *unknown = DnsStatusGetText((DnsStatus)1000), *text;
	int status, other;

	ck_assert_ptr_nonnull(unknown);
	ck_assert_ptr_nonnull(DnsStatusGetText((DnsStatus)-1));
	ck_assert_str_eq(DnsStatusGetText(DNS_STATUS_FORCE_INT), unknown);
	for (status = DNS_STATUS_OK; status <= DNS_STATUS_WOULD_DEADLOCK; status++) {
		text = DnsStatusGetText((DnsStatus)status);
		ck_assert_ptr_nonnull(text);
		ck_assert_uint_gt(strlen(text), 0);
		ck_assert_int_ne(text[strlen(text) - 1], '.');
		ck_assert_str_ne(text, unknown);
		for (other = 0; other < status; other++)
			ck_assert_str_ne(text, DnsStatusGetText((DnsStatus)other));
	}
}
END_TEST

static void
add_options(Suite *suite)
{
	TCase *tests = contract_case(suite, "options");

	tcase_add_loop_test(tests, numbers_have_ranges, 0, 3);
	tcase_add_test(tests, without_options_nothing_can_be_set);
	tcase_add_test(tests, tries_are_how_often_a_server_is_asked);
	tcase_add_test(tests, a_refused_number_changes_nothing);
	tcase_add_test(tests, the_deadline_ends_an_operation);
	tcase_add_test(tests, flags_that_are_not_known_are_refused);
	tcase_add_test(tests, servers_that_can_be_given);
	tcase_add_test(tests, refused_servers_change_nothing);
	tcase_add_test(tests, servers_are_asked_in_their_order);
	tcase_add_test(tests, options_can_be_changed_after_create);
	tcase_add_test(tests, the_file_is_read_on_first_use);
	tcase_add_test(tests, a_file_without_servers);
	tcase_add_test(tests, a_file_that_cannot_be_read);
	tcase_add_test(tests, servers_stand_before_the_file);
	tcase_add_test(tests, a_path_can_be_taken_back);
}

static void
add_resolver(Suite *suite)
{
	TCase *tests = contract_case(suite, "resolver");

	tcase_add_test(tests, statistics_count_how_operations_ended);
	tcase_add_test(tests, statistics_count_questions);
	tcase_add_test(tests, private_addresses);
	tcase_add_test(tests, suffixes_that_are_none);
	tcase_add_test(tests, aliases_of_special_names);
	tcase_add_test(tests, configuration_as_text);
	tcase_add_test(tests, versions);
	tcase_add_test(tests, address_orders);
	tcase_add_test(tests, null_means_the_default_resolver);
	tcase_add_test(tests, the_default_resolver_is_made_anew);
	tcase_add_test(tests, null_options_are_the_systems);
	tcase_add_test(tests, each_status_has_a_text_of_its_own);
}

int
main(void)
{
	Suite *suite = suite_create("Options");

	add_options(suite);
	add_resolver(suite);
	return contract_run(suite);
}
