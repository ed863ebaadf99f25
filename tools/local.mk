# SPDX-License-Identifier: MIT
bin_PROGRAMS += %D%/resolve
%C%_resolve_SOURCES = \
	%D%/resolve.c %D%/resolve.h \
	%D%/resolve_bell.c %D%/resolve_bell.h \
	%D%/resolve_input.c %D%/resolve_input.h \
	%D%/resolve_options.c %D%/resolve_options.h \
	%D%/resolve_output.c %D%/resolve_output.h \
	%D%/resolve_run.c %D%/resolve_run.h
%C%_resolve_LDADD = libasyncdns.la
dist_man_MANS += %D%/resolve.1

EXTRA_DIST += %D%/check %D%/demo %D%/setup.sh
