/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "unit.h"

#include <string.h>

#include "hosts.h"
#include "local_answer.h"
#include "rooms.h"

/* A request as the caller makes it; by address when the kind is that. */
static struct request
make_request(enum operation_kind kind, const char *host, int family)
{
	struct operation_request given = { .kind = kind, .host = host, .family = family };
	struct request request;
	union host_address address;

	if (kind == OPERATION_GET_HOST_BY_ADDRESS) {
		address = hosts_read_address(host);
		given.address = &address.any;
		given.address_length = host_address_length(&address);
	}
	ck_assert_int_eq(request_read(&request, &given), 0);
	return request;
}

static void
expect_entry(enum operation_kind kind, const char *host, int family, const char *expected)
{
	struct request request = make_request(kind, host, family);
	DnsStatus status = DNS_STATUS_NO_RECOVERY;
	DnsHostEntry *entry = NULL;
	char text[1024];

	ck_assert_msg(local_answer_special(&request, &status, &entry), "%s", host);
	ck_assert_int_eq(status, DNS_STATUS_OK);
	hosts_format_entry(entry, text);
	ck_assert_str_eq(text, expected);
}

static void
expect_status(const char *host, int family, DnsStatus expected)
{
	struct request request = make_request(OPERATION_GET_HOST_BY_NAME, host, family);
	DnsStatus status = DNS_STATUS_NO_RECOVERY;
	DnsHostEntry *entry = (void *)&request;

	ck_assert_msg(local_answer_special(&request, &status, &entry), "%s", host);
	ck_assert_int_eq(status, expected);
	ck_assert_ptr_null(entry);
}

static void
expect_no_host(const char *host, int family)
{
	expect_status(host, family, DNS_STATUS_HOST_NOT_FOUND);
}

static void
expect_none(enum operation_kind kind, const char *host)
{
	struct request request = make_request(kind, host, AF_UNSPEC);
	DnsStatus status = DNS_STATUS_NO_RECOVERY;
	DnsHostEntry *entry = (void *)&request;

	ck_assert_msg(!local_answer_special(&request, &status, &entry), "%s", host);
	ck_assert_ptr_null(entry);
}

START_TEST(ordinary_names_are_not_answered)
{
	expect_none(OPERATION_GET_HOST_BY_NAME, "host.test");
	expect_none(OPERATION_GET_HOST_ENTRY, "localhost.test");
	expect_none(OPERATION_GET_HOST_ADDRESSES, "invalid.test");
	expect_none(OPERATION_GET_HOST_ADDRESSES, "printer.local");
}
END_TEST

START_TEST(a_literal_is_its_own_answer)
{
	expect_entry(OPERATION_GET_HOST_BY_NAME, "192.0.2.1", AF_UNSPEC,
		     "192.0.2.1 = 192.0.2.1");
	expect_entry(OPERATION_GET_HOST_BY_NAME, "0x7f.1", AF_INET,
		     "127.0.0.1 = 127.0.0.1");
	expect_entry(OPERATION_GET_HOST_ADDRESSES, "2001:DB8:0::1", AF_UNSPEC,
		     "2001:db8::1 = 2001:db8::1");
	expect_entry(OPERATION_GET_HOST_ADDRESSES, "::1", AF_INET6, "::1 = ::1");
	expect_entry(OPERATION_GET_HOST_ADDRESSES, "0.0.0.0", AF_UNSPEC,
		     "0.0.0.0 = 0.0.0.0");
}
END_TEST

START_TEST(a_literal_of_the_other_family_has_no_address)
{
	expect_entry(OPERATION_GET_HOST_ADDRESSES, "192.0.2.1", AF_INET6, "192.0.2.1");
	expect_entry(OPERATION_GET_HOST_ADDRESSES, "2001:db8::1", AF_INET, "2001:db8::1");
}
END_TEST

START_TEST(backwards_a_literal_is_to_be_asked_for)
{
	expect_none(OPERATION_GET_HOST_ENTRY, "192.0.2.1");
	expect_none(OPERATION_GET_HOST_ENTRY, "2001:db8::1");
	expect_none(OPERATION_GET_HOST_BY_ADDRESS, "192.0.2.1");
	expect_none(OPERATION_GET_HOST_BY_ADDRESS, "127.0.0.2");
	expect_none(OPERATION_GET_HOST_BY_ADDRESS, "::2");
	expect_none(OPERATION_GET_HOST_BY_ADDRESS, "::ffff:127.0.0.1");
}
END_TEST

