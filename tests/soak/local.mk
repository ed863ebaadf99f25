# SPDX-License-Identifier: MIT
# Lookups for hours, in all weathers; not part of check. make soak, or make soak HOURS=24.
check_PROGRAMS += %D%/soak
%C%_soak_SOURCES = \
	%D%/dice.h \
	%D%/players.c %D%/players.h \
	%D%/soak.c \
	%D%/town.c %D%/town.h \
	%D%/weather.c %D%/weather.h
%C%_soak_LDADD = libasyncdns.la tests/support/libsupport.la $(PTHREAD_LIBS)

HOURS = 1
soak: %D%/soak$(EXEEXT)
	%D%/soak `echo $(HOURS) | $(AWK) '{ print 3600 * $$1 }'`
.PHONY: soak
