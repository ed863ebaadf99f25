#!/bin/sh
# SPDX-License-Identifier: MIT
# Each source file says in its first three lines under which licence it is.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99

{
	find include src tests tools doc \( -name '*.[ch]' -o -name '*.h.in' \
		-o -name '*.sh' -o -name '*.mk' -o -name '*.[1-9]' \) -type f -print
	ls Makefile.am configure.ac m4/asyncdns_*.m4 tools/demo tools/check
} | xargs awk '
	FNR == 1 { file_end(); name = FILENAME; is_said = 0 }
	# A page of one line leads to another page; troff wants nothing before it.
	FNR == 1 && /^\.so / || FNR <= 3 && /SPDX-License-Identifier: MIT/ { is_said = 1 }
	END { file_end(); exit status }
	function file_end()
	{
		if (name == "" || is_said)
			return
		print name ": no SPDX-License-Identifier in its first three lines"
		status = 1
	}'
