#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public function has a manual page, or a page that leads to one which names it; and
# mandoc finds nothing to complain about in any page.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99
status=0

names=$(sed -n '/global:/,/local:/s/^[ 	]*\([A-Za-z0-9_]*\);$/\1/p' src/asyncdns.map)
[ -n "$names" ] || { echo "no name found in src/asyncdns.map"; exit 99; }
for name in $names; do
	page=doc/man/$name.3
	[ -f "$page" ] || { echo "$name: no page $page"; status=1; continue; }
	target=$(sed -n 's/^\.so \(man3\/\)\{0,1\}//p' "$page")
	[ -n "$target" ] && page=doc/man/$target
	grep -Eqs "^\\.(Nm|Fn|Fo) (\"[^\"]* \\**)?$name( |\"|\$)" "$page" || {
		echo "$name: $page does not name it"; status=1; }
done
[ $status = 0 ] || exit $status

command -v mandoc >/dev/null || {
	echo "mandoc is missing: each function has its page, but none was checked"; exit 77; }
find doc/man -name '*.[1-9]' ! -exec grep -q '^\.so ' {} \; \
	-exec mandoc -T lint -W warning {} + || status=1
page=${top_builddir:-build}/tools/resolve.1
[ ! -f "$page" ] || mandoc -T lint -W warning "$page" || status=1
exit $status
