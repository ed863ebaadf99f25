#!/bin/sh
# SPDX-License-Identifier: MIT
# The example programs say what they should, asking the scripted server.
here=$(cd "$(dirname "$0")" && pwd) || exit 99
build=${top_builddir:-$here/../..}
zone=${top_srcdir:-$here/../..}/tests/support/demo.zone
scratch=$(mktemp -d) || exit 99
failed=0

mkfifo "$scratch/port" || exit 99
"$build/tests/support/dnsd" "$zone" >"$scratch/port" &
server_pid=$!
trap 'kill $server_pid 2>/dev/null; rm -rf "$scratch"' EXIT
read -r server <"$scratch/port" || exit 99

order=cat	# or sort, of programs whose lines come in any order
# expect STATUS PROGRAM [ARGUMENT]...: what it prints must be standard input's text.
expect() {
	wanted=$1 program=$2
	shift 2
	cat >"$scratch/expected"
	"$build/doc/examples/$program" "$@" <"$scratch/input" >"$scratch/output" 2>&1
	got=$?
	if [ $got -ne "$wanted" ]; then
		echo "$program $*: status $got, not $wanted"
		failed=1
	fi
	# How many requests remain, and how many dots are drawn, is a matter of luck.
	# Which of two addresses is the better one depends on this system.
	sed -e 's/2001:db8::10 192\.0\.2\.10/192.0.2.10 2001:db8::10/' \
		-e '/ requests remaining\.$/d' \
		-e '/^\.*$/d' -e '/^ Enter.*: $/d' \
		"$scratch/output" | $order | awk '
		$0 == "2001:db8::10" && before != "192.0.2.10" { held = $0; next }
		{ print; before = $0 }
		held { print held; held = "" }' >"$scratch/normal"
	if ! diff -u "$scratch/expected" "$scratch/normal"; then
		echo "$program $*: not the output expected"
		failed=1
	fi
}

: >"$scratch/input"
expect 0 block_by_end ftp.demo.test "$server" <<'END'
Processing your request for information...
Aliases
ftp.demo.test
Addresses
192.0.2.10
2001:db8::10
END
expect 1 block_by_end nx.demo.test "$server" <<'END'
Processing your request for information...
An error occurred while processing the request: the host does not exist
END
expect 2 block_by_end <<'END'
You must specify the name of a host computer.
END
expect 0 wait_handle www.demo.test "$server" <<'END'
Processing request for information...
Addresses
192.0.2.10
2001:db8::10
END
expect 1 wait_handle nx.demo.test "$server" <<'END'
Processing request for information...
Error occurred while processing the request: the host does not exist
END
expect 0 polling www.demo.test "$server" <<'END'
Processing your request for information...
Addresses
192.0.2.10
2001:db8::10
END
expect 0 polling 127.1 <<'END'
Processing your request for information...
Addresses
127.0.0.1
END

echo ftp.demo.test >"$scratch/input"
expect 0 callback "$server" <<'END'
Aliases for ftp.demo.test
ftp.demo.test
Addresses for ftp.demo.test
192.0.2.10
2001:db8::10
END
echo nx.demo.test >"$scratch/input"
expect 0 callback "$server" <<'END'
Request for nx.demo.test returned message: the host does not exist
END

# The order of the input, whatever is answered first.
printf 'nx.demo.test\n127.0.0.1\nftp.demo.test\n\n' >"$scratch/input"
expect 0 callback_with_state "$server" <<'END'
Request for host nx.demo.test returned the following error: the host does not exist.
Addresses for 127.0.0.1
127.0.0.1
Aliases for ftp.demo.test
ftp.demo.test
Addresses for ftp.demo.test
192.0.2.10
2001:db8::10
END

# In the callback of www.demo.test nothing completes synchronously.
expect 0 completed_synchronously "$server" 127.0.0.1 localhost www.demo.test ::1 x.invalid \
	<<'END'
127.0.0.1: success, completed synchronously
localhost: success, completed synchronously
www.demo.test: success, completed asynchronously
::1: success, completed asynchronously
x.invalid: the host does not exist, completed asynchronously
END

# In the order of the answers.
order="env LC_ALL=C sort"
for program in dispatch_epoll dispatch_glib dispatch_libevent; do
	[ -x "$build/doc/examples/$program" ] || continue
	expect 0 $program "$server" www.demo.test nx.demo.test ftp.demo.test 127.0.0.1 \
		www.demo.test <<'END'
127.0.0.1: 127.0.0.1
ftp.demo.test: 192.0.2.10 2001:db8::10
nx.demo.test: the host does not exist
www.demo.test: 192.0.2.10 2001:db8::10
www.demo.test: 192.0.2.10 2001:db8::10
END
	expect 0 $program "$server" 127.0.0.1 ::1 <<'END'
127.0.0.1: 127.0.0.1
::1: ::1
END
	expect 2 $program "$server" <<'END'
You must specify a server and the names of hosts.
END
done
exit $failed
