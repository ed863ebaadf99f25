# SPDX-License-Identifier: MIT
# One Check program a room, on the convenience library, whose hidden names it can see.
if HAVE_CHECK
unit_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/src -I$(top_srcdir)/tests/support \
	$(CHECK_CFLAGS)

check_LTLIBRARIES += %D%/libunit.la
%C%_libunit_la_SOURCES = \
	%D%/askers.c %D%/askers.h \
	%D%/closed_port.c %D%/closed_port.h \
	%D%/configured.c %D%/configured.h \
	%D%/hosts.c %D%/hosts.h \
	%D%/loop_thread.c %D%/loop_thread.h \
	%D%/packet.c %D%/packet.h \
	%D%/passengers.c %D%/passengers.h \
	%D%/unit.c %D%/unit.h \
	%D%/wire.c %D%/wire.h
%C%_libunit_la_CPPFLAGS = $(unit_cppflags)
%C%_libunit_la_LIBADD = src/libcore.la tests/support/libsupport.la \
	$(CHECK_LIBS) $(PTHREAD_LIBS)

unit_tests = \
	%D%/test_channel \
	%D%/test_channel_window \
	%D%/test_clock \
	%D%/test_dispatcher \
	%D%/test_handle_table \
	%D%/test_host_answer \
	%D%/test_host_entry \
	%D%/test_list \
	%D%/test_lookup \
	%D%/test_loop \
	%D%/test_mailbox \
	%D%/test_message \
	%D%/test_notifier \
	%D%/test_question \
	%D%/test_resolv_conf \
	%D%/test_resolver_options \
	%D%/test_server_list \
	%D%/test_status \
	%D%/test_thread_role \
	%D%/test_timer_heap \
	%D%/test_wait_handle

%C%_test_channel_CPPFLAGS = $(unit_cppflags)
%C%_test_channel_LDADD = %D%/libunit.la
%C%_test_channel_window_CPPFLAGS = $(unit_cppflags)
%C%_test_channel_window_LDADD = %D%/libunit.la
%C%_test_clock_CPPFLAGS = $(unit_cppflags)
%C%_test_clock_LDADD = %D%/libunit.la
%C%_test_dispatcher_CPPFLAGS = $(unit_cppflags)
%C%_test_dispatcher_LDADD = %D%/libunit.la
%C%_test_handle_table_CPPFLAGS = $(unit_cppflags)
%C%_test_handle_table_LDADD = %D%/libunit.la
%C%_test_host_answer_CPPFLAGS = $(unit_cppflags)
%C%_test_host_answer_LDADD = %D%/libunit.la
%C%_test_host_entry_CPPFLAGS = $(unit_cppflags)
%C%_test_host_entry_LDADD = %D%/libunit.la
%C%_test_list_CPPFLAGS = $(unit_cppflags)
%C%_test_list_LDADD = %D%/libunit.la
%C%_test_lookup_CPPFLAGS = $(unit_cppflags)
%C%_test_lookup_LDADD = %D%/libunit.la
%C%_test_loop_CPPFLAGS = $(unit_cppflags)
%C%_test_loop_LDADD = %D%/libunit.la
%C%_test_mailbox_CPPFLAGS = $(unit_cppflags)
%C%_test_mailbox_LDADD = %D%/libunit.la
%C%_test_message_CPPFLAGS = $(unit_cppflags)
%C%_test_message_LDADD = %D%/libunit.la
%C%_test_notifier_CPPFLAGS = $(unit_cppflags)
%C%_test_notifier_LDADD = %D%/libunit.la
%C%_test_question_CPPFLAGS = $(unit_cppflags)
%C%_test_question_LDADD = %D%/libunit.la
%C%_test_resolv_conf_CPPFLAGS = $(unit_cppflags)
%C%_test_resolv_conf_LDADD = %D%/libunit.la
%C%_test_resolver_options_CPPFLAGS = $(unit_cppflags)
%C%_test_resolver_options_LDADD = %D%/libunit.la
%C%_test_server_list_CPPFLAGS = $(unit_cppflags)
%C%_test_server_list_LDADD = %D%/libunit.la
%C%_test_status_CPPFLAGS = $(unit_cppflags)
%C%_test_status_LDADD = %D%/libunit.la
%C%_test_thread_role_CPPFLAGS = $(unit_cppflags)
%C%_test_thread_role_LDADD = %D%/libunit.la
%C%_test_timer_heap_CPPFLAGS = $(unit_cppflags)
%C%_test_timer_heap_LDADD = %D%/libunit.la
%C%_test_wait_handle_CPPFLAGS = $(unit_cppflags)
%C%_test_wait_handle_LDADD = %D%/libunit.la

