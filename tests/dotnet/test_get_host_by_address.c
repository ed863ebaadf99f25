/* SPDX-License-Identifier: MIT */
/* dotnet/runtime, System.Net.NameResolution, FunctionalTests/GetHostByAddressTest.cs. An
 * address in text is a matter of GetHostEntry here. */
#include "machine.h"

#include <errno.h>
#include <string.h>
#include <sys/un.h>

#include "suites.h"

static void
refuse(const struct sockaddr *address, socklen_t length)
{
	DnsHostEntry *entry = (DnsHostEntry *)&world; /* to be overwritten */

	errno = 0;
	ck_assert_ptr_null(BeginGetHostByAddress(world.resolver, address, length,
						 on_impossible, NULL));
	ck_assert_int_eq(errno, EINVAL);
	ck_assert_int_eq(GetHostByAddress(world.resolver, address, length, &entry),
			 DNS_STATUS_INVALID_ARGUMENT);
	ck_assert_ptr_null(entry);
}

START_TEST(DnsObsoleteGetHostByAddress_BadIPString_Throws)
{
	struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "badIPString"};
	struct sockaddr_storage address;
	socklen_t length = make_address("192.0.2.1", &address);

	refuse((struct sockaddr *)&path, sizeof path);
	refuse((struct sockaddr *)&address, length - 1);
	refuse((struct sockaddr *)&address, sizeof address);
	ck_assert_uint_eq(read_statistics().begun, 0);
	/* In text it is a name like others. */
	expect_status(HOST_ENTRY, "badIPString", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

START_TEST(DnsObsoleteGetHostByAddress_LoopbackString_ReturnsSameAsLoopbackIP)
{
	assert_same(get(HOST_ENTRY, "127.0.0.1"), get(BY_ADDRESS, "127.0.0.1"));
}
END_TEST

START_TEST(DnsObsoleteGetHostByAddress_UnknownIP_Throws)
{
	expect_status(BY_ADDRESS, "0.0.1.1", DNS_STATUS_HOST_NOT_FOUND);
}
END_TEST

Suite *
get_host_by_address_suite(void)
{
	Suite *suite = suite_create("GetHostByAddressTest");
	TCase *all = machine_case(suite, "GetHostByAddress");

	tcase_add_test(all, DnsObsoleteGetHostByAddress_BadIPString_Throws);
	tcase_add_test(all,
		       DnsObsoleteGetHostByAddress_LoopbackString_ReturnsSameAsLoopbackIP);
	tcase_add_test(all, DnsObsoleteGetHostByAddress_UnknownIP_Throws);
	return suite;
}
