#!/bin/sh
# SPDX-License-Identifier: MIT
# doc/faults.md and the tests say the same: each case of the catalogue is there once, with
# the tests that are for it, or why there is none. A test says for which cases it is in the
# comment before it ("Fault W01."), a file in the comment at its top; a test in test_fault*.c
# begins with its case, as w01_wrong_id.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
status=0
LC_ALL=C; export LC_ALL

# Lines "FILE NAME CASE"; a NAME of - is the whole file.
awk '
function complain(text)
{
	print FILENAME ":" FNR ": " text >"/dev/stderr"
	bad = 1
}

function take_tests(given,    parts, words, i, j, file)
{
	gsub(/,/, " ", given)
	for (i = split(given, parts, ";"); i > 0; i--) {
		j = split(parts[i], words, " ")
		file = words[1]
		if (j == 1)
			print "tests/" file ".c", "-", id
		for (; j > 1; j--)
			print "tests/" file ".c", words[j], id
	}
}

BEGIN {
	split("W 38 T 19 A 20 R 16 O 19 C 16 N 12 H 20 L 19", sizes, " ")
	FS = " *[|] *"
}

/^\| [A-Z][0-9][0-9] / {
	id = $2
	if (seen[id]++)
		complain(id " is there twice")
	if (NF != 6)
		complain(id ": not four columns")
	if ($4 !~ /^not tested: ./)
		take_tests($4)
}

END {
	for (i = 1; i in sizes; i += 2)
		for (j = 1; j <= sizes[i + 1]; j++)
			all[sprintf("%s%02d", sizes[i], j)]
	for (id in all)
		if (!(id in seen))
			complain(id " is missing")
	for (id in seen)
		if (!(id in all))
			complain(id ": no such case")
	exit bad
}
' doc/faults.md >"$scratch/table" || status=1
sort -u "$scratch/table" -o "$scratch/table"

awk '
function take_comment(name,    text)
{
	text = comment
	gsub(/[ \t*]+/, " ", text)
	if (!sub(/^.*Faults? /, "", text))
		return
	while (match(text, /^[A-Z][0-9][0-9][,. ]*/)) {
		print FILENAME, name, substr(text, 1, 3)
		text = substr(text, RLENGTH + 1)
	}
}

FNR == 1 { comment = "" }

/^\/\*/ { comment = "" }
/^\/\*/, /\*\/$/ {
	comment = comment " " $0
	next
}

/^START_TEST\(/ {
	name = $0
	gsub(/^START_TEST\(|\).*/, "", name)
	take_comment(name)
	if (FILENAME ~ /\/test_fault[a-z_]*\.c$/)
		print FILENAME, name, toupper(substr(name, 1, 3))
	comment = ""
	next
}

{
	take_comment("-")
	comment = ""
}
' tests/*/*.c | sort -u >"$scratch/tests"
[ -s "$scratch/tests" ] || { echo "no test is for any case"; exit 99; }

diff "$scratch/table" "$scratch/tests" >"$scratch/diff" || {
	sed -n 's|^< |in doc/faults.md, not in the tests: |p
		s|^> |in the tests, not in doc/faults.md: |p' "$scratch/diff"
	status=1
}
exit $status
