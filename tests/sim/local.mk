# SPDX-License-Identifier: MIT
# The whole library in a world without threads and sockets, where all follows from a seed:
# its loop, its sockets, the clock and chance are the simulation's. Needs no Check.
check_PROGRAMS += %D%/simulate
%C%_simulate_SOURCES = \
	%D%/lookups.c %D%/lookups.h \
	%D%/network.c %D%/network.h \
	%D%/servers.c %D%/servers.h \
	%D%/sim_loop.c %D%/sim_loop.h \
	%D%/simulate.c \
	%D%/truth.c %D%/truth.h \
	%D%/world.c %D%/world.h
%C%_simulate_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/src -I$(top_srcdir)/tests/support
# What c-ares asks for the time and for numbers is the program's too.
%C%_simulate_LDFLAGS = $(AM_LDFLAGS) -export-dynamic
%C%_simulate_LDADD = src/libcore.la tests/support/libsupport.la
TESTS += %D%/simulate

# Any number of seeds, on one core: make sim SEEDS=1-100000
SEEDS = 1-1000
sim: %D%/simulate
	@echo "$(PACKAGE_STRING), commit `cd $(srcdir) && git rev-parse --short HEAD 2>/dev/null`"
	@seeds=$(SEEDS); first=$${seeds%-*}; last=$${seeds#*-}; \
	%D%/simulate $$first $$((last - first + 1))
.PHONY: sim
