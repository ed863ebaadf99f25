/* SPDX-License-Identifier: MIT */
/* A name as messages have it; and a name as a caller may give it, or that of a type. */
#include <asyncdns/record_type.h>

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "host_name.h"
#include "question.h"
#include "search_list.h"
#include "unicode_name.h"
#include "wire_name.h"

/* One octet of a name's text, escaped or not. */
static uint8_t
read_octet(const char **text)
{
	const char *at = *text;

	require(at[0] > 0x20 && at[0] < 0x7f && at[0] != '.');
	*text = at + 1;
	if (at[0] != '\\')
		return (uint8_t)at[0];
	*text = at + 2;
	if (at[1] < '0' || at[1] > '9')
		return (uint8_t)at[1];
	*text = at + 4;
	return (uint8_t)((at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0');
}

/* The text of a name says all that is in it. */
static void
check_wire_name(const uint8_t *name, size_t length)
{
	char text[WIRE_NAME_TEXT_SIZE];
	const char *at = text;
	unsigned int left;

	require(wire_name_print(name, text) == strlen(text));
	while ((left = *name++) != 0) {
		require(left <= WIRE_LABEL_MAXIMUM && left < length);
		while (left-- > 0)
			require(read_octet(&at) == *name++);
		if (*name != 0)
			require(*at++ == '.');
	}
	require(*at == '\0');
}

static bool
is_in_normal_form(const char *name)
{
	for (; *name != '\0'; name++)
		if (*name >= 'A' && *name <= 'Z')
			return false;
	return true;
}

static void
check_host_name(const char *text, size_t length)
{
	char *name = malloc(length + 1), *below = malloc(length + 3);

	require(name != NULL && below != NULL);
	host_name_normalise(name, text, length);
	require(is_in_normal_form(name) && strlen(name) + 1 >= length);
	require(!host_name_is_possible(name) || host_name_is_possible_in_dns(name));
	require(host_name_is_same(name, name) && host_name_is_within(name, name));
	require(host_name_is_within(name, ""));
	below[0] = 'a';
	below[1] = '.';
	strcpy(below + 2, name);
	require(host_name_is_within(below, name) && !host_name_is_same(below, name));
	if (search_list_is_suffix(text, length) && text[0] != '.')
		require(*name == '\0' || host_name_is_possible(name));
	free(below);
	free(name);
}

static void
check_unicode_name(const char *text)
{
	char ascii[QUESTION_NAME_SIZE];
	size_t i;

	if (unicode_name_to_ascii(text, ascii, sizeof ascii) != 0)
		return;
	for (i = 0; ascii[i] != '\0'; i++)
		require((unsigned char)ascii[i] < 0x80);
	require(i < sizeof ascii);
}

/* What it was taken for, it is: the name in normal form, asked for again. */
static void
check_again(const struct question *question)
{
	struct question again;

	require(is_in_normal_form(question->name));
	require(question->kind == QUESTION_ADDRESS ||
		host_name_is_possible(question->name));
	require(question_read_host(&again, question->name) == 0);
	require(again.kind == question->kind);
	require(strcmp(again.name, question->name) == 0);
}

static void
check_question(const char *text)
{
	struct question question;
	char reverse[QUESTION_NAME_SIZE];
	int error = question_read_host(&question, text);

	require(error == 0 || error == ENAMETOOLONG);
	if (error == 0 && question.kind != QUESTION_NO_HOST &&
	    question.kind != QUESTION_NO_IDN)
		check_again(&question);
	if (error == 0 && question.kind == QUESTION_ADDRESS) {
		question_make_reverse_name(&question.address, reverse);
		require(host_name_is_possible(reverse));
	}
	error = question_read_name(&question, text);
	require(error == 0 || error == EINVAL || error == ENAMETOOLONG);
	if (error == 0 && question.kind == QUESTION_NAME)
		require(host_name_is_possible_in_dns(question.name));
}

static void
check_type(const char *text)
{
	int type = DnsRecordTypeFromText(text);
	char name[16];

	require(type >= -1 && type <= 0xffff);
	if (type < 0)
		return;
	require(DnsRecordTypeFormat(type, name, sizeof name) < sizeof name);
	require(DnsRecordTypeFromText(name) == type);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t length = wire_name_length(data, size);
	char *text = malloc(size + 1);

	require(text != NULL && length <= size && length <= WIRE_NAME_MAXIMUM);
	if (length > 0)
		check_wire_name(data, length);
	search_list_is_suffix((const char *)data, size);
	memcpy(text, data, size);
	text[size] = '\0';
	check_host_name(text, strlen(text));
	check_unicode_name(text);
	if (*text != '\0') /* which is this host's own name */
		check_question(text);
	check_type(text);
	free(text);
	return 0;
}
