/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"
#include "floor.h"

#define BATCH 64
/* As many go out by one port as asyncdns lets. */
#define PORT_QUESTIONS 32
#define EVENTS 64

struct port {
	int descriptor;
	int sent, received;
};

static struct mmsghdr sent[BATCH], received[BATCH];
static struct iovec sent_vectors[BATCH], received_vectors[BATCH];
static uint8_t responses[BATCH][FLOOR_RESPONSE_SIZE];

void
client_floor(struct run *run)
{
	struct floor_datagram *datagram;
	uint8_t octets[FLOOR_RESPONSE_SIZE];
	int descriptor;
	ssize_t length;

	floor_open(run);
	descriptor = floor_socket(0);
	run_start(run);
	while (!floor_is_done()) {
		while (floor_has_next()) {
			datagram = floor_next();
			send(descriptor, datagram->octets, datagram->length, 0);
		}
		length = recv(descriptor, octets, sizeof octets, 0);
		if (length > 0)
			floor_take(octets, (size_t)length);
	}
	run_stop(run);
	close(descriptor);
	floor_close();
}

static void
prepare_batches(void)
{
	int i;

	for (i = 0; i < BATCH; i++) {
		sent[i].msg_hdr.msg_iov = &sent_vectors[i];
		received[i].msg_hdr.msg_iov = &received_vectors[i];
		sent[i].msg_hdr.msg_iovlen = received[i].msg_hdr.msg_iovlen = 1;
		received_vectors[i].iov_base = responses[i];
		received_vectors[i].iov_len = sizeof responses[i];
	}
}

/* Not one at a time as the answers come, lest it be no batch. */
static bool
may_send(const struct run *run)
{
	long batch = run->outstanding / 2 < BATCH ? run->outstanding / 2 : BATCH;

	return floor_has_next() && (floor_outstanding() == 0 ||
				    floor_outstanding() <= run->outstanding - batch);
}

/* How many went out. */
static int
send_batch(int descriptor, int maximum)
{
	struct floor_datagram *datagram;
	int count = 0, i, got;

	for (; count < maximum && floor_has_next(); count++) {
		datagram = floor_next();
		sent_vectors[count].iov_base = datagram->octets;
		sent_vectors[count].iov_len = datagram->length;
	}
	for (i = 0; i < count; i += got) {
		got = sendmmsg(descriptor, sent + i, (unsigned int)(count - i), 0);
		if (got <= 0)
			run_fail("sendmmsg");
	}
	return count;
}

/* How many were answers. */
static int
receive_batch(int descriptor, int flags)
{
	int count = recvmmsg(descriptor, received, BATCH, flags, NULL), i, answers = 0;

	for (i = 0; i < count; i++)
		answers += floor_take(responses[i], received[i].msg_len);
	return answers;
}

void
client_floor_batch(struct run *run)
{
	int descriptor;

	floor_open(run);
	prepare_batches();
	descriptor = floor_socket(0);
	run_start(run);
	while (!floor_is_done()) {
		while (may_send(run))
			send_batch(descriptor, BATCH);
		receive_batch(descriptor, MSG_WAITFORONE);
	}
	run_stop(run);
	close(descriptor);
	floor_close();
}

static struct port *
open_port(int set)
{
	struct port *port = calloc(1, sizeof *port);
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = port };

	if (port == NULL)
		run_fail("calloc");
	port->descriptor = floor_socket(SOCK_NONBLOCK);
	if (epoll_ctl(set, EPOLL_CTL_ADD, port->descriptor, &event) < 0)
		run_fail("epoll_ctl");
	return port;
}

static void
receive_from(struct port *port)
{
	port->received += receive_batch(port->descriptor, MSG_DONTWAIT);
	if (port->received < PORT_QUESTIONS)
		return;
	close(port->descriptor);
	free(port);
}

void
client_floor_ports(struct run *run)
{
	int set = epoll_create1(EPOLL_CLOEXEC), count, i;
	struct epoll_event events[EVENTS];
	struct port *port = NULL;

	floor_open(run);
	prepare_batches();
	run_start(run);
	while (!floor_is_done()) {
		while (may_send(run)) {
			if (port == NULL)
				port = open_port(set);
			port->sent += send_batch(port->descriptor, PORT_QUESTIONS - port->sent);
			if (port->sent == PORT_QUESTIONS)
				port = NULL; /* goes with its last answer */
		}
		count = epoll_wait(set, events, EVENTS, -1);
		for (i = 0; i < count; i++)
			receive_from(events[i].data.ptr);
	}
	run_stop(run);
	if (port != NULL)
		close(port->descriptor);
	free(port);
	close(set);
	floor_close();
}
