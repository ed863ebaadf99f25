dnl SPDX-License-Identifier: MIT
dnl ASYNCDNS_SANITIZE: --with-sanitizer=LIST builds and links everything with
dnl -fsanitize=LIST, for example address,undefined or thread.
AC_DEFUN([ASYNCDNS_SANITIZE], [
	AC_ARG_WITH([sanitizer],
		[AS_HELP_STRING([--with-sanitizer=LIST],
			[compile with -fsanitize=LIST (address,undefined, leak or thread)])],
		[], [with_sanitizer=no])
	AS_CASE([$with_sanitizer],
		[no], [],
		[yes|''], [AC_MSG_ERROR([--with-sanitizer needs a LIST])],
		[SANITIZER_CFLAGS="-fsanitize=$with_sanitizer -fno-omit-frame-pointer"
		 AS_CASE([$with_sanitizer], [*undefined*],
			[AS_VAR_APPEND([SANITIZER_CFLAGS], [" -fno-sanitize-recover=undefined"])])
		 AX_CHECK_LINK_FLAG([$SANITIZER_CFLAGS], [],
			[AC_MSG_ERROR([the compiler has no -fsanitize=$with_sanitizer])])])
	AC_SUBST([SANITIZER_CFLAGS])
	AM_CONDITIONAL([SANITIZED], [test "x$with_sanitizer" != xno])
])