START_TEST(the_loopback_by_name)
{
	expect_entry(OPERATION_GET_HOST_BY_NAME, "localhost", AF_UNSPEC,
		     "localhost = 127.0.0.1 ::1");
	expect_entry(OPERATION_GET_HOST_BY_NAME, "localhost", AF_INET,
		     "localhost = 127.0.0.1");
	expect_entry(OPERATION_GET_HOST_BY_NAME, "localhost", AF_INET6,
		     "localhost = ::1");
	expect_entry(OPERATION_GET_HOST_ENTRY, "A.LocalHost.", AF_INET6,
		     "a.localhost = ::1");
}
END_TEST

START_TEST(the_loopback_by_address)
{
	static const char both[] = "localhost = 127.0.0.1 ::1";

	expect_entry(OPERATION_GET_HOST_BY_ADDRESS, "127.0.0.1", AF_UNSPEC, both);
	expect_entry(OPERATION_GET_HOST_BY_ADDRESS, "::1", AF_UNSPEC, both);
	expect_entry(OPERATION_GET_HOST_ENTRY, "127.1", AF_UNSPEC, both);
	expect_entry(OPERATION_GET_HOST_ENTRY, "::1", AF_INET, "localhost = 127.0.0.1");
	expect_entry(OPERATION_GET_HOST_ENTRY, "127.0.0.1", AF_INET6, "localhost = ::1");
}
END_TEST

START_TEST(names_that_do_not_exist)
{
	static const int families[] = { AF_UNSPEC, AF_INET, AF_INET6 };
	int i;

	for (i = 0; i < 3; i++) {
		expect_no_host("invalid", families[i]);
		expect_no_host("a.invalid", families[i]);
		expect_no_host("a.onion", families[i]);
		expect_no_host("a.alt", families[i]);
		expect_no_host("a..test", families[i]);
		expect_no_host("1.2.3.4.5", families[i]);
	}
}
END_TEST

START_TEST(the_loopbacks_pointers_have_no_address)
{
	expect_status("1.0.0.127.in-addr.arpa", AF_UNSPEC, DNS_STATUS_NO_DATA);
	expect_status("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
		      "IP6.ARPA.",
		      AF_INET6, DNS_STATUS_NO_DATA);
}
END_TEST

