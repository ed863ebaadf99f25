#!/bin/sh
# SPDX-License-Identifier: MIT
# exhaustion.sh PROGRAM...: each test of these once for each piece that it asks for, and that
# cannot be had (starve.h). EXHAUSTION_OF: what to do without, memory if it is not set.
# EXHAUSTION: all pieces up to that one, and some further ones; all, if it is not set.
# EXHAUSTION_JOBS: so many programs at a time, or parts of them: each is done in
# EXHAUSTION_SHARES. Tests may fail; none may crash, but in the code of a c-ares that is known
# to, not end, or lose an operation, and with sanitizers none may make them say something.
# What is said is in exhaustion.log.
starve=${top_builddir:-.}/tests/exhaustion/.libs/starve.so
[ -e "$starve" ] || { echo "no $starve"; exit 77; }

# The lines of the log that were not expected.
complaints()
{
	grep '^starve: \(bad\|test [0-9]*: \)\|ERROR: \|SUMMARY: \|runtime error' "$1"
}

# All tests of a program, without one kind.
starve_program()
{
	log=$logs/$kind.$(basename "$program").$STARVE_SHARE$1
	env LD_PRELOAD="$starve" STARVE_OF="$kind" ${1:+"STARVE_$1=yes"} \
		"$program" >/dev/null 2>"$log" </dev/null
	[ $? -le 1 ] || echo "starve: bad: $program: exit $?" >>"$log"
	complaints "$log" | sed "s,^,not ok - $program: ,"
	awk -v what="$program, $kind" '/^starve: .* pieces, / {
			tests++; pieces += $5; runs += $7; short += $9; bad += $11; defects += $13
		}
		END {
			print "# " what ": " tests " tests, " pieces " pieces, " runs " runs, " \
				short " short, " bad + 0 " bad, " defects + 0 " in c-ares"
		}' "$log"
}

if [ "$1" = --job ]; then
	logs=$2 STARVE_SHARE=$3 kind=$4 program=$5
	export STARVE_SHARE
	case $kind,$program in
	memory,*/test_begin)
		starve_program ''
		starve_program EARLY ;;
	memory,*)
		starve_program '' ;;
	*)
		starve_program EARLY ;;
	esac
	exit
fi

ASYNCDNS_TEST_ROUNDS=0.1 ASYNCDNS_TEST_MANY=8 ASYNCDNS_TEST_PATIENCE=300
CK_FORK=yes CK_TIMEOUT_MULTIPLIER=100000
ASAN_OPTIONS=verify_asan_link_order=0:allocator_may_return_null=1:exitcode=99
LSAN_OPTIONS=exitcode=99
UBSAN_OPTIONS=halt_on_error=1:exitcode=99
export ASYNCDNS_TEST_ROUNDS ASYNCDNS_TEST_MANY ASYNCDNS_TEST_PATIENCE
export CK_FORK CK_TIMEOUT_MULTIPLIER
export ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS
[ -z "$EXHAUSTION" ] || export STARVE_DENSE="$EXHAUSTION"
export STARVE_SHARES="${EXHAUSTION_SHARES:-1}"

logs=$(mktemp -d) || exit 99
trap 'rm -rf "$logs"' EXIT
for kind in ${EXHAUSTION_OF:-memory}; do
	for program; do
		share=0
		while [ $share -lt "$STARVE_SHARES" ]; do
			printf '%s\n' $share "$kind" "$program"
			share=$((share + 1))
		done
	done
done | xargs -n 3 -P "${EXHAUSTION_JOBS:-1}" sh "$0" --job "$logs"
ended=$?
tail -n +1 "$logs"/* >exhaustion.log
bad=$(cat "$logs"/* | complaints - | wc -l)
if [ "$ended" -ne 0 ] || [ "$bad" -ne 0 ]; then
	echo "not ok - it runs out"
	exit 1
fi
echo "ok - it runs out"
