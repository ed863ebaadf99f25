#!/bin/sh
# SPDX-License-Identifier: MIT
# What is printed, and what happens if it cannot be.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
tab=$(printf '\t')

start_server <<-END
	www.demo.test		300	A	192.0.2.10
	www.demo.test		300	AAAA	2001:db8::10
	alias.demo.test		60	CNAME	www.demo.test
	*.bulk.demo.test	300	A	198.51.100.7
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER

# Four fields; the name is the one that was given.
run 0 WWW.demo.test. alias.demo.test
sort "$out" >"$scratch/sorted"
expect "$scratch/sorted" \
	"WWW.demo.test.${tab}300${tab}A${tab}192.0.2.10" \
	"WWW.demo.test.${tab}300${tab}AAAA${tab}2001:db8::10" \
	"alias.demo.test${tab}60${tab}A${tab}192.0.2.10" \
	"alias.demo.test${tab}60${tab}AAAA${tab}2001:db8::10"
run 0 -1 -4 www.demo.test
expect_out 192.0.2.10
run 0 -1 -6 www.demo.test
expect_out 2001:db8::10
run 0 -4 -61 www.demo.test
expect_out 2001:db8::10
run 0 --short --ipv6 --ipv4 www.demo.test
expect_out 192.0.2.10
run 0 -1 www.demo.test
sort "$out" >"$scratch/sorted"
expect "$scratch/sorted" 192.0.2.10 2001:db8::10

# What needs no server.
run 0 192.0.2.10 127.1 ::ffff:192.0.2.1 fe80::1%1000000
expect_out "192.0.2.10${tab}0${tab}A${tab}192.0.2.10" \
	"127.1${tab}0${tab}A${tab}127.0.0.1" \
	"::ffff:192.0.2.1${tab}0${tab}AAAA${tab}::ffff:192.0.2.1" \
	"fe80::1%1000000${tab}0${tab}AAAA${tab}fe80::1%1000000"

# On a terminal, columns.
if command -v script >/dev/null &&
	script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	script -qec "$resolve -4 www.demo.test a.bulk.demo.test x.demo.test" /dev/null \
		</dev/null | tr -d '\r' >"$out"
	what="resolve on a terminal"
	expect_out \
		'www.demo.test       300  A     192.0.2.10' \
		'a.bulk.demo.test    300  A     198.51.100.7' \
		'resolve: x.demo.test: does not exist'
fi

# A full disk.
if [ -c /dev/full ]; then
	for arguments in --help --version "www.demo.test x.demo.test"; do
		# shellcheck disable=SC2086
		$resolve $arguments >/dev/full 2>"$err"
		[ $? = 4 ] || fail "resolve $arguments >/dev/full: the status is not 4"
		tail -n 1 "$err" >"$scratch/last"
		expect "$scratch/last" 'resolve: write error: No space left on device'
	done
fi
# shellcheck disable=SC2086
$resolve www.demo.test >&- 2>"$err"
[ $? = 4 ] || fail "resolve >&-: the status is not 4"
expect_err 'resolve: write error: Bad file descriptor'

# A reader that goes away: quietly, or with a message if that is what the caller wants.
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		print "host" i ".bulk.demo.test"
}' >"$scratch/names"
first=$({
	# shellcheck disable=SC2086
	$resolve -f "$scratch/names" 2>"$err"
	echo $? >"$scratch/status"
} | head -n 1)
what="resolve | head -n 1"
[ "$first" = "host0.bulk.demo.test${tab}300${tab}A${tab}198.51.100.7" ] ||
	fail "$what: $first"
if sh -c 'kill -s PIPE $$' 2>/dev/null; then
	echo "here SIGPIPE is ignored"
else
	expect_err
	expect "$scratch/status" 141
fi
(
	trap '' PIPE
	# shellcheck disable=SC2086
	$resolve -f "$scratch/names" 2>"$err"
	echo $? >"$scratch/status"
) | head -n 1 >/dev/null
what="resolve | head -n 1 without SIGPIPE"
expect_err 'resolve: write error: Broken pipe'
expect "$scratch/status" 4

finish
