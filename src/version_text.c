/* SPDX-License-Identifier: MIT */
#include <config.h>

#include <asyncdns/version_text.h>

#include "cares_library.h"
#include "loop.h"
#include "text_writer.h"
#include "unicode_name.h"

static void
put_library(struct text_writer *writer, const char *name, const char *version)
{
	if (version == NULL)
		return;
	text_writer_put_text(writer, ", ");
	text_writer_put_text(writer, name);
	text_writer_put(writer, ' ');
	text_writer_put_text(writer, version);
}

size_t
DnsVersionFormat(char *buffer, size_t size)
{
	struct text_writer writer;

	text_writer_init(&writer, buffer, size);
	text_writer_put_text(&writer, "asyncdns " PACKAGE_VERSION);
	put_library(&writer, "c-ares", cares_library_get_version());
	put_library(&writer, "libevent", loop_get_version());
	put_library(&writer, "libidn2", unicode_name_get_version());
	return text_writer_end(&writer);
}
