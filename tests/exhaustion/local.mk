# SPDX-License-Identifier: MIT
# The tests of the public interface, with memory that runs out: make exhaustion, which takes an
# hour or more (EXHAUSTION_JOBS=8 helps, since most of it is waiting), or less without
# all pieces, make exhaustion EXHAUSTION=30; for one program make exhaustion
# EXHAUSTED=tests/api/test_end. With EXHAUSTION_OF='socket connect epoll eventfd
# thread random open' it is those that fail. In a tree that is configured
# --with-sanitizer=leak it finds leaks too, and with address,undefined, ten times as
# slow, what else is bad. Not part of check. Programs that fork themselves or break the
# system themselves are left out.
EXTRA_LTLIBRARIES += %D%/starve.la
%C%_starve_la_SOURCES = %D%/defect.c %D%/inquest.c %D%/litter.c %D%/repeat.c %D%/starve.c \
	%D%/starve.h
%C%_starve_la_CFLAGS = $(AM_CFLAGS) -fno-sanitize=all
%C%_starve_la_LDFLAGS = -module -avoid-version -shared -rpath /nowhere
%C%_starve_la_LIBADD = libasyncdns.la $(PTHREAD_LIBS)

EXHAUSTED = `echo $(api_tests) | tr ' ' '\n' | grep -v 'fork\|faults\|guest'`
exhaustion: %D%/starve.la $(api_tests)
	top_builddir='$(abs_top_builddir)' $(SHELL) $(srcdir)/%D%/exhaustion.sh $(EXHAUSTED)
.PHONY: exhaustion
EXTRA_DIST += %D%/exhaustion.sh
