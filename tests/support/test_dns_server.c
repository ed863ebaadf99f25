/* SPDX-License-Identifier: MIT */
/* What the scripted server answers when no rule spoils it. */
#include "dns_client.h"
#include "dns_server.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOA_OF_TEST "x.test 300 SOA ns.x.test hostmaster.x.test 1 3600 600 86400 300\n"
#define TYPE_A	    1
#define TYPE_NS	    2
#define TYPE_CNAME  5
#define TYPE_PTR    12
#define TYPE_MX	    15
#define TYPE_TXT    16
#define TYPE_AAAA   28
#define TYPE_SRV    33
#define TYPE_ANY    255

static struct dns_server *server;
static struct reply reply;

static void
start(void)
{
	server = dns_server_start();
}

static void
stop(void)
{
	dns_server_stop(server);
}

START_TEST(an_address_is_answered_for_the_type_asked)
{
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	dns_server_add_address(server, "a.x.test.", "192.0.2.2", 61);
	dns_server_add_address(server, "A.X.Test", "2001:db8::1", 62);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.question, "a.x.test A");
	ck_assert_str_eq(reply.answers,
			 "a.x.test 60 A 192.0.2.1\na.x.test 61 A 192.0.2.2\n");
	ck_assert_str_eq(reply.authorities, "");
	ck_assert_uint_eq(reply.id, 1);
	ck_assert_uint_eq(reply.flags,
			  FLAG_ANSWER | FLAG_AUTHORITY | FLAG_RECURSION | FLAG_AVAILABLE);
	ck_assert(!reply.is_malformed);
	client_get(server, "a.x.test", TYPE_AAAA, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 62 AAAA 2001:db8::1\n");
	client_get(server, "a.x.test", TYPE_ANY, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 60 A 192.0.2.1\n"
					"a.x.test 61 A 192.0.2.2\n"
					"a.x.test 62 AAAA 2001:db8::1\n");
}
END_TEST

START_TEST(the_case_of_the_question_comes_back)
{
	dns_server_add_address(server, "www.x.test", "192.0.2.1", 60);
	client_get(server, "wWw.X.tEsT", TYPE_A, &reply);
	ck_assert_str_eq(reply.question, "wWw.X.tEsT A");
	ck_assert_str_eq(reply.answers, "wWw.X.tEsT 60 A 192.0.2.1\n");
	ck_assert_uint_eq(dns_server_count_questions(server, "WWW.x.test", TYPE_A), 1);
}
END_TEST

START_TEST(the_recursion_flag_is_copied)
{
	int fd = client_open(server, SOCK_DGRAM);
	uint8_t bytes[300];
	size_t length = client_make_question(bytes, 1, "a.x.test", TYPE_A, 0);

	bytes[2] = 0;
	client_send(fd, bytes, length);
	client_receive(fd, &reply);
	ck_assert_uint_eq(reply.flags & FLAG_RECURSION, 0);
	close(fd);
}
END_TEST

START_TEST(owner_names_point_to_the_question)
{
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.length, 12 + 10 + 4 + 2 + 10 + 4);
	ck_assert_mem_eq(reply.bytes + 12 + 10 + 4, "\300\014", 2);
}
END_TEST

START_TEST(aliases_are_followed_in_order)
{
	dns_server_add_cname(server, "a.x.test", "B.x.test", 10);
	dns_server_add_cname(server, "b.x.test", "c.x.test", 20);
	dns_server_add_address(server, "c.x.test", "192.0.2.3", 30);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 10 CNAME B.x.test\n"
					"B.x.test 20 CNAME c.x.test\n"
					"c.x.test 30 A 192.0.2.3\n");
	client_get(server, "a.x.test", TYPE_CNAME, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 10 CNAME B.x.test\n");
	client_get(server, "a.x.test", TYPE_AAAA, &reply);
	ck_assert_str_eq(reply.answers, "a.x.test 10 CNAME B.x.test\n"
					"B.x.test 20 CNAME c.x.test\n");
	ck_assert_str_eq(reply.authorities, SOA_OF_TEST);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
}
END_TEST

START_TEST(an_alias_of_nothing_is_in_the_answer_to_nxdomain)
{
	dns_server_add_cname(server, "a.x.test", "gone.x.test", 10);
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	ck_assert_str_eq(reply.answers, "a.x.test 10 CNAME gone.x.test\n");
	ck_assert_str_eq(reply.authorities, SOA_OF_TEST);
}
END_TEST

