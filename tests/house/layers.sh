#!/bin/sh
# SPDX-License-Identifier: MIT
# Rooms include only rooms of lower rank (layers.txt). Only cares_channel.c and cares_library.c
# include c-ares, only loop.c libevent, only unicode_name.c libidn2. Only loop.c makes
# threads, and only process.c has locks that are nobody's, since it alone sees to them when
# the process forks.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
cd "${top_srcdir:-$here/../..}" || exit 99

awk '
function complain(text)
{
	print where ": " text
	bad = 1
}

# src/host_entry_impl.h and include/asyncdns/host_entry.h are of the room host_entry.
function room_of(path,    name)
{
	name = path
	sub(/^.*\//, "", name)
	sub(/(_impl)?\.(c|h|h\.in)$/, "", name)
	return name
}

# The line without its comments; a comment may go on from line to line.
function code_of(line,    code, at)
{
	code = ""
	for (;;) {
		if (commented) {
			at = index(line, "*/")
			if (!at)
				return code
			line = substr(line, at + 2)
			commented = 0
		}
		at = index(line, "/*")
		if (!at)
			return code line
		code = code substr(line, 1, at - 1) " "
		line = substr(line, at + 2)
		commented = 1
	}
}

function check_system_include(header)
{
	if (header ~ /^ares[^\/]*\.h$/ && FILENAME !~ /^src\/(cares_channel|cares_library)\.c$/)
		complain("<" header ">: only src/cares_channel.c and src/cares_library.c include c-ares")
	if (header ~ /^(event2\/.*|event|evutil|evdns|evhttp|evrpc)(\.h)?$/ &&
	    FILENAME != "src/loop.c")
		complain("<" header ">: only src/loop.c includes libevent")
	if (header ~ /^idn2\.h$/ && FILENAME != "src/unicode_name.c")
		complain("<" header ">: only src/unicode_name.c includes libidn2")
}

function check_room_include(header, path)
{
	if (FILENAME ~ /^include\// && path ~ /^src\//)
		complain("\"" header "\": a public header includes no private one")
	else if (!(path in exists))
		complain("\"" header "\": no such header of ours")
	else if (room_of(path) != room && rank[room_of(path)] >= rank[room])
		complain(room " (rank " rank[room] ") includes " room_of(path) \
			 " (rank " rank[room_of(path)] ")")
}

function check_include(code,    header, quoted)
{
	quoted = code ~ /"/
	header = code
	gsub(/^[^<"]*[<"]|[>"].*$/, "", header)
	if (header ~ /^asyncdns(\/.*)?\.h$/)
		check_room_include(header, "include/" header)
	else if (!quoted)
		check_system_include(header)
	else if (header != "config.h")
		check_room_include(header, "src/" header)
}

BEGIN {
	for (i = 2; i < ARGC; i++) {
		name = ARGV[i]
		sub(/\.in$/, "", name)
		exists[name] = 1
	}
}

FILENAME == ARGV[1] {
	where = FILENAME ":" FNR
	for (i = 2; i <= NF && $1 !~ /^#/; i++) {
		if ($i in rank)
			complain("room " $i " is there twice")
		rank[$i] = $1
	}
	next
}

FNR == 1 {
	where = FILENAME
	commented = 0
	room = room_of(FILENAME)
	if (!(room in rank))
		complain("room " room " has no rank in tests/house/layers.txt")
	inhabited[room] = 1
}

{
	where = FILENAME ":" FNR
	code = code_of($0)
}

code ~ /^[ \t]*#[ \t]*include/ {
	check_include(code)
}

code ~ /(^|[^A-Za-z0-9_])pthread_create([^A-Za-z0-9_]|$)/ && FILENAME != "src/loop.c" {
	complain("only src/loop.c makes threads")
}

code ~ /PTHREAD_[A-Z]+_INIT/ && FILENAME != "src/process.c" {
	complain("only src/process.c has locks of the whole process, for the sake of forks")
}

END {
	where = "tests/house/layers.txt"
	for (room in rank)
		if (!(room in inhabited))
			complain("room " room " has no file")
	exit bad
}
' "$here/layers.txt" include/asyncdns.h include/asyncdns/*.h include/asyncdns/*.h.in src/*.[ch]
