# SPDX-License-Identifier: MIT
# What tests and demonstrations share. The scripted DNS server needs neither Check nor the
# library.
noinst_LTLIBRARIES += %D%/libsupport.la
%C%_libsupport_la_SOURCES = \
	%D%/child.c %D%/child.h \
	%D%/dns_message.c %D%/dns_message.h \
	%D%/dns_name.c %D%/dns_name.h \
	%D%/dns_server.c %D%/dns_server.h \
	%D%/dns_server_impl.h \
	%D%/dns_server_loop.c \
	%D%/dns_server_question.c \
	%D%/dns_server_stream.c \
	%D%/dns_zone.c %D%/dns_zone.h \
	%D%/question_count.c %D%/question_count.h \
	%D%/zone_file.c %D%/zone_file.h
%C%_libsupport_la_LIBADD = $(PTHREAD_LIBS)

noinst_PROGRAMS += %D%/dnsd
%C%_dnsd_SOURCES = %D%/dnsd.c
%C%_dnsd_LDADD = %D%/libsupport.la
EXTRA_DIST += %D%/cares.h %D%/demo.zone %D%/interpose.h %D%/require.h %D%/splitmix.h \
	%D%/tree.h

if HAVE_CHECK
dns_server_tests = \
	%D%/test_dns_server \
	%D%/test_dns_server_gates \
	%D%/test_dns_server_rules \
	%D%/test_dns_server_wire
check_PROGRAMS += $(dns_server_tests)
TESTS += $(dns_server_tests)

check_LTLIBRARIES += %D%/libclient.la
%C%_libclient_la_SOURCES = \
	%D%/dns_client.c %D%/dns_client.h \
	%D%/dns_client_reply.c
%C%_libclient_la_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_libclient_la_LIBADD = %D%/libsupport.la $(CHECK_LIBS)

%C%_test_dns_server_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_server_LDADD = %D%/libclient.la
%C%_test_dns_server_gates_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_server_gates_LDADD = %D%/libclient.la
%C%_test_dns_server_rules_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_server_rules_LDADD = %D%/libclient.la
%C%_test_dns_server_wire_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS)
%C%_test_dns_server_wire_LDADD = %D%/libclient.la
endif
