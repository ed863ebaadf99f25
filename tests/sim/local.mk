# SPDX-License-Identifier: MIT
# The whole library in a world without threads and sockets, where all follows from a seed:
# its loop, its sockets, the clock and chance are the simulation's. Needs no Check.
sim_cppflags = $(AM_CPPFLAGS) -I$(top_srcdir)/src -I$(top_srcdir)/tests/support
sim_sources = \
	%D%/life.c %D%/life.h \
	%D%/lookups.c %D%/lookups.h \
	%D%/memory.c %D%/memory.h \
	%D%/network.c %D%/network.h \
	%D%/servers.c %D%/servers.h \
	%D%/sim_loop.c %D%/sim_loop.h \
	%D%/truth.c %D%/truth.h \
	%D%/world.c %D%/world.h
# What c-ares asks for the time, numbers and memory is the program's too.
sim_ldflags = $(AM_LDFLAGS) -export-dynamic

sim_programs = %D%/exhaust %D%/simulate
%C%_exhaust_SOURCES = %D%/exhaust.c $(sim_sources)
%C%_exhaust_CPPFLAGS = $(sim_cppflags)
%C%_exhaust_LDFLAGS = $(sim_ldflags)
%C%_exhaust_LDADD = src/libcore.la tests/support/libsupport.la
%C%_simulate_SOURCES = %D%/simulate.c $(sim_sources)
%C%_simulate_CPPFLAGS = $(sim_cppflags)
%C%_simulate_LDFLAGS = $(sim_ldflags)
%C%_simulate_LDADD = src/libcore.la tests/support/libsupport.la
check_PROGRAMS += $(sim_programs)
TESTS += $(sim_programs)

# Any number of seeds, on one core: make sim SEEDS=1-100000
SEEDS = 1-1000
sim: %D%/simulate
	@echo "$(PACKAGE_STRING), commit `cd $(srcdir) && git rev-parse --short HEAD 2>/dev/null`"
	@seeds=$(SEEDS); first=$${seeds%-*}; last=$${seeds#*-}; \
	%D%/simulate $$first $$((last - first + 1))
.PHONY: sim
