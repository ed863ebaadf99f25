/* SPDX-License-Identifier: MIT */
/* The scripted DNS server for shell tests that must tell it what to do meanwhile: reads
 * commands from standard input, and answers each with a line on standard output once it
 * is in effect. Ends with its standard input, so that none is left behind. */
#include <config.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../support/dns_server.h"

#define EXIT_SKIPPED 77
#define EXIT_HARD_ERROR 99

_Noreturn static void
give_up(const char *message, const char *what)
{
	fprintf(stderr, "scripted_dnsd: %s%s\n", message, what);
	exit(EXIT_HARD_ERROR);
}

/* The answer to the command, the number after "ok". */
static unsigned int
obey(struct dns_server *server, const char *verb, const char *name, unsigned int number)
{
	if (strcmp(verb, "servfail") == 0)
		dns_server_set_rcode(server, name, (int)number, RCODE_SERVFAIL);
	else if (strcmp(verb, "refuse") == 0)
		dns_server_set_rcode(server, name, 0, RCODE_REFUSED);
	else if (strcmp(verb, "malform") == 0)
		dns_server_misbehave(server, name, 0, ANSWER_MALFORMED);
	else if (strcmp(verb, "drop") == 0)
		dns_server_misbehave(server, name, 0, ANSWER_DROPPED);
	else if (strcmp(verb, "heal") == 0)
		dns_server_set_rcode(server, name, 0, RCODE_NOERROR);
	else if (strcmp(verb, "limit") == 0)
		dns_server_limit(server, (int)number);
	else if (strcmp(verb, "hold") == 0)
		dns_server_hold(server, name);
	else if (strcmp(verb, "release") == 0)
		dns_server_release(server, name);
	else if (strcmp(verb, "count") == 0)
		return dns_server_count_questions(server, name, 0);
	else if (strcmp(verb, "tcp") == 0)
		return dns_server_count_tcp_questions(server, name);
	else if (strcmp(verb, "wait") != 0)
		give_up("no such command: ", verb);
	else if (!dns_server_wait_for_questions(server, name, 0, number))
		give_up("nobody asked for ", name);
	return 0;
}

/* Where no network device is up, not even loopback, sockets can be bound, but not
 * reached. */
static bool
is_reachable(const struct dns_server *server)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(dns_server_port(server)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int probe = socket(AF_INET, SOCK_DGRAM, 0);
	bool is_connected;

	is_connected = connect(probe, (struct sockaddr *)&address, sizeof(address)) == 0;
	close(probe);
	return is_connected;
}

int
main(int argc, char *argv[])
{
	char line[512], verb[16], name[256];
	struct dns_server *server;
	unsigned int number;

	if (argc != 2)
		give_up("no zone file", "");
	server = dns_server_start();
	if (!is_reachable(server))
		return EXIT_SKIPPED;
	if (dns_server_load_zone(server, argv[1]) < 0)
		return EXIT_HARD_ERROR;
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	printf("%s\n", dns_server_address(server));
	while (fgets(line, sizeof(line), stdin) != NULL) {
		number = 0;
		if (sscanf(line, "%15s %255s %u", verb, name, &number) < 2)
			give_up("not a command: ", line);
		printf("ok %u\n", obey(server, verb, name, number));
	}
	dns_server_stop(server);
	return EXIT_SUCCESS;
}