START_TEST(a_local_name_without_the_hosts_file)
{
	struct request request = make_request(OPERATION_GET_HOST_BY_NAME, "printer.local",
					      AF_UNSPEC);
	DnsStatus status = DNS_STATUS_NO_RECOVERY;
	DnsHostEntry *entry = (void *)&request;

	request.options.flags = DNS_LOOKUP_NO_HOSTS;
	ck_assert(local_answer_special(&request, &status, &entry));
	ck_assert_int_eq(status, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert_ptr_null(entry);
}
END_TEST

START_TEST(what_is_not_ascii)
{
#ifdef HAVE_LIBIDN2
	expect_none(OPERATION_GET_HOST_BY_NAME, "\xc3\xa9.test");
	expect_no_host("\xff.test", AF_UNSPEC);
#else
	expect_status("\xc3\xa9.test", AF_UNSPEC, DNS_STATUS_NO_IDN);
	expect_status("\xff.test", AF_INET6, DNS_STATUS_NO_IDN);
#endif
}
END_TEST

/* ---- From the table ---- */

static DnsStatus found;

/* The entry as text; NULL: the table has nothing, or only a status. */
static bool
find(const char *name, int family, const union host_address *address, char text[1024])
{
	DnsHostEntry *entry = (void *)&found;
	bool is_answer;

	found = DNS_STATUS_NO_RECOVERY;
	is_answer = local_answer_from_hosts(hosts, name, family, address, &found, &entry);
	ck_assert_int_eq(found == DNS_STATUS_OK, entry != NULL);
	text[0] = '\0';
	if (entry != NULL)
		hosts_format_entry(entry, text);
	return is_answer;
}

static void
expect_name(const char *name, int family, const char *expected)
{
	char text[1024];

	ck_assert(find(name, family, NULL, text));
	ck_assert_int_eq(found, expected != NULL ? DNS_STATUS_OK : DNS_STATUS_NO_DATA);
	ck_assert_str_eq(text, expected != NULL ? expected : "");
}

static void
set_up(void)
{
	hosts_parse("192.0.2.1 Four.test four\n"
		    "2001:db8::1 six.test\n"
		    "192.0.2.2 both.test\n"
		    "2001:db8::2 both.test\n"
		    "192.0.2.3 printer.local\n");
}

START_TEST(a_name_of_the_table)
{
	expect_name("four", AF_UNSPEC, "Four.test four = 192.0.2.1");
	expect_name("four.test", AF_INET, "Four.test four = 192.0.2.1");
	expect_name("six.test", AF_INET6, "six.test = 2001:db8::1");
	expect_name("both.test", AF_UNSPEC, "both.test = 192.0.2.2 2001:db8::2");
	expect_name("both.test", AF_INET, "both.test = 192.0.2.2");
	expect_name("both.test", AF_INET6, "both.test = 2001:db8::2");
}
END_TEST

/* Fault C14. */
START_TEST(a_name_of_the_other_family_has_no_data)
{
	expect_name("four", AF_INET6, NULL);
	expect_name("six.test", AF_INET, NULL);
}
END_TEST

/* The address counts, not the name that may be given with it. */
START_TEST(an_address_of_the_table)
{
	union host_address address = hosts_read_address("192.0.2.1");
	char text[1024];

	ck_assert(find(NULL, AF_UNSPEC, &address, text));
	ck_assert_int_eq(found, DNS_STATUS_OK);
	ck_assert_str_eq(text, "Four.test four = 192.0.2.1");
	address = hosts_read_address("2001:db8::2");
	ck_assert(find("four", AF_UNSPEC, &address, text));
	ck_assert_str_eq(text, "both.test = 2001:db8::2");
}
END_TEST

START_TEST(nothing_in_the_table)
{
	union host_address address = hosts_read_address("192.0.2.9");
	char text[1024];

	ck_assert(!find("other.test", AF_UNSPEC, NULL, text));
	ck_assert(!find("other.test", AF_INET6, NULL, text));
	ck_assert(!find(NULL, AF_UNSPEC, &address, text));
	ck_assert(!find("four", AF_UNSPEC, &address, text));
	hosts_parse("");
	ck_assert(!find("four", AF_UNSPEC, NULL, text));
}
END_TEST

/* Nobody else is to be asked for them. */
START_TEST(names_that_only_the_table_can_have)
{
	union host_address address = hosts_read_address("192.0.2.9");
	char text[1024];

	expect_name("printer.local", AF_UNSPEC, "printer.local = 192.0.2.3");
	expect_name("printer.local", AF_INET6, NULL);
	ck_assert(find("scanner.local", AF_UNSPEC, NULL, text));
	ck_assert_int_eq(found, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert(find("local", AF_INET, NULL, text));
	ck_assert_int_eq(found, DNS_STATUS_HOST_NOT_FOUND);
	ck_assert(!find("printer.local.test", AF_UNSPEC, NULL, text));
	/* Of an address only the address counts. */
	ck_assert(!find("scanner.local", AF_UNSPEC, &address, text));
}
END_TEST

void
local_answer_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, hosts_tear_down);
	tcase_add_test(tests, ordinary_names_are_not_answered);
	tcase_add_test(tests, a_literal_is_its_own_answer);
	tcase_add_test(tests, a_literal_of_the_other_family_has_no_address);
	tcase_add_test(tests, backwards_a_literal_is_to_be_asked_for);
	tcase_add_test(tests, the_loopback_by_name);
	tcase_add_test(tests, the_loopback_by_address);
	tcase_add_test(tests, names_that_do_not_exist);
	tcase_add_test(tests, the_loopbacks_pointers_have_no_address);
	tcase_add_test(tests, a_local_name_without_the_hosts_file);
	tcase_add_test(tests, what_is_not_ascii);
	tcase_add_test(tests, a_name_of_the_table);
	tcase_add_test(tests, a_name_of_the_other_family_has_no_data);
	tcase_add_test(tests, an_address_of_the_table);
	tcase_add_test(tests, nothing_in_the_table);
	tcase_add_test(tests, names_that_only_the_table_can_have);
}
