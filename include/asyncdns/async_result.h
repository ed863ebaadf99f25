/* SPDX-License-Identifier: MIT */
/* DnsAsyncResult: an operation under way, the counterpart of .NET's IAsyncResult.
 *
 * Begin makes it, the one End that belongs to it consumes it, whether the operation
 * succeeded or not. It is a token, never dereferenced and never a real address: after its
 * End, or with NULL, or with a value that no Begin returned, every function below is
 * harmless and answers as stated. Safe from any thread, also during End.
 *
 * In a child process of fork(2) the parent's handles are valid, and count as completed: the
 * one End that each is owed there too returns DNS_STATUS_FORKED. In the parent nothing
 * changes. */
#ifndef ASYNCDNS_ASYNC_RESULT_H
#define ASYNCDNS_ASYNC_RESULT_H

#include <stdbool.h>

#include <asyncdns/report.h>
#include <asyncdns/visibility.h>
#include <asyncdns/wait_handle.h>

typedef struct DnsAsyncResult DnsAsyncResult;

/* Called once when the operation completes, after IsCompleted became true and the wait
 * handle was signalled (.NET's order). It runs on the resolver's loop thread, or, if the
 * options say so, inside DnsResolverDispatch; unless CompletedSynchronously says that it
 * runs inside Begin. The handle stays valid for it until it returns, even if the
 * operation is ended before or meanwhile. On the loop thread it must not block. It must
 * not leave by longjmp or a C++ exception. */
typedef void DnsAsyncCallback(DnsAsyncResult *asyncResult);

/* Has the operation completed? Never goes back to false; takes no lock and no system
 * call. True also for a handle that was ended or never valid: End will not block. */
DNS_API bool DnsAsyncResultIsCompleted(const DnsAsyncResult *asyncResult);

/* Was it completed inside Begin on the thread that called it? Fixed before Begin returns;
 * then IsCompleted is true and the callback has run already. Never true for an operation
 * begun inside a callback. False for a handle that is not valid. */
DNS_API bool DnsAsyncResultCompletedSynchronously(const DnsAsyncResult *asyncResult);

/* The state given to Begin (.NET's AsyncState): not used, copied or freed by the library.
 * NULL for a handle that is not valid. */
DNS_API void *DnsAsyncResultGetState(const DnsAsyncResult *asyncResult);

/* The operation's wait handle (.NET's AsyncWaitHandle), which you owe a
 * DnsWaitHandleRelease. NULL and errno EINVAL for a handle that is not valid. */
DNS_API DnsWaitHandle *DnsAsyncResultCopyWaitHandle(DnsAsyncResult *asyncResult);

/* How the operation went, once it has completed, and until its End: a reference, which you
 * owe a DnsReportRelease. NULL with errno EINVAL (a handle that is not valid), EAGAIN (it
 * has not completed), ECHILD (it belongs to the parent process) or ENOMEM (there was no
 * memory for a report). */
DNS_API DnsReport *DnsAsyncResultCopyReport(DnsAsyncResult *asyncResult);

/* Lets the operation complete with DNS_STATUS_TIMED_OUT if it has not completed in that
 * many milliseconds from now; 0 means that its time is over already. Replaces the
 * deadline that the resolver's options gave it, be it earlier or later. If by then the
 * addresses of one family have come, they are the result. A negative number changes
 * nothing: every operation has a deadline. */
DNS_API void DnsAsyncResultSetDeadline(DnsAsyncResult *asyncResult, int milliseconds);

/* Lets the operation complete with DNS_STATUS_CANCELLED, soon and on the loop thread,
 * unless it completes otherwise before. Its callback runs and its End is still owed.
 * Never blocks, never fails; may be repeated. */
DNS_API void DnsAsyncResultCancel(DnsAsyncResult *asyncResult);

#endif
