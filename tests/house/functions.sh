#!/bin/sh
# SPDX-License-Identifier: MIT
# No long functions and no long files. Over the norm is printed, over the limit fails.
function_norm=60 function_limit=80
file_norm=400 file_limit=500
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99

# A function is from the line of its name to the "}" in the first column.
# shellcheck disable=SC2046
awk -v function_norm=$function_norm -v function_limit=$function_limit \
	-v file_norm=$file_norm -v file_limit=$file_limit '
function measure(what, lines, norm, limit)
{
	if (lines > norm)
		print what ": " lines " lines; the norm is " norm ", the limit " limit
	if (lines > limit)
		bad = 1
}

FNR == 1 {
	if (file)
		measure(file, lines, file_norm, file_limit)
	file = FILENAME
	start = 0
}
/^[A-Za-z_].*\(/ {
	name = $0
	sub(/[ \t]*\(.*/, "", name)
	sub(/.*[ *]/, "", name)
	named = FNR
}
/^\{/ { start = named }
/^\}/ && start {
	measure(file ": " name, FNR - start + 1, function_norm, function_limit)
	functions++
	start = 0
}
{ lines = FNR }
END {
	measure(file, lines, file_norm, file_limit)
	print functions + 0 " functions measured"
	exit bad || !functions
}
' $(find src tools -name '*.c' | sort) </dev/null
