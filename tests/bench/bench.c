/* SPDX-License-Identifier: MIT */
/* One client against the responder; prints what was measured, a line "NAME VALUE" each:
 *
 *     bench CLIENT [-s SERVER] [-n COUNT] [-k OUTSTANDING] [-t THREADS] [-a] [-w]
 *
 * -a: A alone, not A and AAAA; -w: names whose answers take a while; -s: ADDRESS:PORT.
 *
 *     rate    lookups a second            cpu   microseconds of processor a lookup
 *     p50     median of the latency, us   p99   its 99th percentile
 *     late    lookups of two seconds and more: datagrams were lost
 *     wrong   lookups not answered as they should be
 *     begin   microseconds that Begin takes of its caller's thread
 *     bytes   of the heap a lookup under way
 *     asked   questions to servers, where there should be none
 *
 * "bench version" says which c-ares it is, and which libraries stand beside it; "bench
 * clients", which clients there are: those of libraries that were there to build with. */
#include <config.h>

#include <asyncdns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"

/* A run that loses answers must not take for ever. */
#define SECONDS_MAXIMUM 60
#define VERSION_SIZE 256

static const struct client {
	const char *name;
	void (*function)(struct run *run);
	bool reports;	/* itself, what is no lookup over the wire */
} clients[] = {
	{ "asyncdns", client_callback, false },
	{ "asyncdns-sorted", client_sorted, false },
	{ "asyncdns-dispatch", client_dispatch, false },
	{ "asyncdns-end", client_end, false },
	{ "asyncdns-waitany", client_wait_any, false },
	{ "asyncdns-descriptor", client_descriptor, false },
	{ "ares", client_ares, false },
	{ "ares-gethostbyname", client_ares_gethostbyname, false },
	{ "getaddrinfo", client_getaddrinfo, false },
	{ "getaddrinfo-hosts", client_getaddrinfo, false },
#ifdef HAVE_GETADDRINFO_A
	{ "getaddrinfo_a", client_getaddrinfo_a, false },
#endif
#ifdef LIBUV_VERSION
	{ "libuv", client_libuv, false },
#endif
#ifdef GIO_VERSION
	{ "glib", client_glib, false },
#endif
	{ "floor", client_floor, false },
	{ "floor-batch", client_floor_batch, false },
	{ "floor-ports", client_floor_ports, false },
	{ "begin-busy", client_begin_busy, true },
	{ "begin-woken", client_begin_woken, true },
	{ "cache", client_cache, true },
	{ "hosts", client_hosts, true },
	{ "memory", client_memory, true },
	{ "ares-memory", client_ares_memory, true },
};

static const struct client *
find_client(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof clients / sizeof *clients; i++)
		if (!strcmp(clients[i].name, name))
			return &clients[i];
	return NULL;
}

static bool
read_options(struct run *run, bool *is_slow, int argc, char *argv[])
{
	int option;

	while ((option = getopt(argc, argv, "s:n:k:t:aw")) != -1) {
		switch (option) {
		case 's':
			run->server = optarg;
			break;
		case 'n':
			run->count = atol(optarg);
			break;
		case 'k':
			run->outstanding = atol(optarg);
			break;
		case 't':
			run->threads = atoi(optarg);
			break;
		case 'a':
			run->family = AF_INET;
			break;
		case 'w':
			*is_slow = true;
			break;
		default:
			return false;
		}
	}
	return optind == argc && run->count > 0 && run->outstanding > 0 && run->threads > 0;
}

static void
print_version(void)
{
	char text[VERSION_SIZE];

	DnsVersionFormat(text, sizeof text);
	puts(text);
#ifdef _CS_GNU_LIBC_VERSION
	if (confstr(_CS_GNU_LIBC_VERSION, text, sizeof text) > 0)
		puts(text);
#endif
#ifdef LIBUV_VERSION
	puts("libuv " LIBUV_VERSION);
#endif
#ifdef GIO_VERSION
	puts("GLib " GIO_VERSION);
#endif
}

static void
print_clients(void)
{
	size_t i;

	for (i = 0; i < sizeof clients / sizeof *clients; i++)
		puts(clients[i].name);
}

int
main(int argc, char *argv[])
{
	struct run run = { .server = "127.0.0.1:53", .count = 1, .outstanding = 1,
			   .threads = 1 };
	const struct client *client;
	bool is_slow = false;

	if (argc == 2 && !strcmp(argv[1], "version")) {
		print_version();
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "clients")) {
		print_clients();
		return 0;
	}
	client = argc > 1 ? find_client(argv[1]) : NULL;
	if (client == NULL || !read_options(&run, &is_slow, argc - 1, argv + 1)) {
		fprintf(stderr, "Usage: bench CLIENT [-s SERVER] [-n COUNT] [-k OUTSTANDING] "
				"[-t THREADS] [-a] [-w]\n");
		return 2;
	}
	if (!run_prepare(&run, is_slow))
		run_fail("names");
	alarm(SECONDS_MAXIMUM);
	client->function(&run);
	if (!client->reports)
		run_report(&run);
	run_release(&run);
	return 0;
}
