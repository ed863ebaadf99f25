#!/bin/sh
# SPDX-License-Identifier: MIT
# What git tracks is in the tarball, but for what serves the checkout only.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
source=$(cd "${top_srcdir:-$here/../..}" && pwd) || exit 99
build=${top_builddir:-$source/build}
not_shipped='\.gitignore|\.ci/.*|debian/.*'

if ! tracked=$(cd "$source" && git ls-files 2>&1) || [ -z "$tracked" ]; then
	echo "not a git checkout: ${tracked:-no file is tracked}"
	exit 77
fi
[ "$(cd "$source" && git rev-parse --show-toplevel)" = "$(cd "$source" && pwd -P)" ] || {
	echo "$source lies in the checkout of something else"; exit 77; }
# shellcheck disable=SC2016
shipped=$(cd "$build" && unset MAKEFLAGS MAKELEVEL MFLAGS &&
	printf 'include Makefile\nprint-distfiles:\n\t@echo $(DISTFILES)\n' |
	make -s -f - print-distfiles) || exit 99

missing=$({
	echo "$shipped" | tr ' ' '\n' | sed "s|^$source/||; s|^\\(\\.\\./\\)*||; s|^/*||" | sort -u
	echo "//"
	echo "$tracked"
} | awk '$0 == "//" { tracked = 1; next } !tracked { shipped[$0] = 1; next }
	!($0 in shipped)' | grep -Evx "$not_shipped")
[ -z "$missing" ] && exit 0
echo "tracked, but not in the tarball (EXTRA_DIST in a local.mk):"
echo "$missing"
exit 1
