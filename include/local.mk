# SPDX-License-Identifier: MIT
include_HEADERS = %D%/asyncdns.h

asyncdnsincludedir = $(includedir)/asyncdns
asyncdnsinclude_HEADERS = \
	%D%/asyncdns/async_result.h \
	%D%/asyncdns/configuration_text.h \
	%D%/asyncdns/host_entry.h \
	%D%/asyncdns/packet.h \
	%D%/asyncdns/packet_text.h \
	%D%/asyncdns/record.h \
	%D%/asyncdns/record_set.h \
	%D%/asyncdns/record_text.h \
	%D%/asyncdns/record_type.h \
	%D%/asyncdns/lookup_options.h \
	%D%/asyncdns/report.h \
	%D%/asyncdns/resolver.h \
	%D%/asyncdns/resolver_options.h \
	%D%/asyncdns/service.h \
	%D%/asyncdns/status.h \
	%D%/asyncdns/version_text.h \
	%D%/asyncdns/visibility.h \
	%D%/asyncdns/wait_handle.h
nodist_asyncdnsinclude_HEADERS = %D%/asyncdns/version.h
