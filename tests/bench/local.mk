# SPDX-License-Identifier: MIT
# Not built by default: make bench, or make bench BENCH_ROUNDS=3.
EXTRA_PROGRAMS += %D%/bench %D%/responder
%C%_bench_SOURCES = \
	%D%/addrinfo_client.c %D%/addrinfo_client.h \
	%D%/answer.h \
	%D%/ares_loop.c %D%/ares_loop.h \
	%D%/asyncdns_client.c %D%/asyncdns_client.h \
	%D%/bench.c \
	%D%/client.h \
	%D%/client_ares.c \
	%D%/client_begin.c \
	%D%/client_callback.c \
	%D%/client_end.c \
	%D%/client_floor.c \
	%D%/client_getaddrinfo.c \
	%D%/client_hit.c \
	%D%/client_memory.c \
	%D%/client_wait.c \
	%D%/floor.c %D%/floor.h \
	%D%/run.c %D%/run.h \
	%D%/silence.c %D%/silence.h
if HAVE_GETADDRINFO_A
%C%_bench_SOURCES += %D%/client_getaddrinfo_a.c
endif
if HAVE_LIBUV
%C%_bench_SOURCES += %D%/client_libuv.c
endif
if HAVE_GIO
%C%_bench_SOURCES += %D%/client_glib.c
endif
%C%_bench_CFLAGS = $(AM_CFLAGS) $(CARES_CFLAGS) $(LIBUV_CFLAGS) $(GIO_CFLAGS)
%C%_bench_LDADD = libasyncdns.la $(CARES_LIBS) $(GETADDRINFO_A_LIBS) $(LIBUV_LIBS) \
	$(GIO_LIBS) $(PTHREAD_LIBS)
%C%_responder_SOURCES = %D%/answer.h %D%/responder.c
CLEANFILES += %D%/bench$(EXEEXT) %D%/responder$(EXEEXT) %D%/bench.md %D%/bench.svg %D%/bench.tsv
EXTRA_DIST += %D%/run.sh %D%/cases.txt %D%/median.awk %D%/tables.awk %D%/goals.awk %D%/plot.gp

bench: %D%/bench$(EXEEXT) %D%/responder$(EXEEXT)
	top_builddir='$(abs_top_builddir)' $(SHELL) $(srcdir)/%D%/run.sh $(BENCH_ROUNDS)
.PHONY: bench
