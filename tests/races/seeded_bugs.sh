#!/bin/sh
# SPDX-License-Identifier: MIT
# seeded_bugs.sh WORK [BUG...]: builds the library and tests of it in WORK, with schedule
# fuzzing, plainly and with sanitizers, and demands that the tests pass; then seeds each bug
# of bugs/ in turn, and demands that they find it. What make configures is in the
# environment (see local.mk).
#
# Tests are run up to SEEDED_BUGS_TRIES times (8), and found hanging after
# SEEDED_BUGS_LIMIT seconds (120). To be read afterwards: WORK/found.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
source=${top_srcdir:-$here/../..}
build_directory=$(cd "${top_builddir:-$source/build}" && pwd) || exit 99
compiler=${CC:-cc}
mkdir -p "$1" && work=$(cd "$1" && pwd) || exit 99
shift
tries=${SEEDED_BUGS_TRIES:-8}
limit=${SEEDED_BUGS_LIMIT:-120}
ASYNCDNS_TEST_ROUNDS=${ASYNCDNS_TEST_ROUNDS:-50}
TSAN_OPTIONS="halt_on_error=1 $TSAN_OPTIONS"
ASAN_OPTIONS="detect_stack_use_after_return=1 $ASAN_OPTIONS"
export ASYNCDNS_TEST_ROUNDS TSAN_OPTIONS ASAN_OPTIONS
status=0

cd "$source" || exit 99
for bug; do
	shift
	set -- "$@" "$here/bugs/$bug.patch"
done
[ $# != 0 ] || set -- "$here"/bugs/*.patch

say()
{
	echo "$*" | tee -a "$work/found"
}

# ---- Building ----

# flags BUILD
flags()
{
	echo "-O1 -g -w -DHAVE_CONFIG_H -DSCHEDULE_FUZZING=1 -I$build_directory" \
		"-I$build_directory/include -Iinclude -Isrc -Itests/support $PROGRAM_CFLAGS"
	[ "$1" = plain ] || echo "-fsanitize=$1 -fno-omit-frame-pointer"
}

# compile BUILD FILE NAME: makes NAME.o
compile()
{
	# shellcheck disable=SC2046
	$compiler $(flags "$1") -c -o "$work/$1/$3.o" "$2" && return
	echo "$2 could not be compiled"
	exit 99
}

# archive BUILD DIRECTORY: what all programs share
archive()
{
	for file in "$2"/*.c; do
		case ${file##*/} in
		test_* | rooms.c | timed_rooms.c | stopped_clock.c) continue ;;
		esac
		name=$(echo "${file%.c}" | tr / -)
		compile "$1" "$file" "$name"
		ar rc "$work/$1/$(echo "$2" | tr / -).a" "$work/$1/$name.o" || exit 99
	done
}

build()
{
	[ ! -f "$work/$1/built" ] || return
	mkdir -p "$work/$1" || exit 99
	(archive "$1" src) &
	one=$!
	(archive "$1" tests/support && archive "$1" tests/api && archive "$1" tests/unit)
	two=$?
	wait $one && [ $two = 0 ] || exit 99
	touch "$work/$1/built"
}

# link_program BUILD TEST [OBJECT...]: tests/unit/test_ROOM is one of many in their program
link_program()
{
	build=$1 test=$2
	shift 2
	main=$work/$build/main-$(echo "$test" | tr / -)
	if [ ! -f "$main.o" ]; then
		cp "$test.c" "$main.c" || exit 99
		room=${test##*/test_}
		case $test in
		tests/unit/*)
			printf '#include "rooms.h"\n#include "unit.h"\nint main(void) {
			static const struct unit_room rooms[] = { { "%s", %s_tests } };
			return unit_main(rooms, 1); }\n' "$room" "$room" >>"$main.c" ;;
		esac
		# shellcheck disable=SC2046
		$compiler $(flags "$build") -I"${test%/*}" -c -o "$main.o" "$main.c" || exit 99
	fi
	directory=$(echo "${test%/*}" | tr / -)
	# shellcheck disable=SC2046,SC2086
	$compiler $(flags "$build") -o "$work/$build/program" "$main.o" "$@" \
		"$work/$build/$directory.a" "$work/$build/tests-support.a" \
		"$work/$build/src.a" $PROGRAM_LIBS || exit 99
}

# ---- Running ----

# passes BUILD: if not, how says in one line why
passes()
{
	timeout -k 5 "$limit" "$work/$1/program" >"$work/output" 2>&1
	ended=$?
	how=$(sed -n 's/^.*WARNING: \(ThreadSanitizer: [a-z -]*[a-z]\).*/\1/p
		s/^==[0-9]*==ERROR: \([A-Z][A-Za-z]*: [a-z-]*\).*/\1/p' "$work/output" | head -n 1)
	failed=$(sed -n 's/^not ok [0-9]* - [^:]*:[^:]*://p' "$work/output" | head -n 1)
	[ -n "$how" ] || how=$(echo "$failed" | cut -c 1-100)
	[ $ended != 124 ] && [ $ended != 137 ] || how="hangs${how:+; $how}"
	[ -n "$how" ] || [ $ended = 0 ] || how="status $ended"
	[ -n "$how" ] || grep -q '^1\.\.[1-9]' "$work/output" || how="no test has run"
	[ -z "$how" ]
}

# field NAME PATCH
field()
{
	sed -n "s/^$1: //p" "$2"
}

expect_success()
{
	for bug; do
		echo "$(field Build "$bug") $(field Run "$bug")"
	done | sort -u >"$work/runs"
	while read -r build test; do
		build "$build"
		link_program "$build" "$test"
		if passes "$build"; then
			echo "passes: $build: $test"
		else
			cat "$work/output"
			echo "FAIL without a bug: $build: $test: $how"
			exit 1
		fi
	done <"$work/runs" || exit 1
}

# The files that are changed are compiled anew, and linked before the others.
expect_failure()
{
	build=$(field Build "$1")
	test=$(field Run "$1")
	name=$(basename "$1" .patch)
	seeded=$work/seeded
	rm -rf "$seeded"
	mkdir "$seeded" && cp -R src "$seeded/src" && (cd "$seeded" && patch -p1 -s <"$1") ||
		exit 99
	objects=
	files=$(sed -n 's/^+++ b\///p' "$1")
	for file in $files; do
		compile "$build" "$seeded/$file" seeded
		mv "$work/$build/seeded.o" "$seeded/${file##*/}.o"
		objects="$objects $seeded/${file##*/}.o"
	done
	# shellcheck disable=SC2086
	link_program "$build" "$test" $objects
	try=1
	while passes "$build" && [ $try -lt "$tries" ]; do
		try=$((try + 1))
	done
	if [ -n "$how" ]; then
		say "found: $name: $build, $test, run $try: $how"
	else
		say "FAIL: $name: not found by $build, $test"
		status=1
	fi
}

expect_success "$@"
: >"$work/found"
for bug; do
	expect_failure "$bug"
done
exit $status
