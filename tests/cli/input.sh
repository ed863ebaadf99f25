#!/bin/sh
# SPDX-License-Identifier: MIT
# Where names come from, and what a line may look like.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

start_server <<-END
	a.demo.test	300	A	192.0.2.1
	b.demo.test	300	A	192.0.2.2
	c.demo.test	300	A	192.0.2.3
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER

# Comments, blanks, carriage returns, empty lines, no newline at the end.
printf '# names\r\n\r\n a.demo.test\t# the first\n\n\t\n#\nb.demo.test\r\n   \nc.demo.test' \
	>"$scratch/names"
run 0 -1 -f "$scratch/names"
expect_out 192.0.2.1 192.0.2.2 192.0.2.3
expect_err
input=$scratch/names
run 0 -1
expect_out 192.0.2.1 192.0.2.2 192.0.2.3
input=/dev/null
run 0
expect_out
expect_err

# A bad line fails by itself.
label=$(printf '%064d' 0)
long=$(printf '%0300d' 0)
{
	echo "a.demo.test"
	printf 'nul\000.demo.test\n'
	echo "$label.demo.test"
	echo "$long.demo.test"
	echo "$long" | sed 's/0/00000000000000000000000000000000/g; p; s/^/#/'
	echo "b.demo.test c.demo.test"
	echo "b.demo.test A AAAA"
	printf 'esc\033[31m\\\n'
	echo "b.demo.test"
} >"$scratch/bad"
run 1 -1 -f "$scratch/bad"
expect_out 192.0.2.1 192.0.2.2
kept=$(printf '%0255d' 0)
expect_err 'resolve: nul\000.demo.test: cannot be a name' \
	"resolve: $label.demo.test: a label of more than 63 bytes" \
	"resolve: $kept: too long for a name" \
	"resolve: $kept: too long for a name" \
	'resolve: b.demo.test: no such type of records, or too many' \
	'resolve: b.demo.test: more than a name and types in a line' \
	'resolve: esc\027[31m\\: does not exist'
run 1 "$kept" "$long" "${kept%0}.x"
expect_err "resolve: $kept: too long for a name" "resolve: $kept: too long for a name" \
	"resolve: ${kept%0}.: too long for a name"

# UTF-8 is for libidn2, if that is there.
name=$(printf '\303\244.demo.test')
if grep -q '^#define HAVE_LIBIDN2 1' "$top_builddir/config.h"; then
	run 1 "$name"
	expect_err 'resolve: \195\164.demo.test: does not exist'
else
	run 4 "$name"
	expect_err 'resolve: \195\164.demo.test: the name is not ASCII, and asyncdns was built without libidn2'
fi

# Operands, then files, in their order; "-" is standard input.
echo b.demo.test >"$scratch/b"
echo c.demo.test >"$scratch/c"
run 0 -1 -f "$scratch/c" a.demo.test -f "$scratch/b"
expect_out 192.0.2.1 192.0.2.3 192.0.2.2
input=$scratch/b
run 0 -1 -f "$scratch/c" -f - a.demo.test
expect_out 192.0.2.1 192.0.2.3 192.0.2.2

# Otherwise standard input is not touched.
for from in a.demo.test "-f $scratch/c"; do
	# shellcheck disable=SC2086
	left=$(printf 'left\n' | { $resolve $from >/dev/null; cat; })
	[ "$left" = left ] || fail "resolve $from read standard input"
done

# Files that cannot be read.
input=/dev/null
run 4 -1 -f "$scratch/none" -f "$scratch" -f "$scratch/b"
expect_out 192.0.2.2
expect_err "resolve: $scratch/none: No such file or directory" \
	"resolve: $scratch: Is a directory"
what="resolve <&-"
# shellcheck disable=SC2086
$resolve <&- >"$out" 2>"$err"
[ $? = 4 ] || fail "$what: the status is not 4"
expect_err 'resolve: standard input: Bad file descriptor'

# After "--" all are operands.
run 1 -1 -- a.demo.test -6
expect_out 192.0.2.1
expect_err 'resolve: -6: does not exist'

finish
