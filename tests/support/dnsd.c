/* SPDX-License-Identifier: MIT */
/* The scripted server as a program, for shell tests and demonstrations. It ends with the
 * program that started it, so that none is left behind. */
#include "dns_server.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define EXIT_USAGE 2

struct settings {
	int delay;
	const char *port_file;
	const char *zone_file;
};

static const char usage[] =
	"Usage: dnsd [--delay=MS] [--port-file=FILE] ZONEFILE\n"
	"Answers DNS questions on a free port of 127.0.0.1, over UDP and TCP, from\n"
	"ZONEFILE, which has one record a line: NAME TTL A|AAAA|CNAME|MX|TXT|PTR|NS|SRV\n"
	"DATA. Prints 127.0.0.1:PORT and runs until SIGTERM or SIGINT, or until its\n"
	"parent ends.\n"
	"\n"
	"  --delay=MS        every answer waits that many milliseconds\n"
	"  --port-file=FILE  writes 127.0.0.1:PORT to FILE as well, whole or not at all\n"
	"  --help            prints this\n";

_Noreturn static void
refuse(const char *message, const char *what)
{
	fprintf(stderr, "dnsd: %s%s\n%s", message, what, usage);
	exit(EXIT_USAGE);
}

static int
read_delay(const char *text)
{
	char *end;
	long delay;

	errno = 0;
	delay = strtol(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || delay < 0 || delay > INT_MAX)
		refuse("not a number of milliseconds: ", text);
	return (int)delay;
}

static struct settings
read_arguments(int argc, char *argv[])
{
	static const struct option options[] = {
		{"delay", required_argument, NULL, 'd'},
		{"port-file", required_argument, NULL, 'p'},
		{"help", no_argument, NULL, 'h'},
		{NULL, 0, NULL, 0},
	};
	struct settings settings = {.delay = 0};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'd':
			settings.delay = read_delay(optarg);
			break;
		case 'p':
			settings.port_file = optarg;
			break;
		case 'h':
			fputs(usage, stdout);
			exit(EXIT_SUCCESS);
		default:
			fputs(usage, stderr);
			exit(EXIT_USAGE);
		}
	}
	if (argc - optind != 1)
		refuse(argc == optind ? "no ZONEFILE" : "more than one ZONEFILE", "");
	settings.zone_file = argv[optind];
	return settings;
}

/* Under another name first: who waits for the file never reads half of it. */
static bool
write_port_file(const char *path, const char *address)
{
	size_t size = strlen(path) + sizeof(".tmp");
	char *temporary = malloc(size);
	FILE *file = NULL;
	bool is_written = false;

	if (temporary != NULL) {
		snprintf(temporary, size, "%s.tmp", path);
		file = fopen(temporary, "w");
	}
	if (file != NULL) {
		is_written = fprintf(file, "%s\n", address) > 0;
		is_written = fclose(file) == 0 && is_written;
		is_written = is_written && rename(temporary, path) == 0;
	}
	if (!is_written)
		fprintf(stderr, "dnsd: %s: %s\n", path, strerror(errno));
	free(temporary);
	return is_written;
}

/* Asked for rather than sent by the kernel (PR_SET_PDEATHSIG), which takes the end of the
 * thread that started us for the end of the parent. */
static void
wait_for_end(const sigset_t *ends, pid_t parent)
{
	const struct timespec moment = {.tv_nsec = 100 * 1000 * 1000};

	while (getppid() == parent && sigtimedwait(ends, NULL, &moment) < 0)
		continue;
}

int
main(int argc, char *argv[])
{
	pid_t parent = getppid();
	struct settings settings = read_arguments(argc, argv);
	struct dns_server *server;
	int status = EXIT_FAILURE;
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	server = dns_server_start();
	dns_server_set_delay_of_all(server, settings.delay);
	if (dns_server_load_zone(server, settings.zone_file) < 0) {
		status = EXIT_USAGE;
	} else if (settings.port_file == NULL ||
		   write_port_file(settings.port_file, dns_server_address(server))) {
		if (printf("%s\n", dns_server_address(server)) > 0 &&
		    fflush(stdout) == 0) {
			wait_for_end(&ends, parent);
			status = EXIT_SUCCESS;
		}
	}
	dns_server_stop(server);
	return status;
}
