/* SPDX-License-Identifier: MIT */
/* Answers as text. */
#include "dns_client.h"

#include <arpa/inet.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Reads a message; whatever is wrong with it sets is_bad and reads as nothing. */
struct reader {
	const uint8_t *bytes;
	size_t length;
	size_t at;
	bool is_bad;
};

static unsigned int
get8(struct reader *reader)
{
	if (reader->at >= reader->length) {
		reader->is_bad = true;
		return 0;
	}
	return reader->bytes[reader->at++];
}

static unsigned int
get16(struct reader *reader)
{
	unsigned int high = get8(reader);

	return high << 8 | get8(reader);
}

static unsigned int
get32(struct reader *reader)
{
	unsigned int high = get16(reader);

	return high << 16 | get16(reader);
}

static void
get_name(struct reader *reader, char text[300])
{
	size_t after = 0;
	size_t length = 0;
	int pointers = 0;
	unsigned int label;
	unsigned int i;

	while (!reader->is_bad && (label = get8(reader)) != 0) {
		if (label >= 0xc0) {
			size_t target = (label & 0x3f) << 8 | get8(reader);

			if (after == 0)
				after = reader->at;
			reader->at = target;
			reader->is_bad = reader->is_bad || ++pointers > 20;
		} else if (label > 63 || length + label > 254) {
			reader->is_bad = true;
		} else {
			if (length > 0)
				text[length++] = '.';
			for (i = 0; i < label; i++)
				text[length++] = (char)get8(reader);
		}
	}
	text[length] = '\0';
	if (after != 0)
		reader->at = after;
}

__attribute__((format(printf, 3, 4))) static void
append(char *text, size_t size, const char *format, ...)
{
	size_t length = strnlen(text, size);
	va_list arguments;

	if (length + 1 >= size)
		return;
	va_start(arguments, format);
	vsnprintf(text + length, size - length, format, arguments);
	va_end(arguments);
}

static void
append_address(char *text, size_t size, struct reader *reader, int family)
{
	uint8_t address[16];
	char shown[INET6_ADDRSTRLEN];
	int i;

	for (i = 0; i < (family == AF_INET ? 4 : 16); i++)
		address[i] = (uint8_t)get8(reader);
	inet_ntop(family, address, shown, sizeof(shown));
	append(text, size, "%s", shown);
}

static void
append_strings(char *text, size_t size, struct reader *reader, size_t end)
{
	const char *blank = "";

	while (reader->at < end && !reader->is_bad) {
		char string[256] = "";
		unsigned int length = get8(reader);
		unsigned int i;

		for (i = 0; i < length; i++)
			string[i] = (char)get8(reader);
		append(text, size, "%s\"%s\"", blank, string);
		blank = " ";
	}
}

static void
append_data(char *text, size_t size, struct reader *reader, unsigned int type, size_t end)
{
	int numbers = type == 15 ? 1 : type == 33 ? 3 : 0;
	char name[300];
	int i;

	for (i = 0; i < numbers; i++)
		append(text, size, "%u ", get16(reader));
	if (type == 1 || type == 28) {
		append_address(text, size, reader, type == 1 ? AF_INET : AF_INET6);
	} else if (type == 16) {
		append_strings(text, size, reader, end);
	} else {
		get_name(reader, name);
		append(text, size, "%s", name);
	}
	if (type == 6) {
		get_name(reader, name);
		append(text, size, " %s", name);
		for (i = 0; i < 5; i++)
			append(text, size, " %u", get32(reader));
	}
}

static const char *
name_type(unsigned int type)
{
	switch (type) {
	case 1:
		return "A";
	case 2:
		return "NS";
	case 5:
		return "CNAME";
	case 6:
		return "SOA";
	case 12:
		return "PTR";
	case 15:
		return "MX";
	case 16:
		return "TXT";
	case 28:
		return "AAAA";
	case 33:
		return "SRV";
	default:
		return "?";
	}
}

static void
read_records(struct reader *reader, unsigned int count, char *text, size_t size)
{
	for (; count > 0 && !reader->is_bad; count--) {
		char name[300];
		unsigned int type;
		unsigned int class;
		unsigned int ttl;
		size_t end;

		get_name(reader, name);
		type = get16(reader);
		class = get16(reader);
		ttl = get32(reader);
		end = get16(reader);
		end += reader->at;
		if (type == 41) {
			append(text, size, "OPT %u\n", class);
		} else {
			append(text, size, "%s %u %s ", name, ttl, name_type(type));
			append_data(text, size, reader, type, end);
			append(text, size, "\n");
		}
		if (reader->at > end || (type != 41 && reader->at != end))
			reader->is_bad = true;
		reader->at = end;
	}
}

void
client_read_reply(struct reply *reply)
{
	struct reader reader = {.bytes = reply->bytes, .length = reply->length};
	unsigned int counts[4];
	char name[300];
	int i;

	reply->question[0] = '\0';
	reply->answers[0] = '\0';
	reply->authorities[0] = '\0';
	reply->additionals[0] = '\0';
	reply->id = get16(&reader);
	reply->flags = get16(&reader);
	reply->rcode = reply->flags & 15;
	for (i = 0; i < 4; i++)
		counts[i] = get16(&reader);
	if (counts[0] > 0) {
		get_name(&reader, name);
		append(reply->question, sizeof(reply->question), "%s %s", name,
		       name_type(get16(&reader)));
		get16(&reader);
	}
	read_records(&reader, counts[1], reply->answers, sizeof(reply->answers));
	read_records(&reader, counts[2], reply->authorities, sizeof(reply->authorities));
	read_records(&reader, counts[3], reply->additionals, sizeof(reply->additionals));
	reply->is_malformed = reader.is_bad || reader.at != reader.length;
}
