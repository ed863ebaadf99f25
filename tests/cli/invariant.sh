#!/bin/sh
# SPDX-License-Identifier: MIT
# N items in, N records out, in the order of the input, whatever the items are; and memory
# that does not grow with their number.
# INVARIANT_COUNT=10000000 sh tests/cli/invariant.sh: with so many items.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
count=${INVARIANT_COUNT:-100000}
# What memory may vary by, kilobytes: less than what a quarter and all of the items differ
# by if each of them leaves one allocation behind.
tolerance=2048

start_server <<-END
	*.bulk.demo.test	300	A	198.51.100.7
	*.bulk.demo.test	300	TXT	"text"
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER

# items COUNT: of 20 one that is asked for, for the sake of time; then such as need no
# server; the index is in each, but for two that are no names at all.
items()
{
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++) {
			kind = i % 20
			if (kind == 0)
				print "i" i (i % 200 == 0 ? ".none" : ".bulk") ".demo.test"
			else if (kind == 1)
				print "i" i "..bad"
			else if (kind == 2)
				print "i" i ".bulk.demo.test A too many"
			else if (kind == 3)
				print "\ni" i ".localhost BOGUS # comment\n\n# comment\r"
			else if (kind == 4)
				printf "i%d.%070d\r\n", i, 0
			else if (i % 2000 == 5)
				print "2001:db8::" i
			else if (kind == 6)
				printf "i%d.%0300d\n", i, 0
			else if (kind == 7)
				print "i" i ".invalid"
			else
				print "i" i ".localhost"
		}
	}'
}

# expected COUNT: "INDEX NAME STATUS" of each
expected()
{
	items "$1" | tr -d '\r' | awk '/^#/ || /^$/ { next } {
		kind = number++ % 20
		status = $1 ~ /none|\.invalid|:/ ? "no-name" : \
			kind == 0 || kind == 5 || kind > 7 ? "found" : "invalid"
		print number - 1, substr($1, 1, 255), status
	}'
}

small=$((count / 100))
items $small >"$scratch/names"
expected $small >"$scratch/expected"
for options in -J "-J -u" "-F tsv"; do
	# shellcheck disable=SC2086
	run 1 -4 $options -f "$scratch/names"
	if [ "$options" = "-F tsv" ]; then
		sed 1d "$out" | cut -f 1-3 | tr '\t' ' '
	else
		sed 's/^{"index":\([0-9]*\),"name":"\([^"]*\)","type":"[^"]*","status":"\([^"]*\)".*}$/\1 \2 \3/' "$out"
	fi >"$scratch/got"
	[ "$options" = "-J -u" ] && sort -n "$scratch/got" -o "$scratch/got"
	cmp "$scratch/expected" "$scratch/got" || fail "$what: not one record for each item"
done
# Where failures are messages, both together.
run 1 -4 -f "$scratch/names" -o "$scratch/results"
awk '$3 == "found" { print $2 }' "$scratch/expected" >"$scratch/found"
cut -f 1 "$scratch/results" | cmp "$scratch/found" - || fail "$what: not what is found"
awk '$3 != "found" { print $2 }' "$scratch/expected" >"$scratch/failed"
sed 's/^resolve: \([^ ]*\): .*/\1/' "$err" | cmp "$scratch/failed" - ||
	fail "$what: not a message for each that is not"
for format in short hosts; do
	run 1 -4 -F $format -f "$scratch/names"
	[ "$(wc -l <"$out")" = "$(wc -l <"$scratch/found")" ] || fail "$what: not as many lines"
	[ "$(wc -l <"$err")" = "$(wc -l <"$scratch/failed")" ] ||
		fail "$what: not as many messages"
done

# measure COUNT: so many items through a pipe; sets peak
measure()
{
	what="resolve with $1 items"
	# shellcheck disable=SC2086
	items "$1" | "$top_builddir/tests/cli/peak" "$scratch/peak" \
		$resolve -4 -F tsv 2>"$err" 8>&- 9<&- | sed 1d | cut -f 1-3 | tr '\t' ' ' >"$scratch/got"
	expected "$1" | cmp "$scratch/got" - || fail "$what: not one record for each item"
	peak=$(cat "$scratch/peak")
}

measure $((count / 4))
little=$peak
measure "$count"
echo "$little kB with $((count / 4)) items, $peak kB with $count"
[ -n "${SANITIZER_CFLAGS-}${RESOLVE-}" ] || [ "$peak" -le $((little + tolerance)) ] ||
	fail "memory grows with the number of items"
finish
