/* SPDX-License-Identifier: MIT */
/* Faults in datagrams: W of doc/faults.md. */
#include "faults.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "heart_beat.h"
#include "rounds.h"

#define NAME	  "a.test"
#define GOOD	  "192.0.2.1"
#define BAD	  "198.51.100.66"
#define ID	  0
#define FLAGS	  2
#define QUESTIONS 4
/* Of a question for a.test. */
#define TYPE  (PUPPET_HEADER + 8)
#define CLASS (TYPE + 2)
/* So many small datagrams have room in the buffer of a socket. */
#define BUFFERED 100

static struct puppet_question question;
static struct puppet_reply reply, good;

/* A lookup of NAME whose question has come, and two answers: a bad one, to be made wrong
 * by the test, and the good one. */
static DnsAsyncResult *
begin_lookup(void)
{
	DnsAsyncResult *handle = ask(NAME);

	puppet_take(&puppet, &question);
	puppet_reply_with(&reply, &question, BAD);
	puppet_reply_with(&good, &question, GOOD);
	return handle;
}

static void
send_reply(void)
{
	puppet_answer(&puppet, &question, &reply);
}

/* The bad one has come, and the lookup waits on. */
static void
expect_still_pending(const DnsAsyncResult *handle)
{
	await_turns(world.resolver, 4);
	ck_assert(!DnsAsyncResultIsCompleted(handle));
}

static void
end_with_good(DnsAsyncResult *handle)
{
	puppet_answer(&puppet, &question, &good);
	end_with_addresses(handle, GOOD);
}

/* ---- What is not the answer ---- */

/* All 65,535 with all rounds, which are the nearest first. */
START_TEST(w02_wrong_ids)
{
	DnsAsyncResult *handle = begin_lookup();
	unsigned int id = puppet_get_16(question.octets + ID), count = rounds(65535), i;
	struct heart_beat beat;

	heart_beat_start(&beat, world.resolver);
	for (i = 1; i <= count; i++) {
		puppet_put_16(reply.octets + ID, id + i);
		send_reply();
		if (i % BUFFERED == 0)
			await_turns(world.resolver, 4);
	}
	expect_still_pending(handle);
	end_with_good(handle);
	ck_assert_int_lt(heart_beat_stop(&beat, "w02"), LONGEST_TURN);
}
END_TEST

/* From any socket but the server's. */
static void
send_from(const char *address)
{
	struct sockaddr_in own = {.sin_family = AF_INET};
	int other = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	ssize_t sent;

	ck_assert_int_ge(other, 0);
	ck_assert_int_eq(inet_pton(AF_INET, address, &own.sin_addr), 1);
	ck_assert_int_eq(bind(other, (struct sockaddr *)&own, sizeof own), 0);
	sent = sendto(other, reply.octets, reply.length, 0,
		      (struct sockaddr *)&question.from, sizeof question.from);
	ck_assert_int_eq(sent, reply.length);
	close(other);
}

