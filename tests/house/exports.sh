#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library exports what the headers declare and the version script names, no
# more and no less; needs c-ares, libevent_core, the C library and perhaps libidn2; leaves
# no name of its own undefined; and imports nothing that would print, end the process or
# change its signals, locale or environment. No thread is delayed in it for tests.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
source=${top_srcdir:-$here/../..}
library=${top_builddir:-$source/build}/.libs/libasyncdns.so

for tool in nm readelf; do
	command -v $tool >/dev/null || { echo "$tool is missing (binutils)"; exit 77; }
done
if [ ! -f "$library" ]; then
	grep "^dlname=''" "$library/../../libasyncdns.la" && {
		echo "configured without a shared library"; exit 77; }
	echo "$library is not there: make it first"
	exit 99
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
status=0

# One declaration a line, without comments and directives.
sed '/^[ 	]*#/d' "$source"/include/asyncdns.h "$source"/include/asyncdns/*.h | tr '\n' ' ' |
	sed 's|/\*[^*]*\*\{1,\}\([^/*][^*]*\*\{1,\}\)*/| |g' | tr ';' '\n' |
	sed -n 's/.*DNS_API [^(]*[ *]\([A-Za-z0-9_]*\)[ ]*(.*/\1/p' | sort >"$scratch/declared"
sed -n '/global:/,/local:/s/^[ 	]*\([A-Za-z0-9_]*\);$/\1/p' "$source/src/asyncdns.map" |
	sort >"$scratch/mapped"
# A symbol of type A is the name of a version.
nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
	sort >"$scratch/exported"

# compare A B: the lines of A that B lacks, and the reverse
compare()
{
	diff "$scratch/$1" "$scratch/$2" >"$scratch/diff" && return
	sed -n "s/^< \\(.*\\)/\\1: $1, not $2/p; s/^> \\(.*\\)/\\1: $2, not $1/p" "$scratch/diff"
	status=1
}
[ -s "$scratch/declared" ] || { echo "no declaration found in include/"; exit 99; }
compare declared mapped
compare mapped exported

# A thread-local variable brings in the dynamic linker, which is a part of the C library.
allowed='libc[.]|ld[-0-9a-z]*[.]so|libcares[.]|libevent_core[-.]|libidn2[.]'
[ -n "${SANITIZER_CFLAGS-}" ] && allowed="$allowed|lib[a-z]*san[.]|libgcc_s[.]"
readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' >"$scratch/needed"
if grep -Ev "^($allowed)" "$scratch/needed"; then
	echo "needed, and should not be (readelf -d $library)"
	status=1
fi
for needed in libc libcares libevent_core; do
	grep -q "^${needed}[-.]" "$scratch/needed" || { echo "$needed: not needed"; status=1; }
done

# The runtimes of sanitizers and of gcov print and abort, but not in what is installed.
if [ -n "${SANITIZER_CFLAGS-}" ] || nm "$library" | grep -q __gcov_; then
	echo "instrumented: its imports were not looked at"
	exit $status
fi
if LC_ALL=C ldd -r "$library" 2>&1 | grep "undefined symbol"; then
	echo "undefined: is a file missing in src/local.mk?"
	status=1
fi
if [ -z "$(sed -n '/^#define SCHEDULE_FUZZING/p' "${top_builddir:-$source/build}/config.h")" ] &&
	nm "$library" | grep schedule_point; then
	echo "schedule points, without --enable-schedule-fuzzing"
	status=1
fi
ends='_?exit|_Exit|quick_exit|abort|__assert(_fail)?|errx?|verrx?'
prints='stdout|stderr|v?printf|__v?printf_chk|puts|putchar|perror|psignal|v?warnx?|v?syslog'
signals='(__sysv_|bsd_)?signal|sigaction|sigset|sigprocmask|raise'
starts='v?fork|_Fork|system|popen|posix_spawnp?|exec[a-z]+'
process='setlocale|uselocale|setenv|unsetenv|putenv|clearenv|chdir|umask'
if nm -D --undefined-only "$library" | awk '{ sub(/@.*/, "", $NF); print $NF }' |
	grep -Ex "$ends|$prints|$signals|$starts|$process"; then
	echo "imported, and a library does not do that (nm -D --undefined-only $library)"
	status=1
fi
exit $status
