# shellcheck shell=sh
# SPDX-License-Identifier: MIT
# For the tests of resolve(1), which source it: a scratch directory, a DNS server that
# obeys, runs of the tool and what is expected of them. A test ends with finish.

# One that waits for what does not come is ended, with all that it has started.
if [ -z "${RESOLVE_IS_TIMED-}" ] && command -v timeout >/dev/null; then
	RESOLVE_IS_TIMED=yes
	export RESOLVE_IS_TIMED
	exec timeout -k 10 "${RESOLVE_LIMIT:-300}" sh "$0" "$@"
fi
unset RESOLVE_IS_TIMED

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 99
top_srcdir=${top_srcdir:-$here/../..}
top_builddir=${top_builddir:-$top_srcdir/build}
# The tool, with what it is to run under: RESOLVE="valgrind -q tools/.libs/resolve", which
# RESOLVE_LIMIT=3600 gives the time
resolve=${RESOLVE:-$top_builddir/tools/resolve}
# libtool's wrapper takes ten times as long to start as what it wraps: where all that it
# does is to say where the library is, that is done here.
library_path=
# shellcheck disable=SC2016
[ -n "${RESOLVE-}" ] || [ ! -x "$top_builddir/tools/.libs/resolve" ] ||
	library_path=$(LC_ALL=C sed -n 's/^ *LD_LIBRARY_PATH="\(.*\):\$LD_LIBRARY_PATH"$/\1/p' \
		"$top_builddir/tools/resolve")
if [ -n "$library_path" ]; then
	LD_LIBRARY_PATH=$library_path${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
	export LD_LIBRARY_PATH
	resolve=$top_builddir/tools/.libs/resolve
fi
unset RESOLVE_SERVER POSIXLY_CORRECT
LC_ALL=C
export LC_ALL

failed=0
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
out=$scratch/out
err=$scratch/err

skip()
{
	echo "$*"
	exit 77
}

fail()
{
	echo "not ok: $*"
	failed=1
}

finish()
{
	exit $failed
}

# Starts the server with the zone on standard input; sets $server. It ends with this shell,
# which has the other end of its standard input open.
start_server()
{
	cat >"$scratch/zone"
	mkfifo "$scratch/commands" "$scratch/replies" || exit 99
	"$top_builddir/tests/cli/scripted_dnsd" "$scratch/zone" \
		<"$scratch/commands" >"$scratch/replies" &
	exec 8>"$scratch/commands" 9<"$scratch/replies"
	# shellcheck disable=SC2034
	read -r server <&9 && return
	wait $!
	[ $? = 77 ] && skip "no loopback network"
	exit 99
}

# tell COMMAND NAME [NUMBER]: has the server do it; sets $reply
tell()
{
	echo "$*" >&8
	read -r reply <&9 || exit 99
	reply=${reply#ok }
}

# note_questions NAME, start what asks for it, await_question NAME: goes on when it has been
# asked for once more. How often it was before depends on how long the runs took.
note_questions()
{
	tell count "$1"
	noted=$reply
}

await_question()
{
	tell wait "$1" $((noted + 1))
}

# run STATUS [ARGUMENT...]: runs resolve, with $input as its standard input; what it prints
# is in $out and $err.
input=/dev/null
run()
{
	expected=$1
	shift
	what="resolve $*"
	# shellcheck disable=SC2086
	$resolve "$@" <"$input" >"$out" 2>"$err" 8>&- 9<&-
	status=$?
	[ $status = "$expected" ] && return
	fail "$what: status $status, not $expected"
	cat "$out" "$err"
}

# are_lines [LINE...]: whether standard input is those lines; costs no process
are_lines()
{
	for wanted_line; do
		IFS= read -r got_line && [ "$got_line" = "$wanted_line" ] || return 1
	done
	! IFS= read -r got_line && [ -z "$got_line" ]
}

# expect FILE [LINE...]: those lines are in the file, and no others
expect()
{
	file=$1
	shift
	are_lines "$@" <"$file" && return
	: >"$scratch/expected"
	[ $# = 0 ] || printf '%s\n' "$@" >"$scratch/expected"
	cmp -s "$scratch/expected" "$file" && return
	fail "$what: not what was expected in ${file##*/}"
	diff "$scratch/expected" "$file"
}

expect_out()
{
	expect "$out" "$@"
}

expect_err()
{
	expect "$err" "$@"
}
