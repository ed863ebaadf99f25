#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public function has a manual page, or a page that leads to one which names it; and
# mandoc finds nothing to complain about in any page.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99
status=0

awk '
FILENAME == "src/asyncdns.map" {
	is_global = (is_global || /global:/) && !/local:/
	if (is_global && /^[ \t]*[A-Za-z0-9_]+;$/) {
		gsub(/[ \t;]/, "")
		is_public[$0] = 1
		count++
	}
	next
}
{
	page = FILENAME
	sub(/.*\//, "", page)
	has[page] = 1
}
/^\.so / {
	sub(/.*\//, "", $2)
	leads_to[page] = $2
}
/^\.(Nm|Fn|Fo) / {
	sub(/^\.(Nm|Fn|Fo) ("[^"]* \**)?/, "")
	sub(/[ "].*/, "")
	names[page, $0] = 1
}
END {
	if (count == 0) {
		print "no name found in src/asyncdns.map"
		exit 99
	}
	for (name in is_public) {
		page = name ".3"
		if (!(page in has)) {
			print name ": no page doc/man/" page
			status = 1
			continue
		}
		if (page in leads_to)
			page = leads_to[page]
		if (!((page, name) in names)) {
			print name ": doc/man/" page " does not name it"
			status = 1
		}
	}
	exit status
}' src/asyncdns.map doc/man/*.3 || exit

command -v mandoc >/dev/null || {
	echo "mandoc is missing: each function has its page, but none was checked"; exit 77; }
# shellcheck disable=SC2046
mandoc -T lint -W warning $(grep -L '^\.so ' doc/man/*.[1-9]) || status=1
page=${top_builddir:-build}/tools/resolve.1
[ ! -f "$page" ] || mandoc -T lint -W warning "$page" || status=1
exit $status
