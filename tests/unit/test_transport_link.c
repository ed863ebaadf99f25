/* SPDX-License-Identifier: MIT */
/* A server on a link, which only its scope leads to. In a network namespace of its own,
 * where the system lets the test have one. */
#include <config.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

#include "answer.h"
#include "passengers.h"
#include "rooms.h"

#define PORT 5353
#define NXDOMAIN 3

static int responder = -1;

/* Says to each question that there is no such name. */
static void *
respond(void *unused)
{
	struct sockaddr_in6 from;
	socklen_t size = sizeof from;
	unsigned char octets[512];
	ssize_t length;

	(void)unused;
	for (;; size = sizeof from) {
		length = recvfrom(responder, octets, sizeof octets, 0,
				  (struct sockaddr *)(void *)&from, &size);
		if (length < 12)
			return NULL;
		octets[2] |= 0x80;
		octets[3] = NXDOMAIN;
		sendto(responder, octets, (size_t)length, 0,
		       (struct sockaddr *)(void *)&from, size);
	}
}

static bool
open_link(void)
{
#ifdef __linux__
	struct sockaddr_in6 address = { .sin6_family = AF_INET6, .sin6_port = htons(PORT) };

	if (unshare(CLONE_NEWNET) < 0 ||
	    system("ip link set lo up && ip addr add fe80::53/64 dev lo nodad") != 0)
		return false;
	inet_pton(AF_INET6, "fe80::53", &address.sin6_addr);
	address.sin6_scope_id = if_nametoindex("lo");
	responder = socket(AF_INET6, SOCK_DGRAM, 0);
	return bind(responder, (struct sockaddr *)(void *)&address, sizeof address) == 0;
#else
	return false;
#endif
}

static void
ask_at(const char *address)
{
	static unsigned int landings;

	passengers_reopen(address, 0, 1);
	passengers[0].landings = 0;
	send_from_to(0, 1);
	tally_await(&landed, ++landings);
	expect_landed(0, 1, DNS_STATUS_OK);
	ck_assert_int_eq(passengers[0].answer->octets[3] & 0xf, NXDOMAIN);
}

/* Fault R13. */
START_TEST(its_scope_leads_to_it)
{
	pthread_t thread;
	char address[64];

	if (!open_link())
		return;
	passengers_set_up();
	ck_assert_int_eq(pthread_create(&thread, NULL, respond, NULL), 0);
	ask_at("[fe80::53%lo]:5353");
	snprintf(address, sizeof address, "[fe80::53%%%u]:5353", if_nametoindex("lo"));
	ask_at(address);
	shutdown(responder, SHUT_RDWR);
	pthread_join(thread, NULL);
	close(responder);
	passengers_tear_down();
}
END_TEST

void
transport_link_tests(TCase *tests)
{
	tcase_add_test(tests, its_scope_leads_to_it);
}
