#!/bin/sh
# SPDX-License-Identifier: MIT
# bulk.sh [EXAMPLE...]: the commands of doc/bulk.md with these names, as they stand there:
# the parts of a list, joined, are what one run would have had.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
count=300

start_server <<-END
	*.bulk.demo.test	300	A	198.51.100.7
	*.bulk.demo.test	300	MX	10 mx.demo.test
	END
RESOLVE_SERVER=$server
export RESOLVE_SERVER
document=$(cd "$top_srcdir" && pwd)/doc/bulk.md

# The tool under its name, from any directory.
mkdir "$scratch/bin" "$scratch/work"
{
	echo '#!/bin/sh'
	printf 'exec'
	for word in $resolve; do
		case $word in
		*/*) [ -e "$PWD/$word" ] && word=$PWD/$word ;;
		esac
		printf " '%s'" "$word"
	done
	# shellcheck disable=SC2016
	echo ' "$@"'
} >"$scratch/bin/resolve"
chmod +x "$scratch/bin/resolve"
PATH=$scratch/bin:$PATH
cd "$scratch/work" || exit 99

# One of them twice, and some that do not exist, or cannot.
awk -v count=$count 'BEGIN {
	for (i = 0; i < count; i++)
		print (i % 7 == 0 ? "x" i ".none" : i % 11 == 0 ? "a..b" : \
			i % 13 == 0 ? "same.bulk" : "host" i ".bulk") ".demo.test", \
			(i % 5 == 0 ? "MX" : "")
}' >names
mask()
{
	sed 's/,"source".*$//' "$@"
}
run 1 -J -f names
mask "$out" >"$scratch/whole"
[ "$(wc -l <"$scratch/whole")" = $count ] || fail "$what: not $count results"

# example NAME: the commands behind that mark
example()
{
	awk -v mark="<!-- bulk.sh: $1 -->" '
		$0 == mark { is_found = 1; next }
		/^```/ && is_inside { exit }
		/^```/ { is_inside = is_found; next }
		is_inside { print }' "$document" >"$scratch/example"
	[ -s "$scratch/example" ] || fail "$1: no such example"
	rm -rf results results.tsv part.*
	sh -e "$scratch/example" 8>&- 9<&- >"$out" 2>"$err" </dev/null ||
		fail "$1: status $?"
	cat "$out" "$err"
	what="example $1"
	expect_out
	mask results | cmp "$scratch/whole" - || fail "$1: other results than one run has"
}

[ $# -gt 0 ] || set -- shell xargs
for name; do
	example "$name"
done
finish
