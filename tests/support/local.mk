# SPDX-License-Identifier: MIT
# What tests and demonstrations share. The scripted DNS server needs neither Check nor the
# library.
noinst_LTLIBRARIES += %D%/libsupport.la
%C%_libsupport_la_SOURCES = \
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
EXTRA_DIST += %D%/demo.zone
