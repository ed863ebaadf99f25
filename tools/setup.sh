# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# Sourced by demo and check, which stand in the top of the source tree: installs the packages that are missing and builds below build/.
#
#   need PACKAGE...     Debian's names; "a|b" is either, of which the first is installed
#   build [OPTION...]   autoreconf, configure with these options, make: what is out of date
#
# Statuses of the commands: 0 done, 1 it ran and failed, 3 it cannot be set up here.

# Servers are in sbin, which is not in everybody's PATH.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say()
{
	echo "== $*" >&2
}

# cannot_set_up WHY [COMMAND...]: ends with what to type
cannot_set_up()
{
	say "$1"
	shift
	for line; do
		echo "    $line" >&2
	done
	exit 3
}

# run_logged WHAT COMMAND...: its output is shown if it fails
run_logged()
{
	what=$1
	shift
	say "$what"
	"$@" >build/setup.log 2>&1 && return
	status=$?
	tail -n 60 build/setup.log >&2
	say "that failed with status $status (all of its output: build/setup.log)"
	return $status
}

as_root()
{
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo -n "$@"
	fi
}

is_installed()
{
	dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

# Elsewhere than on Debian: does the system have what that package would bring?
is_there()
{
	case $1 in
	libc6-dev)	return 0 ;;
	gcc)		command -v gcc || command -v cc ;;
	autoconf)	command -v autoreconf ;;
	autoconf-archive) [ -f "$(aclocal --print-ac-dir)/ax_pthread.m4" ] ;;
	libtool)	command -v libtoolize || command -v glibtoolize ;;
	libc-ares-dev)	pkg-config --exists libcares ;;
	libevent-dev)	pkg-config --exists libevent_core ;;
	libidn2-dev)	pkg-config --exists libidn2 ;;
	check)		pkg-config --exists check ;;
	knot)		command -v knotd ;;
	dnsmasq-base)	command -v dnsmasq ;;
	*)		command -v "$1" ;;
	esac >/dev/null 2>&1
}

# print_missing TEST PACKAGE...: those for which TEST fails, "a|b" if it does for both
print_missing()
{
	test=$1
	shift
	for package; do
		"$test" "${package%%|*}" || "$test" "${package##*|}" || echo "$package"
	done
}

# Nothing that a package brings may start: it would take the DNS port. Debian asks this
# file, if there is one; where it is, the administrator has decided already.
policy=/usr/sbin/policy-rc.d
blocked=no

block_daemons()
{
	[ -e $policy ] && return
	blocked=yes
	trap unblock_daemons EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	as_root sh -c "printf '#!/bin/sh\\nexit 101\\n' >$policy && chmod 755 $policy"
}

unblock_daemons()
{
	[ $blocked = yes ] || return 0
	as_root rm -f $policy
	blocked=no
	trap - EXIT HUP INT TERM
}

apt_get()
{
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -y \
		-o Acquire::Retries=0 -o DPkg::Lock::Timeout=60 "$@"
}

install_packages()
{
	fresh=no
	if ! ls /var/lib/apt/lists/*_Packages* >/dev/null 2>&1; then
		run_logged "apt-get update" apt_get update || return
		fresh=yes
	fi
	run_logged "apt-get install $*" apt_get install --no-install-recommends "$@" && return
	[ $fresh = no ] || return
	run_logged "apt-get update" apt_get update &&
		run_logged "apt-get install $*" apt_get install --no-install-recommends "$@"
}

# Nor may it start when the system does the next time.
disable_daemons()
{
	command -v systemctl >/dev/null || return 0
	for package; do
		case $package in
		nsd | knot | unbound)
			as_root systemctl --quiet disable "$package" >>build/setup.log 2>&1 ;;
		esac
	done
}

need_packages()
{
	missing=$(print_missing is_installed "$@" | sed 's/|.*//' | tr '\n' ' ')
	missing=${missing% }
	[ -n "$missing" ] || return 0
	say "packages that are missing: $missing"
	install="apt-get install -y --no-install-recommends $missing"
	if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
		cannot_set_up "installing them takes root, or sudo without a password; type one of" \
			"sudo $install" "su -c '$install'"
	fi
	block_daemons || cannot_set_up "cannot write $policy; type, as root," "$install"
	# shellcheck disable=SC2086
	install_packages $missing || cannot_set_up \
		"no package mirror reachable? When one is, run this again, or type, as root," \
		"apt-get update" "$install"
	# shellcheck disable=SC2086
	disable_daemons $missing
	unblock_daemons
}

need_programs()
{
	missing=$(print_missing is_there "$@" | tr '\n' ' ')
	[ -z "$missing" ] || cannot_set_up \
		"not Debian, and what these packages of it have is missing; install it by hand:" \
		"$missing"
}

need()
{
	mkdir -p build || cannot_set_up "cannot write to $PWD/build: copy the tree to where you can"
	if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
		need_packages "$@"
	else
		need_programs "$@"
	fi
}

is_configure_stale()
{
	[ ! -f configure ] || [ ! -f Makefile.in ] ||
		[ -n "$(find configure.ac Makefile.am m4/asyncdns_*.m4 ./*/local.mk ./*/*/local.mk \
			-newer configure)" ]
}

# The options build/ was configured with, as configure would take them again.
print_recorded_options()
{
	[ ! -x build/config.status ] || build/config.status --config
}

# print_new_options OPTION...: those that build/ was not configured with
print_new_options()
{
	recorded=$(print_recorded_options)
	for option; do
		case " $recorded " in
		*[\ \']"$option"[\ \']*) ;;
		*) echo "$option" ;;
		esac
	done
}

# What was configured by hand before keeps its options.
configure()
{
	(cd build && eval "../configure $1 $2")
}

build()
{
	if is_configure_stale; then
		run_logged "autoreconf -fi" autoreconf -fi || exit 1
	fi
	options=$(print_new_options "$@" | tr '\n' ' ')
	options=${options% }
	if [ -n "$options" ] || [ ! -f build/Makefile ] ||
		[ -n "$(find configure -newer build/config.status)" ]; then
		run_logged "configure${options:+ $options}" \
			configure "$(print_recorded_options)" "$options" || exit 1
	fi
	run_logged "make" make -C build -j2 || exit 1
}
