dnl SPDX-License-Identifier: MIT
dnl ASYNCDNS_BENCH_PEERS: what tests/bench measures asyncdns beside, where it is there:
dnl getaddrinfo_a, libuv, and the resolver of GLib.
AC_DEFUN([ASYNCDNS_BENCH_PEERS], [
	save_LIBS=$LIBS
	AC_SEARCH_LIBS([getaddrinfo_a], [anl],
		[have_getaddrinfo_a=yes
		AC_DEFINE([HAVE_GETADDRINFO_A], [1], [the C library has getaddrinfo_a])
		AS_CASE([$ac_res], [-l*], [GETADDRINFO_A_LIBS=$ac_res])],
		[have_getaddrinfo_a=no])
	LIBS=$save_LIBS
	AC_SUBST([GETADDRINFO_A_LIBS])
	PKG_CHECK_MODULES([LIBUV], [libuv >= 1.0.0],
		[have_libuv=yes
		AC_DEFINE_UNQUOTED([LIBUV_VERSION], ["$($PKG_CONFIG --modversion libuv)"],
			[libuv is there, for tests/bench])],
		[have_libuv=no])
	PKG_CHECK_MODULES([GIO], [gio-2.0 >= 2.60],
		[have_gio=yes
		AC_DEFINE_UNQUOTED([GIO_VERSION], ["$($PKG_CONFIG --modversion gio-2.0)"],
			[GLib's resolver is there, for tests/bench])],
		[have_gio=no])
])
