/* SPDX-License-Identifier: MIT */
#include <config.h>

#include "cares_library.h"

#include <sys/types.h>
#include <sys/select.h>
#include <ares.h>

#include <stdbool.h>
#include <stddef.h>

#include "process.h"

/* Not by pthread_once, which a fork may leave half done. */
void
cares_library_need(void)
{
	static bool is_ready;

	process_lock(PROCESS_LOCK_LIBRARY);
	if (!is_ready)
		is_ready = ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
	process_unlock(PROCESS_LOCK_LIBRARY);
}

const char *
cares_library_get_version(void)
{
	return ares_version(NULL);
}

int
cares_library_restrict(struct ares_options *settings)
{
	static char lookups[] = "b";
#if HAVE_DECL_ARES_OPT_RESOLVCONF || HAVE_DECL_ARES_OPT_HOSTS_FILE
	static char none[] = "/dev/null";
#endif
	int mask = ARES_OPT_NDOTS | ARES_OPT_LOOKUPS | ARES_OPT_SERVERS | ARES_OPT_DOMAINS |
		   ARES_OPT_SORTLIST;

	settings->ndots = 1;
	settings->lookups = lookups;
#if HAVE_DECL_ARES_OPT_RESOLVCONF
	settings->resolvconf_path = none;
	mask |= ARES_OPT_RESOLVCONF;
#endif
#if HAVE_DECL_ARES_OPT_HOSTS_FILE
	settings->hosts_path = none;
	mask |= ARES_OPT_HOSTS_FILE;
#endif
#if HAVE_DECL_ARES_OPT_QUERY_CACHE
	mask |= ARES_OPT_QUERY_CACHE; /* of lifetime 0, so that there is none */
#endif
	return mask;
}

DnsStatus
cares_library_status(int error)
{
	switch (error) {
	case ARES_SUCCESS:
		return DNS_STATUS_OK;
	case ARES_EREFUSED:
	case ARES_ENOTIMP:
	case ARES_EFORMERR:
	case ARES_EBADRESP:
	case ARES_EBADQUERY:
		return DNS_STATUS_NO_RECOVERY;
	case ARES_EBADNAME:
	case ARES_ENOTFOUND:
		return DNS_STATUS_HOST_NOT_FOUND;
	case ARES_ENOMEM:
		return DNS_STATUS_NO_MEMORY;
	case ARES_ETIMEOUT:
		return DNS_STATUS_TIMED_OUT;
	default: /* ESERVFAIL, ECONNREFUSED, ENOSERVER, ... */
		return DNS_STATUS_TRY_AGAIN;
	}
}