unit_tests += %D%/test_file_watch
unit_tests += %D%/test_resolv_conf_search
%C%_test_resolv_conf_search_CPPFLAGS = $(unit_cppflags)
%C%_test_resolv_conf_search_LDADD = %D%/libunit.la
unit_tests += %D%/test_resolv_conf_junk
%C%_test_resolv_conf_junk_CPPFLAGS = $(unit_cppflags)
%C%_test_resolv_conf_junk_LDADD = %D%/libunit.la
unit_tests += %D%/test_configuration
%C%_test_configuration_CPPFLAGS = $(unit_cppflags)
%C%_test_configuration_LDADD = %D%/libunit.la
unit_tests += %D%/test_edns
%C%_test_edns_CPPFLAGS = $(unit_cppflags)
%C%_test_edns_LDADD = %D%/libunit.la
unit_tests += %D%/test_query_ids
%C%_test_query_ids_CPPFLAGS = $(unit_cppflags)
%C%_test_query_ids_LDADD = %D%/libunit.la
unit_tests += %D%/test_transport_link
%C%_test_transport_link_CPPFLAGS = $(unit_cppflags)
%C%_test_transport_link_LDADD = %D%/libunit.la
unit_tests += %D%/test_transport_options
%C%_test_transport_options_CPPFLAGS = $(unit_cppflags)
%C%_test_transport_options_LDADD = %D%/libunit.la
unit_tests += %D%/test_hash
%C%_test_file_watch_CPPFLAGS = $(unit_cppflags)
%C%_test_file_watch_LDADD = %D%/libunit.la
unit_tests += %D%/test_search_list
%C%_test_search_list_CPPFLAGS = $(unit_cppflags)
%C%_test_search_list_LDADD = %D%/libunit.la
unit_tests += %D%/test_hosts_file
unit_tests += %D%/test_hosts_line
unit_tests += %D%/test_hosts_table
unit_tests += %D%/test_text_file
%C%_test_hash_CPPFLAGS = $(unit_cppflags)
%C%_test_hash_LDADD = %D%/libunit.la
%C%_test_hosts_file_CPPFLAGS = $(unit_cppflags)
%C%_test_hosts_file_LDADD = %D%/libunit.la
%C%_test_hosts_line_CPPFLAGS = $(unit_cppflags)
%C%_test_hosts_line_LDADD = %D%/libunit.la
%C%_test_hosts_table_CPPFLAGS = $(unit_cppflags)
%C%_test_hosts_table_LDADD = %D%/libunit.la
%C%_test_text_file_CPPFLAGS = $(unit_cppflags)
%C%_test_text_file_LDADD = %D%/libunit.la

unit_tests += %D%/test_channel_failover
unit_tests += %D%/test_local_answer
unit_tests += %D%/test_request
unit_tests += %D%/test_transport
unit_tests += %D%/test_transport_trouble
%C%_test_channel_failover_CPPFLAGS = $(unit_cppflags)
%C%_test_channel_failover_LDADD = %D%/libunit.la
%C%_test_local_answer_CPPFLAGS = $(unit_cppflags)
%C%_test_local_answer_LDADD = %D%/libunit.la
%C%_test_request_CPPFLAGS = $(unit_cppflags)
%C%_test_request_LDADD = %D%/libunit.la
%C%_test_transport_CPPFLAGS = $(unit_cppflags)
%C%_test_transport_LDADD = %D%/libunit.la
%C%_test_transport_trouble_CPPFLAGS = $(unit_cppflags)
%C%_test_transport_trouble_LDADD = %D%/libunit.la

unit_tests += %D%/test_process
%C%_test_process_CPPFLAGS = $(unit_cppflags)
%C%_test_process_LDADD = %D%/libunit.la

check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)

address_tests = \
	%D%/test_address_order \
	%D%/test_address_order_model \
	%D%/test_address_policy \
	%D%/test_address_probe \
	%D%/test_address_routes \
	%D%/test_address_sorter \
	%D%/test_address_system \
	%D%/test_gai_conf
%C%_libunit_la_SOURCES += %D%/address_text.c %D%/address_text.h

%C%_test_address_order_CPPFLAGS = $(unit_cppflags)
%C%_test_address_order_LDADD = %D%/libunit.la
%C%_test_address_order_model_CPPFLAGS = $(unit_cppflags)
%C%_test_address_order_model_LDADD = %D%/libunit.la
%C%_test_address_policy_CPPFLAGS = $(unit_cppflags)
%C%_test_address_policy_LDADD = %D%/libunit.la
%C%_test_address_probe_CPPFLAGS = $(unit_cppflags)
%C%_test_address_probe_LDADD = %D%/libunit.la
%C%_test_address_routes_CPPFLAGS = $(unit_cppflags)
%C%_test_address_routes_LDADD = %D%/libunit.la
%C%_test_address_sorter_CPPFLAGS = $(unit_cppflags)
%C%_test_address_sorter_LDADD = %D%/libunit.la
%C%_test_address_system_CPPFLAGS = $(unit_cppflags)
%C%_test_address_system_LDADD = %D%/libunit.la
%C%_test_gai_conf_CPPFLAGS = $(unit_cppflags)
%C%_test_gai_conf_LDADD = %D%/libunit.la

check_PROGRAMS += $(address_tests)
TESTS += $(address_tests)

