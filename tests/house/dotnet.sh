#!/bin/sh
# SPDX-License-Identifier: MIT
# Of each of .NET's tests tests/dotnet/originals.txt says what became of it: those that are
# ported are there, and run, and no others are; and doc/dotnet.md has the reasons for those
# that differ or are not there, and no reasons for none.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
table=tests/dotnet/originals.txt
status=0
LC_ALL=C; export LC_ALL

# compare A B WHAT-A WHAT-B: the lines of A that B lacks, and the reverse
compare()
{
	diff "$scratch/$1" "$scratch/$2" >"$scratch/diff" && return
	sed -n "s|^< \\(.*\\)|\\1: $3, not $4|p; s|^> \\(.*\\)|\\1: $4, not $3|p" "$scratch/diff"
	status=1
}

awk -v table=$table -v names="$scratch/table" -v reasons="$scratch/given" '
function complain(text)
{
	print table ":" FNR ": " text
	bad = 1
}

/^#/ || !NF { next }
$1 == "ported" && NF == 2 { print $2 >names }
$1 == "differs" && NF == 3 && $2 ~ /^[0-9]+$/ { print $3 >names; print $2 >reasons }
$1 == "absent" && NF == 3 && $2 ~ /^[a-z]$/ { print $2 >reasons }
$1 !~ /^(ported|differs|absent)$/ || NF != ($1 == "ported" ? 2 : 3) {
	complain("not understood: " $0)
}
seen[$NF]++ { complain($NF " is there twice") }
END { exit bad }
' $table || status=1
sort "$scratch/table" -o "$scratch/table"
[ -s "$scratch/table" ] || { echo "no test found in $table"; exit 99; }
sort -u "$scratch/given" -o "$scratch/given"

# A name may stand on the line after the parenthesis.
cat tests/dotnet/test_*.c | tr -s ' \t\n' '   ' | sed 's/START_TEST(/\
&/g; s/tcase_add_[a-z_]*test(/\
&/g' >"$scratch/calls"
sed -n 's/^START_TEST( *\([A-Za-z0-9_]*\)).*/\1/p' "$scratch/calls" |
	sort >"$scratch/written"
sed -n 's/^tcase_add_[a-z_]*test( *[a-z_]*, *\([A-Za-z0-9_]*\)[,)].*/\1/p' "$scratch/calls" |
	sort >"$scratch/run"
compare table written "in $table" "in tests/dotnet"
compare written run "written in tests/dotnet" "run there"

# Rows "| N | ..." and items "* X. ...".
sed -n 's/^| *\([0-9][0-9]*\) *|.*/\1/p; s/^\* \([a-z]\)\. .*/\1/p' doc/dotnet.md |
	sort >"$scratch/reasons"
[ -z "$(uniq -d "$scratch/reasons")" ] || {
	echo "doc/dotnet.md: a row or an item is there twice"; status=1; }
# Rows about what no test of theirs asks for have no test here.
grep '^[a-z]$' "$scratch/reasons" >"$scratch/items"
grep '^[a-z]$' "$scratch/given" >"$scratch/items-given"
compare items-given items "named in $table" "in doc/dotnet.md"
grep '^[0-9]' "$scratch/given" | while read -r row; do
	grep -qx "$row" "$scratch/reasons" || echo "row $row: in $table, not in doc/dotnet.md"
done >"$scratch/missing"
[ -s "$scratch/missing" ] && { cat "$scratch/missing"; status=1; }
exit $status