START_TEST(aliases_in_a_circle_end_after_sixteen)
{
	char expected[1024] = "";
	int i;

	dns_server_add_cname(server, "a.x.test", "b.x.test", 10);
	dns_server_add_cname(server, "b.x.test", "a.x.test", 10);
	for (i = 0; i < 8; i++)
		strcat(expected, "a.x.test 10 CNAME b.x.test\n"
				 "b.x.test 10 CNAME a.x.test\n");
	client_get(server, "a.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, expected);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
}
END_TEST

START_TEST(a_name_without_records_gets_nxdomain_and_the_soa)
{
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	client_get(server, "deep.down.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	ck_assert_str_eq(reply.answers, "");
	ck_assert_str_eq(reply.authorities, SOA_OF_TEST);
	ck_assert(!reply.is_malformed);
	client_get(server, "", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	ck_assert_str_eq(reply.authorities,
			 " 300 SOA ns hostmaster 1 3600 600 86400 300\n");
}
END_TEST

START_TEST(a_name_without_records_of_the_type_gets_none_and_the_soa)
{
	dns_server_add_address(server, "a.x.test", "192.0.2.1", 60);
	dns_server_add_name(server, "empty.x.test");
	client_get(server, "a.x.test", TYPE_AAAA, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
	ck_assert_str_eq(reply.answers, "");
	ck_assert_str_eq(reply.authorities, SOA_OF_TEST);
	client_get(server, "empty.x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
	ck_assert_str_eq(reply.authorities, SOA_OF_TEST);
}
END_TEST

START_TEST(a_wildcard_answers_for_all_below_it)
{
	dns_server_add_address(server, "*.x.test", "192.0.2.9", 60);
	dns_server_add_address(server, "own.x.test", "192.0.2.1", 60);
	dns_server_add_name(server, "empty.x.test");
	client_get(server, "any.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "any.x.test 60 A 192.0.2.9\n");
	client_get(server, "Far.below.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "Far.below.x.test 60 A 192.0.2.9\n");
	client_get(server, "any.x.test", TYPE_AAAA, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
	client_get(server, "own.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "own.x.test 60 A 192.0.2.1\n");
	client_get(server, "empty.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "");
	ck_assert_uint_eq(reply.rcode, RCODE_NOERROR);
	client_get(server, "x.test", TYPE_A, &reply);
	ck_assert_uint_eq(reply.rcode, RCODE_NXDOMAIN);
	ck_assert_uint_eq(dns_server_count_questions(server, "*.x.test", TYPE_A), 4);
}
END_TEST

START_TEST(a_zone_file_has_all_its_types)
{
	ck_assert_int_eq(client_load_zone(server,
					  "# a comment\n\n"
					  "x.test\t60 MX 10 mail.x.test # behind\n"
					  "X.test. 61 txt \"a # text\" bare \"\"\n"
					  "x.test 62 SRV 1 2 3 a.x.test.\r\n"
					  "x.test 63 NS ns.x.test\n"
					  "x.test 64 A 192.0.2.1\n"
					  "x.test 65 AAAA 2001:db8::1\n"
					  "x.test 66 PTR other.test\n"
					  "b.x.test 67 CNAME x.test"),
			 8);
	client_get_by_tcp(server, "x.test", TYPE_ANY, &reply);
	ck_assert_str_eq(reply.answers, "x.test 60 MX 10 mail.x.test\n"
					"x.test 61 TXT \"a # text\" \"bare\" \"\"\n"
					"x.test 62 SRV 1 2 3 a.x.test\n"
					"x.test 63 NS ns.x.test\n"
					"x.test 64 A 192.0.2.1\n"
					"x.test 65 AAAA 2001:db8::1\n"
					"x.test 66 PTR other.test\n");
	ck_assert(!reply.is_malformed);
	client_get(server, "b.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers,
			 "b.x.test 67 CNAME x.test\nx.test 64 A 192.0.2.1\n");
}
END_TEST

START_TEST(hosts_in_an_answer_come_with_their_addresses)
{
	client_load_zone(server, "x.test 60 MX 10 mail.x.test\n"
				 "x.test 60 MX 20 elsewhere.test\n"
				 "x.test 60 NS ns.x.test\n"
				 "also.test 60 CNAME _s._tcp.x.test\n"
				 "_s._tcp.x.test 60 SRV 1 2 3 mail.x.test\n"
				 "mail.x.test 61 A 192.0.2.1\n"
				 "mail.x.test 62 AAAA 2001:db8::1\n"
				 "ns.x.test 63 A 192.0.2.2\n");
	client_get(server, "x.test", TYPE_MX, &reply);
	ck_assert_str_eq(reply.additionals, "mail.x.test 61 A 192.0.2.1\n"
					    "mail.x.test 62 AAAA 2001:db8::1\n");
	ck_assert(!reply.is_malformed);
	client_get(server, "x.test", TYPE_NS, &reply);
	ck_assert_str_eq(reply.additionals, "ns.x.test 63 A 192.0.2.2\n");
	client_get(server, "also.test", TYPE_SRV, &reply);
	ck_assert_str_eq(reply.additionals, "mail.x.test 61 A 192.0.2.1\n"
					    "mail.x.test 62 AAAA 2001:db8::1\n");
	client_get(server, "mail.x.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.additionals, "");
}
END_TEST

/* 30 addresses do not fit behind the answer: it comes without them, and is whole. */
START_TEST(addresses_of_hosts_for_which_there_is_no_room_are_left_out)
{
	char address[32];
	int i;

	client_load_zone(server, "x.test 60 MX 10 mail.x.test\n");
	for (i = 1; i <= 30; i++) {
		snprintf(address, sizeof(address), "192.0.2.%d", i);
		dns_server_add_address(server, "mail.x.test", address, 60);
	}
	client_get(server, "x.test", TYPE_MX, &reply);
	ck_assert_str_eq(reply.answers, "x.test 60 MX 10 mail.x.test\n");
	ck_assert_str_eq(reply.additionals, "");
	ck_assert_uint_eq(reply.flags & FLAG_TRUNCATED, 0);
	ck_assert(!reply.is_malformed);
}
END_TEST

static const char *const bad_lines[] = {
	"x.test 60 A\n",
	"x.test A 192.0.2.1 x\n",
	"x.test 60 A 192.0.2\n",
	"x.test 60 AAAA 192.0.2.1\n",
	"x.test -1 A 192.0.2.1\n",
	"x..test 60 A 192.0.2.1\n",
	"x.test 60 WKS 192.0.2.1\n",
	"x.test 60 MX mail.x.test\n",
	"x.test 60 TXT \"open\n",
	"x.test 60 A 192.0.2.1 x\n",
	"x.test 60 MX 65536 mail\n",
	"x.test 60x A 192.0.2.1\n",
};

START_TEST(a_bad_line_is_refused)
{
	ck_assert_int_eq(client_load_zone(server, bad_lines[_i]), -1);
}
END_TEST

START_TEST(a_missing_zone_file_is_refused)
{
	ck_assert_int_eq(dns_server_load_zone(server, "/nonexistent/zone"), -1);
}
END_TEST

START_TEST(the_demonstration_zone_loads)
{
	const char *top = getenv("top_srcdir");
	char path[4096];

	if (top == NULL)
		top = ".";
	snprintf(path, sizeof(path), "%s/tests/support/demo.zone", top);
	ck_assert_int_gt(dns_server_load_zone(server, path), 20);
	client_get(server, "files.demo.test", TYPE_A, &reply);
	ck_assert_ptr_nonnull(strstr(reply.answers, "www.demo.test 300 A 192.0.2.10\n"));
	client_get(server, "10.2.0.192.in-addr.arpa", TYPE_PTR, &reply);
	ck_assert_str_eq(reply.answers,
			 "10.2.0.192.in-addr.arpa 300 PTR www.demo.test\n");
	client_get(server, "n1.bulk.demo.test", TYPE_A, &reply);
	ck_assert_str_eq(reply.answers, "n1.bulk.demo.test 300 A 198.51.100.7\n");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dns_server");
	TCase *tcase = tcase_create("answers");
	SRunner *runner = srunner_create(suite);

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, start, stop);
	tcase_add_test(tcase, an_address_is_answered_for_the_type_asked);
	tcase_add_test(tcase, the_case_of_the_question_comes_back);
	tcase_add_test(tcase, the_recursion_flag_is_copied);
	tcase_add_test(tcase, owner_names_point_to_the_question);
	tcase_add_test(tcase, aliases_are_followed_in_order);
	tcase_add_test(tcase, an_alias_of_nothing_is_in_the_answer_to_nxdomain);
	tcase_add_test(tcase, aliases_in_a_circle_end_after_sixteen);
	tcase_add_test(tcase, a_name_without_records_gets_nxdomain_and_the_soa);
	tcase_add_test(tcase, a_name_without_records_of_the_type_gets_none_and_the_soa);
	tcase_add_test(tcase, a_wildcard_answers_for_all_below_it);
	tcase_add_test(tcase, a_zone_file_has_all_its_types);
	tcase_add_test(tcase, hosts_in_an_answer_come_with_their_addresses);
	tcase_add_test(tcase, addresses_of_hosts_for_which_there_is_no_room_are_left_out);
	tcase_add_loop_test(tcase, a_bad_line_is_refused, 0,
			    sizeof(bad_lines) / sizeof(bad_lines[0]));
	tcase_add_test(tcase, a_missing_zone_file_is_refused);
	tcase_add_test(tcase, the_demonstration_zone_loads);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	srunner_free(runner);
	return 0;
}
