#!/bin/sh
# SPDX-License-Identifier: MIT
# Each source file says in its first three lines under which licence it is.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99

files=$(find include src tests tools doc \( -name '*.[ch]' -o -name '*.h.in' \
	-o -name '*.sh' -o -name '*.mk' -o -name '*.[1-9]' \) -type f -print
	ls Makefile.am configure.ac m4/asyncdns_*.m4 tools/demo tools/check)
status=0
for file in $files; do
	# A page of one line leads to another page; troff wants nothing before it.
	case $(head -n 1 "$file") in '.so '*) continue ;; esac
	[ "$(sed 3q "$file" | grep -c 'SPDX-License-Identifier: MIT')" -gt 0 ] || {
		echo "$file: no SPDX-License-Identifier in its first three lines"
		status=1
	}
done
exit $status
