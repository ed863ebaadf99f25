#!/bin/sh
# SPDX-License-Identifier: MIT
# The example of doc/bulk.md for GNU parallel; there are others of that name.
parallel --version 2>/dev/null | grep -q '^GNU parallel' || {
	echo "no GNU parallel"; exit 77; }
exec sh "$(dirname "$0")/bulk.sh" parallel
