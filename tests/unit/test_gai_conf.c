/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gai_conf.h"
#include "rooms.h"

#define SECOND 1000
#define DEFAULT 40 /* the precedence of 2001:db8::1 */

static char directory[] = "test_gai_conf.XXXXXX";
static char path[64];
static struct gai_conf *conf;
static int64_t now;

static void
set_up(void)
{
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/gai.conf", directory);
	conf = gai_conf_open(path);
	ck_assert_ptr_nonnull(conf);
	now = 0;
}

static void
tear_down(void)
{
	gai_conf_close(conf);
	unlink(path);
	rmdir(directory);
}

static void
write_precedence(int precedence)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fprintf(file, "precedence 2001:db8::/32 %d\n", precedence);
	ck_assert_int_eq(fclose(file), 0);
}

static int
read_precedence(const struct gai_policy *policy)
{
	struct in6_addr address;

	inet_pton(AF_INET6, "2001:db8::1", &address);
	return address_policy_precedence(&policy->policy, &address);
}

static void
expect_precedence(int precedence)
{
	struct gai_policy *policy = gai_conf_get(conf);

	ck_assert_int_eq(read_precedence(policy), precedence);
	gai_policy_release(policy);
}

START_TEST(the_policy_is_the_default_until_something_is_read)
{
	write_precedence(7);
	expect_precedence(DEFAULT);
	gai_conf_refresh(conf, now);
	expect_precedence(7);
}
END_TEST

/* Without "reload yes". */
START_TEST(a_change_is_noticed_after_a_second)
{
	write_precedence(7);
	gai_conf_refresh(conf, now);
	write_precedence(88);
	gai_conf_refresh(conf, now + SECOND - 1);
	expect_precedence(7);
	gai_conf_refresh(conf, now + SECOND);
	expect_precedence(88);
}
END_TEST

START_TEST(a_file_that_is_not_there_says_nothing)
{
	gai_conf_refresh(conf, now);
	expect_precedence(DEFAULT);
	write_precedence(7);
	gai_conf_refresh(conf, now += SECOND);
	expect_precedence(7);
	unlink(path);
	gai_conf_refresh(conf, now += SECOND);
	expect_precedence(DEFAULT);
}
END_TEST

/* Also when the file has changed, and when nothing is read any more. */
START_TEST(a_policy_stays_while_somebody_has_it)
{
	struct gai_policy *first = gai_conf_get(conf), *second;

	write_precedence(7);
	gai_conf_refresh(conf, now);
	second = gai_conf_get(conf);
	gai_conf_close(conf);
	ck_assert_int_eq(read_precedence(first), DEFAULT);
	ck_assert_int_eq(read_precedence(second), 7);
	gai_policy_release(first);
	gai_policy_release(second);
	conf = gai_conf_open(path);
}
END_TEST

/* Much longer than the one that systems come with, and read to its end. */
START_TEST(a_long_file_is_read_whole)
{
	FILE *file = fopen(path, "w");
	int i;

	ck_assert_ptr_nonnull(file);
	for (i = 0; i < 500; i++)
		fprintf(file, "# This line is a comment, and says nothing at all. %d\n", i);
	fprintf(file, "precedence 2001:db8::/32 7\n");
	ck_assert_int_eq(fclose(file), 0);
	gai_conf_refresh(conf, now);
	expect_precedence(7);
}
END_TEST

static void
use_or_change(unsigned int number)
{
	struct gai_policy *policy;
	int i, precedence;

	for (i = 0; i < 200; i++) {
		if (number == 0) {
			write_precedence(i % 2 == 0 ? 7 : 88);
			gai_conf_refresh(conf, now += SECOND);
			continue;
		}
		policy = gai_conf_get(conf);
		precedence = read_precedence(policy);
		gai_policy_release(policy);
		expect(precedence == DEFAULT || precedence == 7 || precedence == 88,
		       "precedence");
	}
}

START_TEST(any_thread_may_have_it)
{
	unit_run_threads(4, use_or_change);
}
END_TEST

void
gai_conf_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_policy_is_the_default_until_something_is_read);
	tcase_add_test(tests, a_change_is_noticed_after_a_second);
	tcase_add_test(tests, a_file_that_is_not_there_says_nothing);
	tcase_add_test(tests, a_policy_stays_while_somebody_has_it);
	tcase_add_test(tests, a_long_file_is_read_whole);
	tcase_add_test(tests, any_thread_may_have_it);
}
