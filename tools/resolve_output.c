/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "resolve_output.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "resolve.h"

/* A longer name moves its own line only. */
#define NAME_WIDTH_LIMIT 48
#define ADDRESS_TEXT_SIZE (INET6_ADDRSTRLEN + 1 + IF_NAMESIZE)

static bool
is_same_file(int a, int b)
{
	struct stat of_a, of_b;

	return fstat(a, &of_a) == 0 && fstat(b, &of_b) == 0 &&
	       of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

void
output_open(struct output *output, const struct settings *settings)
{
	size_t length;
	int i;

	*output = (struct output){
		.family = settings->family,
		.timeout = settings->timeout,
		.is_short = settings->is_short,
		.is_aligned = isatty(STDOUT_FILENO) != 0,
		.is_shared = is_same_file(STDOUT_FILENO, STDERR_FILENO),
	};
	for (i = 0; i < settings->operand_count; i++) {
		length = strlen(settings->operands[i]);
		if (length > (size_t)output->name_width && length <= NAME_WIDTH_LIMIT)
			output->name_width = (int)length;
	}
	/* A message is one write, not one for each of its parts. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
}

static void
output_check(struct output *output)
{
	if (output->error == 0 && ferror(stdout))
		output->error = errno != 0 ? errno : EIO;
}

void
output_flush(struct output *output)
{
	if (output->error == 0 && fflush(stdout) != 0)
		output->error = errno;
}

int
output_close(struct output *output)
{
	output_flush(output);
	if (fclose(stdout) != 0 && output->error == 0)
		output->error = errno;
	if (output->error == 0)
		return EXIT_FOUND;
	fprintf(stderr, PROGRAM_NAME ": write error: %s\n", strerror(output->error));
	return EXIT_TROUBLE;
}

/* A byte that is not printable ASCII becomes \DDD, as in a zone file (RFC 1035 5.1).
 * Returns the number of columns. */
static int
write_escaped(FILE *file, const char *text, size_t length)
{
	int width = 0;
	size_t i;

	for (i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte < ' ' || byte > '~') {
			width += fprintf(file, "\\%03u", byte);
		} else {
			if (byte == '\\')
				width += putc('\\', file) != EOF;
			width += putc(byte, file) != EOF;
		}
	}
	return width;
}

/* "resolve: NAME", to which the caller adds the rest of the line. */
static void
message_begin(struct output *output, const char *name, size_t length)
{
	if (output->is_shared)
		output_flush(output);
	fputs(PROGRAM_NAME ": ", stderr);
	if (length > 0)
		write_escaped(stderr, name, length);
	else
		fputs("''", stderr);
}

static void
message_write(struct output *output, const struct item *item, const char *text)
{
	message_begin(output, item->name, item->length);
	fprintf(stderr, ": %s\n", text);
}

static void
format_address(const struct sockaddr *address, char text[ADDRESS_TEXT_SIZE])
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	char scope[IF_NAMESIZE];
	size_t length;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		inet_ntop(AF_INET, &v4.sin_addr, text, ADDRESS_TEXT_SIZE);
		return;
	}
	memcpy(&v6, address, sizeof(v6));
	inet_ntop(AF_INET6, &v6.sin6_addr, text, ADDRESS_TEXT_SIZE);
	if (v6.sin6_scope_id == 0)
		return;
	if (if_indextoname(v6.sin6_scope_id, scope) == NULL)
		snprintf(scope, sizeof(scope), "%u", (unsigned int)v6.sin6_scope_id);
	length = strlen(text);
	snprintf(text + length, ADDRESS_TEXT_SIZE - length, "%%%s", scope);
}

static void
write_address(struct output *output, const struct item *item, unsigned long ttl,
	      const struct sockaddr *address)
{
	const char *type = address->sa_family == AF_INET ? "A" : "AAAA";
	char text[ADDRESS_TEXT_SIZE];
	int width;

	format_address(address, text);
	if (!output->is_short) {
		width = write_escaped(stdout, item->name, item->length);
		if (width > output->name_width && width <= NAME_WIDTH_LIMIT)
			output->name_width = width;
		if (!output->is_aligned)
			printf("\t%lu\t%s\t", ttl, type);
		else if (width < output->name_width)
			printf("%*s  %5lu  %-4s  ", output->name_width - width, "", ttl,
			       type);
		else
			printf("  %5lu  %-4s  ", ttl, type);
	}
	write_escaped(stdout, text, strlen(text));
	putchar('\n');
	output_check(output);
}

int
output_entry(struct output *output, const struct item *item, const DnsHostEntry *entry)
{
	size_t count = DnsHostEntryGetAddressCount(entry);
	unsigned long ttl = DnsHostEntryGetTimeToLive(entry);
	bool is_found = false;
	size_t i;

	for (i = 0; i < count; i++) {
		const struct sockaddr *address = DnsHostEntryGetAddress(entry, i, NULL);

		if (output->family != AF_UNSPEC && output->family != address->sa_family)
			continue;
		write_address(output, item, ttl, address);
		is_found = true;
	}
	return is_found ? EXIT_FOUND : output_failure(output, item, DNS_STATUS_NO_DATA);
}

/* "250 ms", "10 s", "1.5 s" */
static void
format_time(int milliseconds, char *text, size_t size)
{
	int length;

	if (milliseconds < 1000) {
		snprintf(text, size, "%d ms", milliseconds);
		return;
	}
	length = snprintf(text, size, "%d.%03d", milliseconds / 1000,
			  milliseconds % 1000);
	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	snprintf(text + length, size - (size_t)length, " s");
}

static const char *
no_data_text(int family)
{
	switch (family) {
	case AF_INET:
		return "has no IPv4 address";
	case AF_INET6:
		return "has no IPv6 address";
	default:
		return "has no address";
	}
}

int
output_failure(struct output *output, const struct item *item, DnsStatus status)
{
	char time[32];

	switch (status) {
	case DNS_STATUS_HOST_NOT_FOUND:
		message_write(output, item, "does not exist");
		return EXIT_NOT_FOUND;
	case DNS_STATUS_NO_DATA:
		message_write(output, item, no_data_text(output->family));
		return EXIT_NOT_FOUND;
	case DNS_STATUS_TRY_AGAIN:
		message_write(output, item, "server failure or nobody reachable");
		return EXIT_NO_ANSWER;
	case DNS_STATUS_NO_RECOVERY:
		message_write(output, item, "refused, or the answer was malformed");
		return EXIT_NO_ANSWER;
	case DNS_STATUS_TIMED_OUT:
		format_time(output->timeout, time, sizeof(time));
		message_begin(output, item->name, item->length);
		fprintf(stderr, ": no reply (%s)\n", time);
		return EXIT_NO_ANSWER;
	default:
		message_write(output, item, DnsStatusGetText(status));
		return EXIT_TROUBLE;
	}
}

int
output_fault(struct output *output, const struct item *item)
{
	switch (item->fault) {
	case ITEM_TOO_LONG:
		message_write(output, item, "too long for a name");
		break;
	case ITEM_SEVERAL_WORDS:
		message_write(output, item, "more than one word in a line");
		break;
	default:
		message_write(output, item, "cannot be a name");
		break;
	}
	return EXIT_NOT_FOUND;
}

int
output_error(struct output *output, const struct item *item, int error)
{
	message_write(output, item, strerror(error));
	return EXIT_TROUBLE;
}

int
output_file_error(struct output *output, const char *file_name, int error)
{
	message_begin(output, file_name, strlen(file_name));
	fprintf(stderr, ": %s\n", strerror(error));
	return EXIT_TROUBLE;
}
