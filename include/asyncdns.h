/* SPDX-License-Identifier: MIT */
/* asyncdns: asynchronous host lookup in the shape of .NET's Asynchronous Programming
 * Model. This header includes all others.
 *
 * Begin starts a lookup and returns a handle; End takes its result and consumes the
 * handle. In between there are five ways to wait, to be chosen for each operation:
 *
 *   Block:      ar = BeginGetHostByName(NULL, "www.example.org", NULL, NULL);
 *               ... other work ...
 *               status = EndGetHostByName(ar, &entry);
 *
 *   Wait:       handle = DnsAsyncResultCopyWaitHandle(ar);
 *               if (DnsWaitHandleWaitOne(handle, 500) == DNS_WAIT_TIMED_OUT)
 *                       DnsAsyncResultCancel(ar);
 *               DnsWaitHandleRelease(handle);
 *               status = EndGetHostByName(ar, &entry);
 *
 *   Poll:       while (!DnsAsyncResultIsCompleted(ar))
 *                       draw_next_frame();
 *               status = EndGetHostByName(ar, &entry);
 *
 *   Callback:   static void on_host(DnsAsyncResult *ar)
 *               {
 *                       struct connection *c = DnsAsyncResultGetState(ar);
 *                       c->status = EndGetHostByName(ar, &c->entry);
 *               }
 *               BeginGetHostByName(NULL, "www.example.org", on_host, connection);
 *
 *   Own loop:   descriptor = DnsWaitHandleGetDescriptor(handle);
 *               ... readable in poll, epoll, libevent or GLib when it is done ...
 *
 * Who owns what: Begin, Create, Copy and Retain mean that you owe one End, Close or
 * Release; Get means borrowed; Is means a question. Release(NULL) does nothing. Out
 * parameters come last, are named ret..., and are set to NULL on failure.
 *
 * Which thread calls you: callbacks run on the resolver's loop thread, or inside Begin
 * when the answer needs no server (DnsAsyncResultCompletedSynchronously). No lock of the
 * library is held while they run.
 *
 * Nothing here prints, exits, aborts or changes signal handling. See asyncdns(7). */
#ifndef ASYNCDNS_H
#define ASYNCDNS_H

#include <asyncdns/async_result.h>
#include <asyncdns/configuration_text.h>
#include <asyncdns/host_entry.h>
#include <asyncdns/packet.h>
#include <asyncdns/packet_text.h>
#include <asyncdns/record.h>
#include <asyncdns/record_set.h>
#include <asyncdns/record_text.h>
#include <asyncdns/record_type.h>
#include <asyncdns/lookup_options.h>
#include <asyncdns/report.h>
#include <asyncdns/resolver.h>
#include <asyncdns/resolver_options.h>
#include <asyncdns/service.h>
#include <asyncdns/status.h>
#include <asyncdns/version.h>
#include <asyncdns/version_text.h>
#include <asyncdns/wait_handle.h>

#endif
