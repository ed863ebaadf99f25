dnl SPDX-License-Identifier: MIT
dnl ASYNCDNS_FUZZER: FUZZ_CC is a compiler with libFuzzer, for make fuzz only.
AC_DEFUN([ASYNCDNS_FUZZER], [
	AC_ARG_VAR([FUZZ_CC], [C compiler with -fsanitize=fuzzer, for make fuzz [clang]])
	FUZZ_CC=${FUZZ_CC:-clang}
	AC_SUBST([FUZZ_CFLAGS],
		["-g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined"])
	AC_CACHE_CHECK([whether $FUZZ_CC has -fsanitize=fuzzer], [asyncdns_cv_fuzzer],
		[save_CC=$CC save_CFLAGS=$CFLAGS save_LDFLAGS=$LDFLAGS save_LIBS=$LIBS
		CC=$FUZZ_CC CFLAGS=$FUZZ_CFLAGS LDFLAGS= LIBS=
		AC_LINK_IFELSE([AC_LANG_SOURCE([[#include <stddef.h>
#include <stdint.h>
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{ return size > 0 && data == NULL; }]])],
			[asyncdns_cv_fuzzer=yes], [asyncdns_cv_fuzzer=no])
		CC=$save_CC CFLAGS=$save_CFLAGS LDFLAGS=$save_LDFLAGS LIBS=$save_LIBS])
	AM_CONDITIONAL([HAVE_FUZZER], [test "x$asyncdns_cv_fuzzer" = xyes])
])
