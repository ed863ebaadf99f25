# SPDX-License-Identifier: MIT
# The tests of the rooms, on the convenience library, whose hidden names they can see: all
# in one Check program, since a program costs more than most rooms' tests.
if HAVE_CHECK
unit_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/src -I$(top_srcdir)/tests/support \
	$(CARES_CFLAGS) $(LIBEVENT_CFLAGS) $(CHECK_CFLAGS)

check_LTLIBRARIES += %D%/libunit.la
%C%_libunit_la_SOURCES = \
	%D%/address_text.c %D%/address_text.h \
	%D%/askers.c %D%/askers.h \
	%D%/closed_port.c %D%/closed_port.h \
	%D%/configured.c %D%/configured.h \
	%D%/hosts.c %D%/hosts.h \
	%D%/kept.c %D%/kept.h \
	%D%/loop_thread.c %D%/loop_thread.h \
	%D%/packet.c %D%/packet.h \
	%D%/passengers.c %D%/passengers.h \
	%D%/record_samples.c %D%/record_samples.h \
	%D%/replies.c %D%/replies.h \
	%D%/unit.c %D%/unit.h \
	%D%/wire.c %D%/wire.h
%C%_libunit_la_CPPFLAGS = $(unit_cppflags)
%C%_libunit_la_LIBADD = src/libcore.la tests/support/libsupport.la \
	$(CHECK_LIBS) $(PTHREAD_LIBS)

%C%_rooms_SOURCES = \
	%D%/rooms.c %D%/rooms.h \
	tests/sim/memory.c tests/sim/memory.h \
	%D%/test_address_order.c \
	%D%/test_address_order_model.c \
	%D%/test_address_policy.c \
	%D%/test_address_probe.c \
	%D%/test_address_routes.c \
	%D%/test_address_sorter.c \
	%D%/test_answer_cache.c \
	%D%/test_answer_cache_model.c \
	%D%/test_answer_lifetime.c \
	%D%/test_answer_table.c \
	%D%/test_cached_answer.c \
	%D%/test_channel.c \
	%D%/test_channel_failover.c \
	%D%/test_clock.c \
	%D%/test_configuration.c \
	%D%/test_counters.c \
	%D%/test_depot.c \
	%D%/test_dispatcher.c \
	%D%/test_edns.c \
	%D%/test_file_watch.c \
	%D%/test_gai_conf.c \
	%D%/test_generation.c \
	%D%/test_handle_table.c \
	%D%/test_hash.c \
	%D%/test_host_answer.c \
	%D%/test_host_entry.c \
	%D%/test_host_name.c \
	%D%/test_hosts_file.c \
	%D%/test_hosts_line.c \
	%D%/test_hosts_table.c \
	%D%/test_inquiry.c \
	%D%/test_known_answer.c \
	%D%/test_letters.c \
	%D%/test_list.c \
	%D%/test_local_answer.c \
	%D%/test_lookup.c \
	%D%/test_lookup_options.c \
	%D%/test_lookup_search.c \
	%D%/test_loop.c \
	%D%/test_mailbox.c \
	%D%/test_message.c \
	%D%/test_message_stream.c \
	%D%/test_notifier.c \
	%D%/test_outbox.c \
	%D%/test_outcome.c \
	%D%/test_private_address.c \
	%D%/test_packet_text.c \
	%D%/test_process.c \
	%D%/test_query_ids.c \
	%D%/test_question.c \
	%D%/test_readers.c \
	%D%/test_rebinding.c \
	%D%/test_record_answer.c \
	%D%/test_record_lookup.c \
	%D%/test_record_parts.c \
	%D%/test_record_text.c \
	%D%/test_record_tools.c \
	%D%/test_record_type.c \
	%D%/test_report.c \
	%D%/test_request.c \
	%D%/test_resolv_conf.c \
	%D%/test_resolv_conf_junk.c \
	%D%/test_resolv_conf_search.c \
	%D%/test_resolver_options.c \
	%D%/test_search.c \
	%D%/test_search_list.c \
	%D%/test_server_list.c \
	%D%/test_settings.c \
	%D%/test_short_memory.c \
	%D%/test_special_name.c \
	%D%/test_stand_in.c \
	%D%/test_status.c \
	%D%/test_stock.c \
	%D%/test_text_file.c \
	%D%/test_thread_role.c \
	%D%/test_timer_heap.c \
	%D%/test_transport.c \
	%D%/test_transport_forgery.c \
	%D%/test_transport_link.c \
	%D%/test_transport_options.c \
	%D%/test_transport_trouble.c \
	%D%/test_unicode_name.c \
	%D%/test_wait_handle.c \
	%D%/test_waiter.c \
	%D%/test_wire_query.c
%C%_rooms_CPPFLAGS = $(unit_cppflags)
%C%_rooms_LDADD = %D%/libunit.la

# Where the clock is the test's.
%C%_timed_rooms_SOURCES = \
	%D%/timed_rooms.c %D%/rooms.h \
	%D%/stopped_clock.c %D%/stopped_clock.h \
	%D%/test_cache_time.c \
	%D%/test_channel_window.c \
	%D%/test_ports_time.c \
	%D%/test_window.c
%C%_timed_rooms_CPPFLAGS = $(unit_cppflags)
%C%_timed_rooms_LDADD = %D%/libunit.la

# In a network of its own, which it enters before all else.
%C%_test_address_system_CPPFLAGS = $(unit_cppflags)
%C%_test_address_system_LDADD = %D%/libunit.la

unit_tests = %D%/rooms %D%/timed_rooms %D%/test_address_system
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
