/* SPDX-License-Identifier: MIT */
/* How each server is told to run in the foreground, unprivileged, on its port and in its
 * directory alone. */
#include <config.h>

#include "real_server.h"
#include "zone.h"

static void
write_zone_file(const struct real_server *server)
{
	FILE *file = real_server_create_file(server, "zone");

	zone_write(file, server->ready, zone_write_master_line);
	fclose(file);
	file = real_server_create_file(server, "zone.ipv4");
	zone_write_pointers(file, ZONE_ORIGIN_IPV4, zone_write_master_line);
	fclose(file);
	file = real_server_create_file(server, "zone.ipv6");
	zone_write_pointers(file, ZONE_ORIGIN_IPV6, zone_write_master_line);
	fclose(file);
}

static void
nsd_configure(const struct real_server *server, FILE *configuration)
{
	const char *directory = server->directory;

	write_zone_file(server);
	fprintf(configuration,
		"server:\n"
		"  ip-address: 127.0.0.1@%u\n"
		"  server-count: 1\n"
		"  username: \"\"\n"
		"  chroot: \"\"\n"
		"  zonesdir: \"%s\"\n"
		"  database: \"\"\n"
		"  pidfile: \"%s/pid\"\n"
		"  xfrdfile: \"%s/xfrd.state\"\n"
		"  zonelistfile: \"%s/zone.list\"\n"
		"  xfrdir: \"%s\"\n",
		server->port, directory, directory, directory, directory, directory);
	fprintf(configuration,
		"  rrl-ratelimit: 0\n"	/* a burst is what we want */
		"remote-control:\n"
		"  control-enable: no\n"
		"zone:\n"
		"  name: " ZONE_ORIGIN "\n"
		"  zonefile: zone\n"
		"zone:\n"
		"  name: " ZONE_ORIGIN_IPV4 "\n"
		"  zonefile: zone.ipv4\n"
		"zone:\n"
		"  name: " ZONE_ORIGIN_IPV6 "\n"
		"  zonefile: zone.ipv6\n");
}

static void
knot_configure(const struct real_server *server, FILE *configuration)
{
	const char *directory = server->directory;

	write_zone_file(server);
	fprintf(configuration,
		"server:\n"
		"  listen: 127.0.0.1@%u\n"
		"  rundir: %s\n"
		"  udp-workers: 1\n"
		"  tcp-workers: 1\n"
		"  background-workers: 1\n"
		"database:\n"
		"  storage: %s/database\n"
		"log:\n"
		"  - target: stderr\n"
		"    any: info\n",
		server->port, directory, directory);
	fprintf(configuration,
		"template:\n"
		"  - id: default\n"
		"    storage: %s\n"
		"    zonefile-sync: -1\n"
		"    journal-content: none\n"
		"zone:\n"
		"  - domain: " ZONE_ORIGIN "\n"
		"    file: zone\n"
		"  - domain: " ZONE_ORIGIN_IPV4 "\n"
		"    file: zone.ipv4\n"
		"  - domain: " ZONE_ORIGIN_IPV6 "\n"
		"    file: zone.ipv6\n",
		directory);
}

/* All outside the zone goes to the upstream too, which refuses it: no question leaves the
 * machine. */
static void
unbound_configure(const struct real_server *server, FILE *configuration)
{
	fprintf(configuration,
		"server:\n"
		"  interface: 127.0.0.1@%u\n"
		"  port: %u\n"
		"  access-control: 127.0.0.0/8 allow\n"
		"  chroot: \"\"\n"
		"  username: \"\"\n"
		"  directory: \"%s\"\n"
		"  pidfile: \"\"\n"
		"  use-syslog: no\n"
		"  do-daemonize: no\n"
		"  do-ip6: no\n"
		"  num-threads: 1\n",
		server->port, server->port, server->directory);
	fprintf(configuration,
		"  do-not-query-localhost: no\n"
		"  module-config: \"iterator\"\n"
		"  local-zone: \"test.\" nodefault\n"
		"  outgoing-port-avoid: \"0-65535\"\n" /* it shuffles all that it has */
		"  outgoing-port-permit: \"40000-44095\"\n"
		"  local-zone: \"" ZONE_ORIGIN_IPV4 ".\" nodefault\n"
		"  local-zone: \"" ZONE_ORIGIN_IPV6 ".\" nodefault\n"
		"remote-control:\n"
		"  control-enable: no\n"
		"stub-zone:\n"
		"  name: " ZONE_ORIGIN "\n"
		"  stub-addr: 127.0.0.1@%u\n"
		"forward-zone:\n"
		"  name: .\n"
		"  forward-addr: 127.0.0.1@%u\n",
		server->upstream->port, server->upstream->port);
	fprintf(configuration,
		"stub-zone:\n"
		"  name: " ZONE_ORIGIN_IPV4 "\n"
		"  stub-addr: 127.0.0.1@%u\n"
		"stub-zone:\n"
		"  name: " ZONE_ORIGIN_IPV6 "\n"
		"  stub-addr: 127.0.0.1@%u\n",
		server->upstream->port, server->upstream->port);
}

/* local-ttl is for what has no TTL of its own: the wildcard, and names of addresses. */
static void
dnsmasq_configure(const struct real_server *server, FILE *configuration)
{
	fprintf(configuration,
		"port=%u\n"
		"listen-address=127.0.0.1\n"
		"bind-interfaces\n"
		"no-resolv\n"
		"no-hosts\n"
		"local=/test/\n"
		"local=/" ZONE_ORIGIN_IPV4 "/\n"
		"local=/" ZONE_ORIGIN_IPV6 "/\n"
		"local-ttl=3600\n",
		server->port);
	zone_write(configuration, server->ready, zone_write_dnsmasq_line);
	zone_write_pointers(configuration, NULL, zone_write_dnsmasq_line);
}

const struct server_kind nsd_kind = {
	ON_NSD, "nsd", "-dc", NULL, nsd_configure
};
const struct server_kind knot_kind = {
	ON_KNOT, "knotd", "-c", NULL, knot_configure
};
const struct server_kind unbound_kind = {
	ON_UNBOUND, "unbound", "-dc", &nsd_kind, unbound_configure
};
const struct server_kind dnsmasq_kind = {
	ON_DNSMASQ, "dnsmasq", "-dC", NULL, dnsmasq_configure
};
