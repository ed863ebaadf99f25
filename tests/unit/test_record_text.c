/* SPDX-License-Identifier: MIT */
#include "unit.h"

#include <asyncdns/record_text.h>

#include <stdlib.h>
#include <string.h>

#include "record_samples.h"
#include "rooms.h"

static struct DnsRecordSet *set;
static const DnsRecord *record;
static char text[8192];

static void
tear_down(void)
{
	DnsRecordSetRelease(set);
	set = NULL;
}

/* The only record of the answer, in the place of the one before. */
static void
read_record(unsigned int type, const void *data, size_t length)
{
	DnsRecordSetRelease(set);
	ck_assert_int_eq(record_sample_read(&set, type, data, length), DNS_STATUS_OK);
	ck_assert_uint_eq(DnsRecordSetGetCount(set, DNS_SECTION_ANSWER), 1);
	record = DnsRecordSetGetRecord(set, DNS_SECTION_ANSWER, 0);
}

static void
check_text(unsigned int type, const void *data, size_t length, const char *expected)
{
	read_record(type, data, length);
	ck_assert_uint_eq(DnsRecordFormat(record, text, sizeof text), strlen(expected));
	ck_assert_str_eq(text, expected);
}

static void
check_sample_text(const struct record_sample *sample)
{
	const uint8_t *data;
	size_t length;

	check_text(sample->type, sample->data, sample->length, sample->text);
	data = DnsRecordGetData(record, &length);
	ck_assert_uint_eq(length, sample->length);
	ck_assert_mem_eq(data, sample->data, length);
	ck_assert_int_eq(DnsRecordGetType(record), (int)sample->type);
}

START_TEST(every_type_has_its_text)
{
	record_sample_each(check_sample_text);
}
END_TEST

/* In a buffer of just that size, which ASan watches. */
static void
check_sizes(const struct record_sample *sample)
{
	size_t length = strlen(sample->text), size;
	char *buffer;

	read_record(sample->type, sample->data, sample->length);
	ck_assert_uint_eq(DnsRecordFormat(record, NULL, 0), length);
	for (size = 1; size <= length + 2; size++) {
		buffer = malloc(size);
		expect(DnsRecordFormat(record, buffer, size) == length, "the length");
		expect(strlen(buffer) == (size <= length ? size - 1 : length), "the NUL");
		expect(memcmp(buffer, sample->text, strlen(buffer)) == 0, "the text");
		free(buffer);
	}
}

START_TEST(it_writes_no_more_than_fits)
{
	record_sample_each(check_sizes);
}
END_TEST

static void
check_cuts(const struct record_sample *sample)
{
	DnsStatus status;
	size_t length;

	for (length = 0; length < sample->length; length++) {
		DnsRecordSetRelease(set);
		status = record_sample_read(&set, sample->type, sample->data, length);
		ck_assert_int_eq(status, record_sample_is_good_at(sample, length) ?
				 DNS_STATUS_OK : DNS_STATUS_NO_RECOVERY);
		ck_assert((set != NULL) == (status == DNS_STATUS_OK));
	}
}

START_TEST(data_cut_off_anywhere_are_malformed)
{
	record_sample_each(check_cuts);
}
END_TEST

static void
check_open_end(const struct record_sample *sample)
{
	static const unsigned int open[] = { 10, 29, 43, 44, 48, 52, 53, 59, 60, 61, 63, 256,
					     257, 65280 };
	DnsStatus expected = DNS_STATUS_NO_RECOVERY;
	char data[512];
	size_t i;

	for (i = 0; i < sizeof open / sizeof open[0]; i++)
		if (sample->type == open[i])
			expected = DNS_STATUS_OK;
	memcpy(data, sample->data, sample->length);
	data[sample->length] = 1;
	tear_down();
	ck_assert_int_eq(record_sample_read(&set, sample->type, data, sample->length + 1),
			 expected);
}

START_TEST(nothing_may_follow_the_data)
{
	record_sample_each(check_open_end);
}
END_TEST

/* Faults A18, A19. */
START_TEST(what_the_server_wrote_stays_printable)
{
	unsigned int octet;
	char data[2];
	size_t i;

	for (octet = 0; octet < 256; octet++) {
		data[0] = 1;
		data[1] = (char)octet;
		read_record(16, data, 2);
		DnsRecordFormat(record, text, sizeof text);
		for (i = 0; text[i] != '\0'; i++)
			expect(text[i] >= 0x20 && text[i] < 0x7f, "not printable");
	}
}
END_TEST

START_TEST(names_are_written_in_full)
{
	check_text(5, "\0", 1, ".");
	check_text(5, "\1A\4Test\0", 8, "A.Test.");
	check_text(5, "\3\0.\\\0", 5, "\\000\\.\\\\.");
	check_text(5, "\2\x7f\xff\0", 4, "\\127\\255.");
	check_text(5, "\6\xc3\xa4 \";@\0", 8, "\\195\\164\\032\\\"\\;\\@.");
	check_text(5, "\5-_*+~\0", 7, "-_*+~.");
}
END_TEST

/* Names of 255 octets, all of which need escapes, and the longest strings. */
START_TEST(the_longest_text_keeps_to_its_bound)
{
	static uint8_t data[65000];
	size_t length;

	memset(data, 0xff, sizeof data);
	read_record(65280, data, sizeof data);
	length = DnsRecordFormat(record, NULL, 0);
	ck_assert_uint_eq(length, strlen("\\# 65000 ") + 2 * sizeof data);
	for (length = 0; length + 256 <= sizeof data; length += 256)
		data[length] = 255;
	read_record(16, data, length);
	ck_assert_uint_eq(DnsRecordFormat(record, NULL, 0), length / 256 * (4 * 255 + 3) - 1);
}
END_TEST

START_TEST(nothing_has_no_text)
{
	strcpy(text, "x");
	ck_assert_uint_eq(DnsRecordFormat(NULL, text, sizeof text), 0);
	ck_assert_str_eq(text, "");
	ck_assert_uint_eq(DnsRecordFormat(NULL, NULL, 0), 0);
}
END_TEST

void
record_text_tests(TCase *tests)
{
	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, every_type_has_its_text);
	tcase_add_test(tests, it_writes_no_more_than_fits);
	tcase_add_test(tests, data_cut_off_anywhere_are_malformed);
	tcase_add_test(tests, nothing_may_follow_the_data);
	tcase_add_test(tests, what_the_server_wrote_stays_printable);
	tcase_add_test(tests, names_are_written_in_full);
	tcase_add_test(tests, the_longest_text_keeps_to_its_bound);
	tcase_add_test(tests, nothing_has_no_text);
}