answer_tests = \
	%D%/test_answer_cache \
	%D%/test_answer_cache_model \
	%D%/test_answer_lifetime \
	%D%/test_answer_table \
	%D%/test_cache_time
%C%_libunit_la_SOURCES += %D%/kept.c %D%/kept.h %D%/replies.c %D%/replies.h
%C%_test_answer_cache_CPPFLAGS = $(unit_cppflags)
%C%_test_answer_cache_LDADD = %D%/libunit.la
%C%_test_answer_cache_model_CPPFLAGS = $(unit_cppflags)
%C%_test_answer_cache_model_LDADD = %D%/libunit.la
%C%_test_answer_lifetime_CPPFLAGS = $(unit_cppflags)
%C%_test_answer_lifetime_LDADD = %D%/libunit.la
%C%_test_answer_table_CPPFLAGS = $(unit_cppflags)
%C%_test_answer_table_LDADD = %D%/libunit.la
%C%_test_cache_time_CPPFLAGS = $(unit_cppflags)
%C%_test_cache_time_LDADD = %D%/libunit.la

check_PROGRAMS += $(answer_tests)
TESTS += $(answer_tests)

lookup_tests = \
	%D%/test_inquiry \
	%D%/test_lookup_options \
	%D%/test_report \
	%D%/test_search
%C%_test_inquiry_CPPFLAGS = $(unit_cppflags)
%C%_test_inquiry_LDADD = %D%/libunit.la
%C%_test_lookup_options_CPPFLAGS = $(unit_cppflags)
%C%_test_lookup_options_LDADD = %D%/libunit.la
%C%_test_report_CPPFLAGS = $(unit_cppflags)
%C%_test_report_LDADD = %D%/libunit.la
%C%_test_search_CPPFLAGS = $(unit_cppflags)
%C%_test_search_LDADD = %D%/libunit.la

check_PROGRAMS += $(lookup_tests)
TESTS += $(lookup_tests)

# Records of all types.
record_tests = \
	%D%/test_record_answer \
	%D%/test_record_parts \
	%D%/test_record_text \
	%D%/test_record_type
%C%_libunit_la_SOURCES += %D%/record_samples.c %D%/record_samples.h

%C%_test_record_answer_CPPFLAGS = $(unit_cppflags)
%C%_test_record_answer_LDADD = %D%/libunit.la
%C%_test_record_parts_CPPFLAGS = $(unit_cppflags)
%C%_test_record_parts_LDADD = %D%/libunit.la
%C%_test_record_text_CPPFLAGS = $(unit_cppflags)
%C%_test_record_text_LDADD = %D%/libunit.la
%C%_test_record_type_CPPFLAGS = $(unit_cppflags)
%C%_test_record_type_LDADD = %D%/libunit.la

check_PROGRAMS += $(record_tests)
TESTS += $(record_tests)

name_tests = \
	%D%/test_host_name \
	%D%/test_special_name \
	%D%/test_unicode_name

%C%_test_host_name_CPPFLAGS = $(unit_cppflags)
%C%_test_host_name_LDADD = %D%/libunit.la
%C%_test_special_name_CPPFLAGS = $(unit_cppflags)
%C%_test_special_name_LDADD = %D%/libunit.la
%C%_test_unicode_name_CPPFLAGS = $(unit_cppflags)
%C%_test_unicode_name_LDADD = %D%/libunit.la

check_PROGRAMS += $(name_tests)
TESTS += $(name_tests)

# Rooms between a lookup and what it is made of.
way_tests = \
	%D%/test_cached_answer \
	%D%/test_generation \
	%D%/test_known_answer \
	%D%/test_lookup_search \
	%D%/test_outcome \
	%D%/test_record_lookup \
	%D%/test_record_tools \
	%D%/test_settings
%C%_test_cached_answer_CPPFLAGS = $(unit_cppflags)
%C%_test_cached_answer_LDADD = %D%/libunit.la
%C%_test_generation_CPPFLAGS = $(unit_cppflags)
%C%_test_generation_LDADD = %D%/libunit.la
%C%_test_known_answer_CPPFLAGS = $(unit_cppflags)
%C%_test_known_answer_LDADD = %D%/libunit.la
%C%_test_lookup_search_CPPFLAGS = $(unit_cppflags)
%C%_test_lookup_search_LDADD = %D%/libunit.la
%C%_test_outcome_CPPFLAGS = $(unit_cppflags)
%C%_test_outcome_LDADD = %D%/libunit.la
%C%_test_record_lookup_CPPFLAGS = $(unit_cppflags)
%C%_test_record_lookup_LDADD = %D%/libunit.la
%C%_test_record_tools_CPPFLAGS = $(unit_cppflags)
%C%_test_record_tools_LDADD = %D%/libunit.la
%C%_test_settings_CPPFLAGS = $(unit_cppflags)
%C%_test_settings_LDADD = %D%/libunit.la

check_PROGRAMS += $(way_tests)
TESTS += $(way_tests)
endif
