# SPDX-License-Identifier: MIT
# The contract, through the public interface of the shared library and over a wire to the
# scripted server.
if HAVE_CHECK
check_LTLIBRARIES += %D%/libcontract.la
%C%_libcontract_la_SOURCES = %D%/contract.c %D%/contract.h
%C%_libcontract_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_libcontract_la_LIBADD = libasyncdns.la tests/support/libsupport.la \
	$(CHECK_LIBS) $(PTHREAD_LIBS)

api_tests =
api_tests += %D%/test_begin
api_tests += %D%/test_collect
api_tests += %D%/test_end
api_tests += %D%/test_invariants
api_tests += %D%/test_options
api_tests += %D%/test_synchronous

%C%_test_begin_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_begin_LDADD = %D%/libcontract.la
%C%_test_collect_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_collect_LDADD = %D%/libcontract.la
%C%_test_end_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_end_LDADD = %D%/libcontract.la
%C%_test_invariants_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_invariants_LDADD = %D%/libcontract.la
%C%_test_options_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_options_LDADD = %D%/libcontract.la
%C%_test_synchronous_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_synchronous_LDADD = %D%/libcontract.la

# What is done very often, and what must not be done.
%C%_libcontract_la_SOURCES += \
	%D%/dispatching.c %D%/dispatching.h \
	%D%/duel.c %D%/duel.h \
	%D%/operations.c %D%/operations.h \
	%D%/rounds.c %D%/rounds.h
api_tests += \
	%D%/test_backwards \
	%D%/test_bulk \
	%D%/test_cache \
	%D%/test_close \
	%D%/test_dispatch \
	%D%/test_dispatch_close \
	%D%/test_failover \
	%D%/test_handle_races \
	%D%/test_hosts \
	%D%/test_inside \
	%D%/test_joined \
	%D%/test_lookup_options \
	%D%/test_misuse \
	%D%/test_names \
	%D%/test_operations \
	%D%/test_order \
	%D%/test_packets \
	%D%/test_races \
	%D%/test_records \
	%D%/test_refused \
	%D%/test_report \
	%D%/test_resolv_conf \
	%D%/test_search \
	%D%/test_servers \
	%D%/test_waits \
	%D%/test_wire

%C%_test_backwards_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_backwards_LDADD = %D%/libcontract.la
%C%_test_bulk_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_bulk_LDADD = %D%/libcontract.la
%C%_test_cache_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_cache_LDADD = %D%/libcontract.la
%C%_test_close_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_close_LDADD = %D%/libcontract.la
%C%_test_dispatch_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dispatch_LDADD = %D%/libcontract.la
%C%_test_dispatch_close_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dispatch_close_LDADD = %D%/libcontract.la
%C%_test_failover_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_failover_LDADD = %D%/libcontract.la
%C%_test_handle_races_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_handle_races_LDADD = %D%/libcontract.la
%C%_test_hosts_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_hosts_LDADD = %D%/libcontract.la
%C%_test_inside_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_inside_LDADD = %D%/libcontract.la
%C%_test_joined_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_joined_LDADD = %D%/libcontract.la
%C%_test_lookup_options_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_lookup_options_LDADD = %D%/libcontract.la
%C%_test_misuse_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_misuse_LDADD = %D%/libcontract.la
%C%_test_names_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_names_LDADD = %D%/libcontract.la
%C%_test_operations_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_operations_LDADD = %D%/libcontract.la
%C%_test_order_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_order_LDADD = %D%/libcontract.la
%C%_test_packets_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_packets_LDADD = %D%/libcontract.la
%C%_test_races_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_races_LDADD = %D%/libcontract.la
%C%_test_records_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_records_LDADD = %D%/libcontract.la
%C%_test_refused_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_refused_LDADD = %D%/libcontract.la
%C%_test_report_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_report_LDADD = %D%/libcontract.la
%C%_test_resolv_conf_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_resolv_conf_LDADD = %D%/libcontract.la
%C%_test_search_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_search_LDADD = %D%/libcontract.la
%C%_test_servers_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_servers_LDADD = %D%/libcontract.la
%C%_test_waits_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_waits_LDADD = %D%/libcontract.la
%C%_test_wire_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_wire_LDADD = %D%/libcontract.la

api_tests += %D%/test_fork %D%/test_fork_inside
%C%_test_fork_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_fork_LDADD = %D%/libcontract.la
%C%_test_fork_inside_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_fork_inside_LDADD = %D%/libcontract.la

# doc/faults.md.
api_tests += %D%/faults
%C%_faults_SOURCES = \
	%D%/broken_system.c %D%/broken_system.h \
	%D%/faults.c %D%/faults.h \
	%D%/heart_beat.c %D%/heart_beat.h \
	%D%/puppet.c %D%/puppet.h \
	%D%/test_fault_calls.c \
	%D%/test_fault_clocks.c \
	%D%/test_fault_datagrams.c \
	%D%/test_fault_life.c \
	%D%/test_fault_processes.c \
	%D%/test_fault_streams.c
%C%_faults_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
# What the libraries call is the program's.
%C%_faults_LDFLAGS = $(AM_LDFLAGS) -export-dynamic
%C%_faults_LDADD = %D%/libcontract.la

# Loads the library by itself.
api_tests += %D%/guest
%C%_guest_SOURCES = %D%/guest.c
%C%_guest_LDADD =
EXTRA_%C%_guest_DEPENDENCIES = libasyncdns.la

check_PROGRAMS += $(api_tests)
TESTS += $(api_tests)
endif
