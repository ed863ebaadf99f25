/* SPDX-License-Identifier: MIT */
/* The rooms of the library that have tests of their own, each in test_ROOM.c, all in one
 * program: CK_RUN_SUITE=ROOM in its environment runs those of one. */
#ifndef TESTS_UNIT_ROOMS_H
#define TESTS_UNIT_ROOMS_H

#include <check.h>

/* clang-format off */
#define ROOMS(ROOM) \
	ROOM(address_order) \
	ROOM(address_order_model) \
	ROOM(address_policy) \
	ROOM(address_probe) \
	ROOM(address_routes) \
	ROOM(address_sorter) \
	ROOM(answer_cache) \
	ROOM(answer_cache_model) \
	ROOM(answer_lifetime) \
	ROOM(answer_table) \
	ROOM(cached_answer) \
	ROOM(channel) \
	ROOM(channel_failover) \
	ROOM(clock) \
	ROOM(configuration) \
	ROOM(counters) \
	ROOM(depot) \
	ROOM(dispatcher) \
	ROOM(edns) \
	ROOM(file_watch) \
	ROOM(gai_conf) \
	ROOM(generation) \
	ROOM(handle_table) \
	ROOM(hash) \
	ROOM(host_answer) \
	ROOM(host_entry) \
	ROOM(host_name) \
	ROOM(hosts_file) \
	ROOM(hosts_line) \
	ROOM(hosts_table) \
	ROOM(inquiry) \
	ROOM(known_answer) \
	ROOM(letters) \
	ROOM(list) \
	ROOM(local_answer) \
	ROOM(lookup) \
	ROOM(lookup_options) \
	ROOM(lookup_search) \
	ROOM(loop) \
	ROOM(mailbox) \
	ROOM(message) \
	ROOM(message_stream) \
	ROOM(notifier) \
	ROOM(outbox) \
	ROOM(outcome) \
	ROOM(private_address) \
	ROOM(packet_text) \
	ROOM(process) \
	ROOM(query_ids) \
	ROOM(question) \
	ROOM(readers) \
	ROOM(rebinding) \
	ROOM(record_answer) \
	ROOM(record_lookup) \
	ROOM(record_parts) \
	ROOM(record_text) \
	ROOM(record_tools) \
	ROOM(record_type) \
	ROOM(report) \
	ROOM(request) \
	ROOM(resolv_conf) \
	ROOM(resolv_conf_junk) \
	ROOM(resolv_conf_search) \
	ROOM(resolver_options) \
	ROOM(search) \
	ROOM(search_list) \
	ROOM(server_list) \
	ROOM(settings) \
	ROOM(short_memory) \
	ROOM(special_name) \
	ROOM(stand_in) \
	ROOM(status) \
	ROOM(stock) \
	ROOM(text_file) \
	ROOM(thread_role) \
	ROOM(timer_heap) \
	ROOM(transport) \
	ROOM(transport_forgery) \
	ROOM(transport_link) \
	ROOM(transport_options) \
	ROOM(transport_trouble) \
	ROOM(unicode_name) \
	ROOM(wait_handle) \
	ROOM(waiter) \
	ROOM(wire_query)

/* In a program whose clock is stopped_clock.h. */
#define TIMED_ROOMS(ROOM) \
	ROOM(cache_time) \
	ROOM(channel_window) \
	ROOM(ports_time) \
	ROOM(window)
/* clang-format on */

#define ROOM_DECLARE(name) void name##_tests(TCase *tests);
ROOMS(ROOM_DECLARE)
TIMED_ROOMS(ROOM_DECLARE)
#undef ROOM_DECLARE

#endif
