# SPDX-License-Identifier: MIT
# The rooms are a convenience library: unit tests see its hidden symbols. The installed
# library is the same objects behind a version script.
noinst_LTLIBRARIES += %D%/libcore.la
%C%_libcore_la_SOURCES = \
	%D%/address_config.c %D%/address_config.h \
	%D%/address_order.c %D%/address_order.h \
	%D%/address_policy.c %D%/address_policy.h \
	%D%/address_probe.c %D%/address_probe.h \
	%D%/address_routes.c %D%/address_routes.h \
	%D%/address_sorter.c %D%/address_sorter.h \
	%D%/answer.c %D%/answer.h \
	%D%/answer_cache.c %D%/answer_cache.h \
	%D%/answer_lifetime.c %D%/answer_lifetime.h \
	%D%/answer_table.c %D%/answer_table.h \
	%D%/arena.c %D%/arena.h \
	%D%/async_result.c %D%/async_result_impl.h \
	%D%/bell.c %D%/bell.h \
	%D%/cache_line.h \
	%D%/cached_answer.c %D%/cached_answer.h \
	%D%/cares_channel.c %D%/cares_channel.h \
	%D%/cares_library.c %D%/cares_library.h \
	%D%/channel.c %D%/channel.h \
	%D%/clock.c %D%/clock.h \
	%D%/configuration.c %D%/configuration.h \
	%D%/configuration_text.c \
	%D%/counters.c %D%/counters.h \
	%D%/depot.c %D%/depot.h \
	%D%/dispatcher.c %D%/dispatcher.h \
	%D%/edns.c %D%/edns.h \
	%D%/file_watch.c %D%/file_watch.h \
	%D%/flight.c %D%/flight.h \
	%D%/gai_conf.c %D%/gai_conf.h \
	%D%/generation.c %D%/generation.h \
	%D%/handle_table.c %D%/handle_table.h \
	%D%/hash.c %D%/hash.h \
	%D%/host_answer.c %D%/host_answer.h \
	%D%/host_entry.c %D%/host_entry_impl.h \
	%D%/host_name.c %D%/host_name.h \
	%D%/hosts_file.c %D%/hosts_file.h \
	%D%/hosts_index.c %D%/hosts_index.h \
	%D%/hosts_line.c %D%/hosts_line.h \
	%D%/hosts_table.c %D%/hosts_table.h \
	%D%/inquiry.c %D%/inquiry.h \
	%D%/invocation.c %D%/invocation.h \
	%D%/journal.c %D%/journal.h \
	%D%/known_answer.c %D%/known_answer.h \
	%D%/letters.h \
	%D%/list.h \
	%D%/local_answer.c %D%/local_answer.h \
	%D%/lookup.c %D%/lookup.h \
	%D%/lookup_options.c %D%/lookup_options_impl.h \
	%D%/loop.c %D%/loop.h \
	%D%/mailbox.c %D%/mailbox.h \
	%D%/memory.h \
	%D%/message.c %D%/message.h \
	%D%/message_stream.c %D%/message_stream.h \
	%D%/notifier.c %D%/notifier.h \
	%D%/octets.h \
	%D%/operation.c %D%/operation.h \
	%D%/outbox.c %D%/outbox.h \
	%D%/outcome.c %D%/outcome.h \
	%D%/packet.c %D%/packet_impl.h \
	%D%/packet_text.c \
	%D%/parts_reader.c %D%/parts_reader.h \
	%D%/ports.c %D%/ports.h \
	%D%/private_address.c %D%/private_address.h \
	%D%/process.c %D%/process.h \
	%D%/query_ids.c %D%/query_ids.h \
	%D%/question.c %D%/question.h \
	%D%/random_octets.c %D%/random_octets.h \
	%D%/rdata.c %D%/rdata.h \
	%D%/readers.c %D%/readers.h \
	%D%/rebinding.c %D%/rebinding.h \
	%D%/record.c %D%/record_impl.h \
	%D%/record_answer.c %D%/record_answer.h \
	%D%/record_lookup.c %D%/record_lookup.h \
	%D%/record_layout.c %D%/record_layout.h \
	%D%/record_parts.c %D%/record_parts.h \
	%D%/record_set.c %D%/record_set_impl.h \
	%D%/record_text.c \
	%D%/record_type.c \
	%D%/report.c %D%/report_impl.h \
	%D%/request.c %D%/request.h \
	%D%/resolv_conf.c %D%/resolv_conf.h \
	%D%/resolver.c %D%/resolver_impl.h \
	%D%/resolver_options.c %D%/resolver_options_impl.h \
	%D%/schedule_point.h \
	%D%/search.c %D%/search.h \
	%D%/search_list.c %D%/search_list.h \
	%D%/server_list.c %D%/server_list.h \
	%D%/server_socket.c %D%/server_socket.h \
	%D%/service.c \
	%D%/special_name.c %D%/special_name.h \
	%D%/stand_in.c %D%/stand_in.h \
	%D%/status.c \
	%D%/stock.c %D%/stock.h \
	%D%/streams.c %D%/streams.h \
	%D%/svcb_params.c %D%/svcb_params.h \
	%D%/svcb_parts.c %D%/svcb_parts.h \
	%D%/svcb_text.c %D%/svcb_text.h \
	%D%/text_file.c %D%/text_file.h \
	%D%/text_writer.c %D%/text_writer.h \
	%D%/thread_role.c %D%/thread_role.h \
	%D%/timer_heap.c %D%/timer_heap.h \
	%D%/transport.c %D%/transport.h \
	%D%/uncancelled.h \
	%D%/unicode_name.c %D%/unicode_name.h \
	%D%/version_text.c \
	%D%/wait_handle.c %D%/wait_handle_impl.h \
	%D%/waiter.c %D%/waiter.h \
	%D%/window.c %D%/window.h \
	%D%/wire_lookup.c %D%/wire_lookup.h \
	%D%/wire_name.c %D%/wire_name.h \
	%D%/wire_query.c %D%/wire_query.h
if SCHEDULE_FUZZING
%C%_libcore_la_SOURCES += %D%/schedule_point.c
endif
%C%_libcore_la_CPPFLAGS = $(AM_CPPFLAGS) $(CODE_COVERAGE_CPPFLAGS)
%C%_libcore_la_CFLAGS = $(AM_CFLAGS) $(VISIBILITY_CFLAGS) $(TLS_CFLAGS) \
	$(CARES_CFLAGS) $(LIBEVENT_CFLAGS) $(LIBIDN2_CFLAGS)
%C%_libcore_la_LIBADD = $(CARES_LIBS) $(LIBEVENT_LIBS) $(LIBIDN2_LIBS) $(PTHREAD_LIBS) \
	$(CODE_COVERAGE_LIBS)

lib_LTLIBRARIES += libasyncdns.la
libasyncdns_la_SOURCES =
libasyncdns_la_LIBADD = %D%/libcore.la
# nodelete: tokens and the loop threads' code must outlive a dlclose.
libasyncdns_la_LDFLAGS = $(AM_LDFLAGS) -no-undefined -version-info $(ASYNCDNS_SOVERSION) \
	-Wl,-z,nodelete
if !SANITIZED
libasyncdns_la_LDFLAGS += -Wl,-z,defs
endif
if HAVE_VSCRIPT
libasyncdns_la_LDFLAGS += $(VSCRIPT_LDFLAGS),$(srcdir)/%D%/asyncdns.map
endif
EXTRA_libasyncdns_la_DEPENDENCIES = %D%/asyncdns.map
EXTRA_DIST += %D%/asyncdns.map

pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA += %D%/asyncdns.pc
