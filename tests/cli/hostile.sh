#!/bin/sh
# SPDX-License-Identifier: MIT
# Whatever servers and lines of input say: nothing but printable ASCII is written, each item
# has its record, and JSON can be read.
# RESOLVE_SEED=N sh tests/cli/hostile.sh: the random records of that run.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
seed=${RESOLVE_SEED:-$(date +%s)}
echo "RESOLVE_SEED=$seed"

# All bytes in each kind of data that may have any, in pieces of the length that they may
# have; then random ones, of which many are malformed.
awk -v seed="$seed" -v names="$scratch/names" '
function hex(n) { return sprintf("%02x", n) }

# Bytes from first on, each with a length before it, of so many; the last is "last".
function strings(first, last, size,    text, i, n)
{
	text = ""
	for (i = first; i <= last; i += size) {
		n = last - i + 1 < size ? last - i + 1 : size
		text = text hex(n)
		for (; n > 0; n--)
			text = text hex(i + size - n > last ? last + 1 - n : i + size - n)
	}
	return text
}

function bytes(first, last,    text)
{
	for (text = ""; first <= last; first++)
		text = text hex(first)
	return text
}

function add(type, data)
{
	count++
	printf "r%d.demo.test 300 TYPE%d %s\n", count, type, data
	printf "r%d.demo.test TYPE%d\n", count, type >names
}

BEGIN {
	srand(seed)
	name[0] = strings(0, 127, 60) "00"
	name[1] = strings(128, 255, 60) "00"
	add(16, strings(0, 255, 128))
	add(16, "06c3a9e282ac0a0473eda080")
	add(65280, bytes(0, 255))
	add(256, "00010002" bytes(0, 255))
	add(257, "00056973737565" bytes(0, 255))
	for (i = 0; i < 2; i++) {
		add(12, name[i])
		add(2, name[i])
		add(5, name[i])
		add(15, "000a" name[i])
		add(33, "000100020003" name[i])
		add(6, name[i] "00" "0000000100000002000000030000000400000005")
		add(35, "00010002" strings(i * 128, i * 128 + 127, 128) \
			strings(0, 127, 128) strings(128, 255, 128) name[i])
		add(65, "0001" name[i] "0007" "0080" bytes(i * 128, i * 128 + 127))
		add(64, "0001" name[i] "0001" "0004" "03" bytes(i * 128, i * 128 + 2))
	}
	n = split("2 5 6 12 13 15 16 17 18 29 33 35 36 37 39 43 44 46 47 48 50 51 52 53 " \
		"59 60 61 64 65 99 256 257 65280", types, " ")
	for (i = 0; i < 400; i++) {
		data = ""
		for (length_left = int(rand() * rand() * 60) + 1; length_left > 0; length_left--)
			data = data hex(rand() < 0.4 ? int(rand() * 8) : int(rand() * 256))
		add(types[i % n + 1], data)
	}
}' >"$scratch/records" || exit 99
# Names that hold all bytes, too; "#" and blanks end one, and NUL is invalid.
awk 'BEGIN {
	for (i = 1; i < 256; i++)
		if (i != 10)
			printf "x%cy.demo.test A\n", i
}' >>"$scratch/names"
printf 'x\000y.demo.test\n' >>"$scratch/names"
start_server <"$scratch/records"
count=$(wc -l <"$scratch/names")

for format in text short tsv hosts jsonl; do
	# shellcheck disable=SC2086
	$resolve -s "$server" -F $format -f "$scratch/names" >"$out" 2>"$err"
	status=$?
	what="resolve -F $format"
	[ $status = 3 ] || fail "$what: status $status"
	for file in "$out" "$err"; do
		[ "$(tr -d '\011\012\040-\176' <"$file" | wc -c)" = 0 ] ||
			fail "$what: bytes that are not printable"
	done
	case $format in
	tsv | jsonl)
		[ -s "$err" ] && fail "$what: messages"
		cp "$out" "$scratch/$format"
		;;
	*)
		grep -c '^resolve: ' "$err" >"$scratch/failed.$format"
		;;
	esac
done

what="resolve -F tsv"
awk -F'\t' -v count="$count" 'NR == 1 { next }
	NF != 6 { print "fields: " $0; bad = 1 }
	$1 != last && $1 != last + 1 { print "order: " $0; bad = 1 }
	{ last = $1 }
	END { exit bad || last + 1 != count }' last=-1 "$scratch/tsv" || fail "$what: not a record for each item"
what="the same items"
awk -F'\t' 'NR > 1 && $3 != "found" { n++ } END { print n }' "$scratch/tsv" >"$scratch/failed.tsv"
cmp -s "$scratch/failed.tsv" "$scratch/failed.text" || fail "$what fail in text and in tsv"

[ "$(wc -l <"$scratch/jsonl")" = "$count" ] || fail "resolve -J: not a line for each item"
command -v python3 >/dev/null || {
	echo "python3 is missing: JSON was not read"
	finish
}
python3 - "$scratch/jsonl" "$count" <<-'END' || fail "resolve -J: not the JSON that it should be"
	import base64, json, sys

	lines = open(sys.argv[1], encoding="ascii").read().split("\n")
	items = [json.loads(line) for line in lines[:-1]]
	assert [item["index"] for item in items] == list(range(int(sys.argv[2])))
	statuses = {"found", "no-name", "no-data", "timeout", "server-failure", "refused",
	            "unreachable", "invalid", "cancelled"}
	for item in items:
	    assert item["status"] in statuses, item
	    assert (item["status"] == "found") == (item["records"] != []), item
	    assert {"name", "type", "source", "tries", "ms", "time"} <= set(item), item
	for item in items[:23]:
	    assert item["status"] == "found", item
	record = items[0]["records"][0]
	all_bytes = bytes(range(256))
	assert b"".join(base64.b64decode(s) for s in record["base64"]) == all_bytes, record
	assert "".join(record["text"]) == all_bytes.decode("latin-1"), record
	assert items[1]["records"][0]["text"] == ["\u00e9\u20ac\n", "s\u00ed\u00a0\u0080"], items[1]
	assert "\\# 256 000102" in items[2]["records"][0]["data"], items[2]
	assert items[4]["records"][0]["value"] == all_bytes.decode("latin-1"), items[4]
	assert items[-1]["status"] == "invalid" and items[-1]["name"] == "x\0y.demo.test"
END

finish
