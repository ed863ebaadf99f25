# SPDX-License-Identifier: MIT
# Not built by default: make bench, or make bench BENCH_ROUNDS=3.
EXTRA_PROGRAMS += %D%/bench %D%/responder
%C%_bench_SOURCES = \
	%D%/answer.h \
	%D%/bench.c %D%/bench.h \
	%D%/client_ares.c \
	%D%/client_asyncdns.c \
	%D%/client_getaddrinfo.c
%C%_bench_CFLAGS = $(AM_CFLAGS) $(CARES_CFLAGS)
%C%_bench_LDADD = libasyncdns.la $(CARES_LIBS) $(PTHREAD_LIBS)
%C%_responder_SOURCES = %D%/answer.h %D%/responder.c
CLEANFILES += %D%/bench$(EXEEXT) %D%/responder$(EXEEXT)
EXTRA_DIST += %D%/run.sh

bench: %D%/bench$(EXEEXT) %D%/responder$(EXEEXT)
	top_builddir='$(abs_top_builddir)' $(SHELL) $(srcdir)/%D%/run.sh $(BENCH_ROUNDS)
.PHONY: bench
