#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header compiles alone, as C99 and as C++98, and all together as what came
# later; they bring in no header of c-ares or libevent; <asyncdns.h> brings in all of them.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
source=$(cd "${top_srcdir:-$here/../..}" && pwd) || exit 99
build=${top_builddir:-$source/build}
c_compiler=${CC:-cc}
c_compiler=${c_compiler#ccache }	# which keeps nothing of what is done here
cxx_compiler=${CXX:-g++}
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
status=0

headers="asyncdns.h asyncdns/version.h"
for header in "$source"/include/asyncdns/*.h; do
	case $header in */version.h) continue ;; esac
	headers="$headers asyncdns/${header##*/}"
done

# Each header in a file of its own, in both languages.
mkdir "$scratch/asyncdns" || exit 99
printf 'int nothing;\n' | tee "$scratch/empty.c" >"$scratch/empty.cc"
for header in $headers; do
	printf '#include <%s>\nint nothing;\n' "$header" >"$scratch/$header.c"
	cp "$scratch/$header.c" "$scratch/$header.cc"
done

# compile COMPILER STANDARD ARGUMENT...; a compiler may be several words
compile()
{
	compiler=$1 standard=$2
	shift 2
	# shellcheck disable=SC2086
	$compiler "-std=$standard" -pedantic-errors -Wall -Wextra -Werror \
		-I"$source/include" -I"$build/include" "$@"
}

# check_language LANGUAGE COMPILER STANDARD...: each header alone with the first standard,
# which must be known; all together with those that the compiler has of the others
check_language()
{
	language=$1 compiler=$2 first=$3
	shift 3
	compile "$compiler" "$first" -fsyntax-only "$scratch/asyncdns.h.$language" \
		"$scratch/asyncdns"/*."$language" || {
		echo "a header does not compile alone as $first"
		status=1
	}
	for standard; do
		compile "$compiler" "$standard" -fsyntax-only \
			"$scratch/asyncdns.h.$language" 2>"$scratch/errors" && continue
		if compile "$compiler" "$standard" -fsyntax-only \
			"$scratch/empty.$language" 2>/dev/null; then
			cat "$scratch/errors"
			echo "<asyncdns.h> does not compile as $standard"
			status=1
		else
			echo "$compiler has no $standard: left out"
		fi
	done
}

check_language c "$c_compiler" c99 c11 c17 c2x
if command -v "${cxx_compiler%% *}" >/dev/null; then
	check_language cc "$cxx_compiler" c++98 c++11 c++14 c++17 c++20
else
	echo "$cxx_compiler is missing: the headers were not compiled as C++"
fi

compile "$c_compiler" c99 -M "$scratch/asyncdns.h.c" | tr -s ' ' '\n' >"$scratch/used"
for header in $headers; do
	grep -q "/include/$header\$" "$scratch/used" || {
		echo "<asyncdns.h> does not include <$header>"; status=1; }
done
if grep -E '/(ares[^/]*|event|ev[a-z]+)\.h$|/event2/' "$scratch/used"; then
	echo "a public header includes c-ares or libevent"
	status=1
fi
exit $status
