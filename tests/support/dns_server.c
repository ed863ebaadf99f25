/* SPDX-License-Identifier: MIT */
/* What tests call: start and stop, the zone, the rules, the gates, the counts. */
#include "dns_server_impl.h"

#include "zone_file.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PATIENCE 30000 /* milliseconds */

_Noreturn void
dns_server_fail(const char *what)
{
	fprintf(stderr, "dns_server: %s: %s\n", what, strerror(errno));
	exit(99);
}

static struct dns_name
read_name(const char *text)
{
	struct dns_name name;

	if (!dns_name_from_text(&name, text)) {
		errno = EINVAL;
		dns_server_fail(text);
	}
	return name;
}

/* Signals are for the program's own threads. */
static void
start_thread(struct dns_server *server)
{
	sigset_t all;
	sigset_t old;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	errno = pthread_create(&server->thread, NULL, dns_server_run, server);
	if (errno != 0)
		dns_server_fail("pthread_create");
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

static struct dns_server *
start(const char *address, uint16_t port, bool is_deaf)
{
	struct dns_server *server = dns_allocate(sizeof(*server));
	pthread_condattr_t attributes;

	dns_server_open_sockets(server, address, port);
	pthread_mutex_init(&server->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&server->has_asked, &attributes);
	pthread_condattr_destroy(&attributes);
	dns_zone_init(&server->zone);
	question_counts_init(&server->counts);
	server->is_deaf = is_deaf;
	start_thread(server);
	return server;
}

struct dns_server *
dns_server_start_at(const char *address, uint16_t port)
{
	return start(address, port, false);
}

struct dns_server *
dns_server_start_deaf_at(const char *address, uint16_t port)
{
	return start(address, port, true);
}

struct dns_server *
dns_server_start(void)
{
	return dns_server_start_at("127.0.0.1", 0);
}

void
dns_server_stop(struct dns_server *server)
{
	if (server == NULL)
		return;
	pthread_mutex_lock(&server->lock);
	server->is_stopping = true;
	pthread_mutex_unlock(&server->lock);
	dns_server_wake(server);
	pthread_join(server->thread, NULL);
	dns_server_forget_waiting(server);
	dns_stream_close_all(server);
	dns_server_close_sockets(server);
	question_counts_destroy(&server->counts);
	dns_zone_destroy(&server->zone);
	pthread_cond_destroy(&server->has_asked);
	pthread_mutex_destroy(&server->lock);
	free(server->polled);
	free(server);
}

uint16_t
dns_server_port(const struct dns_server *server)
{
	return server->port;
}

const char *
dns_server_address(const struct dns_server *server)
{
	return server->address;
}

void
dns_server_add_address(struct dns_server *server, const char *name, const char *address,
		       uint32_t ttl)
{
	struct dns_name owner = read_name(name);
	uint8_t bytes[16];
	bool is_ipv4 = inet_pton(AF_INET, address, bytes) == 1;

	if (!is_ipv4 && inet_pton(AF_INET6, address, bytes) != 1) {
		errno = EINVAL;
		dns_server_fail(address);
	}
	pthread_mutex_lock(&server->lock);
	dns_zone_add_record(&server->zone, &owner, is_ipv4 ? TYPE_A : TYPE_AAAA, ttl,
			    bytes, is_ipv4 ? 4 : 16);
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_add_cname(struct dns_server *server, const char *name, const char *target,
		     uint32_t ttl)
{
	struct dns_name owner = read_name(name);
	struct dns_name alias = read_name(target);

	pthread_mutex_lock(&server->lock);
	dns_zone_add_record(&server->zone, &owner, TYPE_CNAME, ttl, alias.bytes,
			    alias.length);
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_add_name(struct dns_server *server, const char *name)
{
	struct dns_name owner = read_name(name);

	pthread_mutex_lock(&server->lock);
	dns_zone_get_or_make(&server->zone, &owner)->exists = true;
	pthread_mutex_unlock(&server->lock);
}

int
dns_server_load_zone(struct dns_server *server, const char *path)
{
	int count;

	pthread_mutex_lock(&server->lock);
	count = zone_file_read(&server->zone, path);
	pthread_mutex_unlock(&server->lock);
	return count;
}

static void
set(struct dns_server *server, const char *name, int type, enum dns_setting setting,
    int value)
{
	struct dns_name owner = read_name(name);

	pthread_mutex_lock(&server->lock);
	dns_zone_set(&server->zone, &owner, type, setting, value);
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_set_rcode(struct dns_server *server, const char *name, int type,
		     enum dns_rcode rcode)
{
	set(server, name, type, SETTING_RCODE, (int)rcode);
}

void
dns_server_set_delay(struct dns_server *server, const char *name, int type,
		     int milliseconds)
{
	set(server, name, type, SETTING_DELAY, milliseconds);
}

void
dns_server_misbehave(struct dns_server *server, const char *name, int type,
		     unsigned int misbehaviour)
{
	set(server, name, type, SETTING_MISBEHAVIOUR, (int)misbehaviour);
}

void
dns_server_drop_first(struct dns_server *server, const char *name, int type, int count)
{
	set(server, name, type, SETTING_DROPS, count);
}

void
dns_server_set_delay_of_all(struct dns_server *server, int milliseconds)
{
	pthread_mutex_lock(&server->lock);
	server->delay_of_all = milliseconds;
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_limit(struct dns_server *server, int questions_a_second)
{
	pthread_mutex_lock(&server->lock);
	server->limit = questions_a_second;
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_lose(struct dns_server *server, unsigned int percent)
{
	pthread_mutex_lock(&server->lock);
	server->loss = percent;
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_set_deaf(struct dns_server *server, bool deaf)
{
	pthread_mutex_lock(&server->lock);
	server->is_deaf = deaf;
	pthread_mutex_unlock(&server->lock);
	dns_server_wake(server);
}

static struct dns_gate *
get_or_make_gate(struct dns_server *server, const struct dns_name *name)
{
	struct dns_entry *entry = dns_zone_get_or_make(&server->zone, name);

	if (entry->gate == NULL) {
		entry->gate = dns_allocate(sizeof(*entry->gate));
		entry->gate->end = &entry->gate->first;
		entry->gate->next = server->gates;
		server->gates = entry->gate;
	}
	return entry->gate;
}

/* count < 0: all. The thread is woken for what TCP could not take at once. */
static void
release(struct dns_server *server, const char *name, int count, bool is_held)
{
	struct dns_name owner = read_name(name);
	struct dns_gate *gate;

	pthread_mutex_lock(&server->lock);
	gate = get_or_make_gate(server, &owner);
	gate->is_held = is_held;
	for (; count != 0 && gate->first != NULL; count--) {
		struct dns_waiting *waiting = gate->first;

		gate->first = waiting->next;
		if (gate->first == NULL)
			gate->end = &gate->first;
		dns_server_answer_waiting(server, waiting);
	}
	pthread_mutex_unlock(&server->lock);
	dns_server_wake(server);
}

void
dns_server_hold(struct dns_server *server, const char *name)
{
	struct dns_name owner = read_name(name);

	pthread_mutex_lock(&server->lock);
	get_or_make_gate(server, &owner)->is_held = true;
	pthread_mutex_unlock(&server->lock);
}

void
dns_server_release(struct dns_server *server, const char *name)
{
	release(server, name, -1, false);
}

void
dns_server_release_some(struct dns_server *server, const char *name, int count)
{
	release(server, name, count, true);
}

static uint64_t
hash_of(const char *text)
{
	struct dns_name name;

	if (text == NULL)
		return ANY_NAME;
	name = read_name(text);
	dns_name_fold(&name);
	return dns_name_hash(&name);
}

unsigned int
dns_server_count_questions(struct dns_server *server, const char *name, int type)
{
	uint64_t hash = hash_of(name);
	unsigned int count;

	pthread_mutex_lock(&server->lock);
	count = question_counts_get(&server->counts, hash, type).all;
	pthread_mutex_unlock(&server->lock);
	return count;
}

unsigned int
dns_server_count_tcp_questions(struct dns_server *server, const char *name)
{
	uint64_t hash = hash_of(name);
	unsigned int count;

	pthread_mutex_lock(&server->lock);
	count = question_counts_get(&server->counts, hash, 0).tcp;
	pthread_mutex_unlock(&server->lock);
	return count;
}

static struct timespec
end_of_patience(void)
{
	const char *chosen = getenv("ASYNCDNS_TEST_PATIENCE");
	long patience = chosen != NULL ? atol(chosen) : PATIENCE;
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_nsec += patience % 1000 * 1000000;
	end.tv_sec += patience / 1000 + end.tv_nsec / 1000000000;
	end.tv_nsec %= 1000000000;
	return end;
}

bool
dns_server_wait_for_questions(struct dns_server *server, const char *name, int type,
			      unsigned int count)
{
	uint64_t hash = hash_of(name);
	struct timespec end = end_of_patience();
	bool has_come;
	int error = 0;

	pthread_mutex_lock(&server->lock);
	server->waiter_count++;
	for (;;) {
		has_come = question_counts_get(&server->counts, hash, type).all >= count;
		if (has_come || error == ETIMEDOUT)
			break;
		error = pthread_cond_timedwait(&server->has_asked, &server->lock, &end);
	}
	server->waiter_count--;
	pthread_mutex_unlock(&server->lock);
	return has_come;
}

unsigned int
dns_server_count_source_ports(struct dns_server *server)
{
	unsigned int count;

	pthread_mutex_lock(&server->lock);
	count = server->source_ports.count;
	pthread_mutex_unlock(&server->lock);
	return count;
}

unsigned int
dns_server_count_ids(struct dns_server *server)
{
	unsigned int count;

	pthread_mutex_lock(&server->lock);
	count = server->ids.count;
	pthread_mutex_unlock(&server->lock);
	return count;
}