START_TEST(w03_another_port)
{
	DnsAsyncResult *handle = begin_lookup();

	send_from("127.0.0.1");
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w04_another_address)
{
	DnsAsyncResult *handle = begin_lookup();

	send_from("127.0.0.2");
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w05_another_name)
{
	DnsAsyncResult *handle = begin_lookup();

	reply.octets[PUPPET_HEADER + 1] = 'b';
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w06_another_type_or_class)
{
	static const unsigned int types[] = {28, 5, 255, 0x101};
	DnsAsyncResult *handle = begin_lookup();
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++) {
		puppet_put_16(reply.octets + TYPE, types[i]);
		send_reply();
	}
	puppet_put_16(reply.octets + TYPE, 1);
	puppet_put_16(reply.octets + CLASS, 3);
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w08_no_question)
{
	DnsAsyncResult *handle = begin_lookup();

	puppet_put_16(reply.octets + QUESTIONS, 0);
	send_reply();
	/* ... and none where it would be. */
	memmove(reply.octets + PUPPET_HEADER, reply.octets + question.length,
		reply.length - question.length);
	reply.length -= question.length - PUPPET_HEADER;
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w09_two_questions)
{
	DnsAsyncResult *handle = begin_lookup();
	size_t one = question.length - PUPPET_HEADER;

	puppet_put_16(reply.octets + QUESTIONS, 2);
	send_reply();
	memmove(reply.octets + question.length + one, reply.octets + question.length,
		reply.length - question.length);
	memcpy(reply.octets + question.length, reply.octets + PUPPET_HEADER, one);
	reply.length += one;
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w10_the_query_itself)
{
	DnsAsyncResult *handle = begin_lookup();

	puppet_send(&puppet, &question, question.octets, question.length);
	reply.octets[FLAGS] &= 0x7f;
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

/* The Z bit has no meaning. */
START_TEST(w11_other_opcodes_and_the_z_bit)
{
	DnsAsyncResult *handle = begin_lookup();
	unsigned int opcode;

	for (opcode = 1; opcode < 16; opcode++) {
		reply.octets[FLAGS] = (uint8_t)(0x81 | opcode << 3);
		send_reply();
	}
	expect_still_pending(handle);
	good.octets[FLAGS + 1] |= 0x40;
	end_with_good(handle);
}
END_TEST

START_TEST(w11_unknown_rcodes)
{
	char servers[128];
	unsigned int rcode;
	DnsAsyncResult *handle;

	for (rcode = 6; rcode < 16; rcode++) {
		handle = begin_lookup();
		reply.octets[FLAGS + 1] |= (uint8_t)rcode;
		send_reply();
		end_expecting(handle, DNS_STATUS_NO_RECOVERY);
	}
	snprintf(servers, sizeof servers, "%s,%s", puppet.address,
		 dns_server_address(world.server));
	use_servers(servers, NEVER, 1, NEVER);
	for (rcode = 6; rcode < 16; rcode++) {
		handle = begin_lookup();
		reply.octets[FLAGS + 1] |= (uint8_t)rcode;
		send_reply();
		end_with_addresses(handle, GOOD);
	}
}
END_TEST

START_TEST(w12_an_empty_datagram)
{
	DnsAsyncResult *handle = begin_lookup();

	puppet_send(&puppet, &question, reply.octets, 0);
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w13_one_to_eleven_octets)
{
	DnsAsyncResult *handle = begin_lookup();
	size_t length;

	for (length = 1; length < PUPPET_HEADER; length++)
		puppet_send(&puppet, &question, reply.octets, length);
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

START_TEST(w14_a_header_alone)
{
	DnsAsyncResult *handle = begin_lookup();

	memset(reply.octets + QUESTIONS, 0, 8);
	puppet_send(&puppet, &question, reply.octets, PUPPET_HEADER);
	reply.octets[FLAGS + 1] |= RCODE_NXDOMAIN;
	puppet_send(&puppet, &question, reply.octets, PUPPET_HEADER);
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

/* One of 65,536 may by chance have the id, and none is a response to the question. */
START_TEST(w15_anything)
{
	DnsAsyncResult *handle = begin_lookup();
	unsigned int count = rounds(10000), length, i, j;
	struct heart_beat beat;
	struct dice dice;

	dice_init(&dice);
	heart_beat_start(&beat, world.resolver);
	for (i = 1; i <= count; i++) {
		length = dice_roll(&dice, 600);
		for (j = 0; j < length; j++)
			reply.octets[j] = (uint8_t)dice_throw(&dice);
		puppet_send(&puppet, &question, reply.octets, length);
		if (i % BUFFERED == 0)
			await_turns(world.resolver, 4);
	}
	expect_still_pending(handle);
	end_with_good(handle);
	ck_assert_int_lt(heart_beat_stop(&beat, "w15"), LONGEST_TURN);
}
END_TEST

/* Nobody was asked for so much. */
START_TEST(w16_the_longest_datagram)
{
	DnsAsyncResult *handle = begin_lookup();

	memset(reply.octets + reply.length, 0xff, sizeof reply.octets - reply.length);
	reply.length = 65507;
	send_reply();
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

/* ---- Malformed answers ---- */

/* The malformed one is passed over, and the good one taken. */
static void
expect_passed_over(DnsAsyncResult *handle)
{
	send_reply();
	await_turns(world.resolver, 4);
	if (DnsAsyncResultIsCompleted(handle))
		ck_abort_msg("it has ended: %s",
			     DnsStatusGetText(EndGetHostByName(handle, NULL)));
	end_with_good(handle);
}

/* It is passed over, or what it has become is a good answer. TC is believed, as an rcode is. */
START_TEST(w17_every_bit_turned)
{
	DnsAsyncResult *handle;
	DnsStatus status;
	size_t bit, bits = 8 * PUPPET_HEADER;

	for (bit = 0; bit < bits; bit++) {
		if (bit / 8 == FLAGS && bit % 8 == 1)
			continue;
		handle = begin_lookup();
		bits = 8 * good.length;
		reply.octets[bit / 8] ^= (uint8_t)(1 << bit % 8);
		send_reply();
		await_turns(world.resolver, 4);
		if (!DnsAsyncResultIsCompleted(handle))
			puppet_answer(&puppet, &question, &good);
		status = EndGetHostByName(handle, NULL);
		if (bit / 8 == FLAGS + 1 && bit % 8 < 4)
			continue;
		if (status != DNS_STATUS_OK && status != DNS_STATUS_NO_DATA)
			ck_abort_msg("bit %zu: %s", bit, DnsStatusGetText(status));
	}
}
END_TEST

/* NOERROR by its header: the upper bits are in the OPT record. */
START_TEST(r05_badvers)
{
	static const uint8_t opt[] = "\0\0\x29\4\xd0\1\0\0\0\0";
	DnsAsyncResult *handle;
	DnsWaitHandle *wait;
	DnsReport *report;

	use_edns();
	handle = begin_lookup();
	puppet_reply_begin(&reply, &question);
	memcpy(reply.octets + reply.length, opt, sizeof opt);
	reply.length += sizeof opt;
	puppet_put_16(reply.octets + 10, 1);
	send_reply();
	wait = copy_wait_handle(handle);
	ck_assert_int_eq(DnsWaitHandleWaitOne(wait, -1), DNS_WAIT_SIGNALED);
	DnsWaitHandleRelease(wait);
	report = DnsAsyncResultCopyReport(handle);
	ck_assert_int_eq(DnsReportGetResponseCode(report), 16);
	DnsReportRelease(report);
	end_expecting(handle, DNS_STATUS_NO_RECOVERY);
}
END_TEST

START_TEST(w18_cut_off_anywhere)
{
	size_t length, whole = PUPPET_HEADER;
	DnsAsyncResult *handle;

	for (length = 0; length < whole; length++) {
		handle = begin_lookup();
		whole = reply.length;
		reply.length = length;
		expect_passed_over(handle);
	}
}
END_TEST

/* The octets at the owner of the record, which is a pointer at first. */
static uint8_t *
owner(void)
{
	return reply.octets + question.length;
}

/* In place of the owner, the record moves behind it. */
static void
put_owner(const void *octets, size_t length)
{
	memmove(owner() + length, owner() + 2, reply.length - question.length - 2);
	memcpy(owner(), octets, length);
	reply.length += length - 2;
}

/* Faults W20, W21, W23: circles, forwards, behind the end, into the header, labels of 64.
 */
START_TEST(w19_owners_that_are_no_names)
{
	static const struct {
		const char *octets;
		size_t length;
	} owners[] = {
		{"\xc0\x18", 2}, {"\xc0\x1a\xc0\x18", 4}, {"\xc0\x1c", 2},
		{"\xff\xff", 2}, {"\xc0\x00", 2},	  {"\xc0\x02", 2},
		{"\x40\x0c", 2}, {"\xbf\x0c", 2},	  {"\1a\xc0\x18", 4},
		{"\x80", 1},
	};
	DnsAsyncResult *handle;
	size_t i;

	for (i = 0; i < sizeof owners / sizeof owners[0]; i++) {
		handle = begin_lookup();
		put_owner(owners[i].octets, owners[i].length);
		expect_passed_over(handle);
	}
}
END_TEST

START_TEST(w24_a_name_of_256_octets)
{
	DnsAsyncResult *handle = begin_lookup();
	char name[256];
	size_t i;

	for (i = 0; i < 254; i += 2)
		memcpy(name + i, "\1x", 2);
	memcpy(name + 250, "\3xyz", 4);
	name[254] = 1;
	name[255] = 'x';
	put_owner(name, 256);
	expect_passed_over(handle);
}
END_TEST

START_TEST(w25_counts_that_promise_too_much)
{
	DnsAsyncResult *handle;
	size_t section;

	for (section = 6; section < PUPPET_HEADER; section += 2) {
		handle = begin_lookup();
		puppet_put_16(reply.octets + section, 65535);
		expect_passed_over(handle);
	}
}
END_TEST

START_TEST(w26_lengths_of_data)
{
	static const unsigned int lengths[] = {0, 3, 5, 65535};
	DnsAsyncResult *handle;
	size_t i;

	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		handle = begin_lookup();
		puppet_put_16(owner() + 10, lengths[i]);
		expect_passed_over(handle);
	}
}
END_TEST

START_TEST(w27_an_alias_and_its_length)
{
	static const unsigned int lengths[] = {1, 2, 4, 5};
	DnsAsyncResult *handle;
	size_t i;

	for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		handle = begin_lookup();
		puppet_reply_begin(&reply, &question);
		puppet_reply_add(&reply, 5, "\1b\0", 3);
		puppet_put_16(owner() + 10, lengths[i]);
		expect_passed_over(handle);
	}
}
END_TEST

/* ---- What is the answer, almost ---- */

START_TEST(w07_other_letters)
{
	DnsAsyncResult *handle = begin_lookup();
	size_t i;

	for (i = 1; i < TYPE - PUPPET_HEADER; i++)
		if (i != 2) { /* the length of the second label */
			reply.octets[PUPPET_HEADER + i] ^= 0x20;
			send_reply();
			reply.octets[PUPPET_HEADER + i] ^= 0x20;
		}
	expect_still_pending(handle);
	end_with_good(handle);
}
END_TEST

/* ---- Good answers at odd times ---- */

START_TEST(w31_two_answers)
{
	DnsAsyncResult *handle = begin_lookup();

	puppet_answer(&puppet, &question, &good);
	send_reply();
	end_with_addresses(handle, GOOD);
	handle = begin_lookup();
	send_reply();
	puppet_answer(&puppet, &question, &good);
	end_with_addresses(handle, BAD);
}
END_TEST

/* The slot of the first, and c-ares' memory of it, may be the second's. */
START_TEST(w32_after_its_time)
{
	unsigned int left = rounds(200);
	DnsAsyncResult *handle;
	bool is_cancelled;

	for (; left > 0; left--) {
		is_cancelled = left % 2 == 0;
		handle = begin_lookup();
		if (is_cancelled)
			DnsAsyncResultCancel(handle);
		else
			DnsAsyncResultSetDeadline(handle, 0);
		end_expecting(handle,
			      is_cancelled ? DNS_STATUS_CANCELLED : DNS_STATUS_TIMED_OUT);
		handle = ask("b.test");
		send_reply();
		answer_next("192.0.2.2");
		end_with_addresses(handle, "192.0.2.2");
	}
}
END_TEST

#define MANY 1000

/* Those that are out longest do not keep back the others, so that all are out at last. */
START_TEST(w33_in_reverse)
{
	static struct puppet_question questions[MANY];
	static DnsAsyncResult *handles[MANY];
	unsigned int count = rounds(MANY), taken = 0, i, number;
	char text[32];

	for (i = 0; i < count; i++) {
		snprintf(text, sizeof text, "n%u.test", i);
		handles[i] = ask(text);
		for (; i % BUFFERED == BUFFERED - 1 && taken <= i; taken++)
			puppet_take(&puppet, &questions[taken]);
	}
	for (; taken < count; taken++)
		puppet_take(&puppet, &questions[taken]);
	for (i = count; i-- > 0;) {
		sscanf((char *)questions[i].octets + PUPPET_HEADER + 2, "%u", &number);
		snprintf(text, sizeof text, "10.1.%u.%u", number >> 8, number & 255);
		puppet_reply_with(&reply, &questions[i], text);
		puppet_answer(&puppet, &questions[i], &reply);
		if (i % BUFFERED == 0)
			await_turns(world.resolver, 4);
	}
	for (i = 0; i < count; i++) {
		snprintf(text, sizeof text, "10.1.%u.%u", i >> 8, i & 255);
		end_with_addresses(handles[i], text);
	}
}
END_TEST

/* The answer to the first try comes when the second is out. */
START_TEST(w35_slower_than_the_timeout)
{
	struct puppet_question again;
	DnsAsyncResult *handle;

	use_servers(NULL, SHORT, 3, NEVER);
	handle = begin_lookup();
	puppet_take(&puppet, &again);
	if (_i == 0)
		end_with_good(handle);
	puppet_reply_with(&good, &again, GOOD);
	puppet_answer(&puppet, &again, &good);
	if (_i == 1)
		end_with_addresses(handle, GOOD);
}
END_TEST

static void
add_forged(TCase *tests)
{
	tcase_add_test(tests, w02_wrong_ids);
	tcase_add_test(tests, w03_another_port);
	tcase_add_test(tests, w04_another_address);
	tcase_add_test(tests, w05_another_name);
	tcase_add_test(tests, w06_another_type_or_class);
	tcase_add_test(tests, w08_no_question);
	tcase_add_test(tests, w09_two_questions);
	tcase_add_test(tests, w10_the_query_itself);
	tcase_add_test(tests, w11_other_opcodes_and_the_z_bit);
	tcase_add_test(tests, w11_unknown_rcodes);
	tcase_add_test(tests, w12_an_empty_datagram);
	tcase_add_test(tests, w13_one_to_eleven_octets);
	tcase_add_test(tests, w14_a_header_alone);
	tcase_add_test(tests, w15_anything);
	tcase_add_test(tests, w16_the_longest_datagram);
}

static void
add_malformed(TCase *tests)
{
	tcase_add_test(tests, w07_other_letters);
	tcase_add_test(tests, r05_badvers);
	tcase_add_test(tests, w17_every_bit_turned);
	tcase_add_test(tests, w18_cut_off_anywhere);
	tcase_add_test(tests, w19_owners_that_are_no_names);
	tcase_add_test(tests, w24_a_name_of_256_octets);
	tcase_add_test(tests, w25_counts_that_promise_too_much);
	tcase_add_test(tests, w26_lengths_of_data);
	tcase_add_test(tests, w27_an_alias_and_its_length);
}

void
add_datagram_faults(Suite *suite)
{
	TCase *tests = faults_case(suite, "datagrams");

	add_forged(tests);
	add_malformed(tests);
	tcase_add_test(tests, w31_two_answers);
	tcase_add_test(tests, w32_after_its_time);
	tcase_add_test(tests, w33_in_reverse);
	tcase_add_loop_test(tests, w35_slower_than_the_timeout, 0, 2);
}
