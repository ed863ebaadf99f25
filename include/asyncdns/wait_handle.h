/* SPDX-License-Identifier: MIT */
/* DnsWaitHandle: waiting for the completion of operations, the counterpart of .NET's
 * WaitHandle for IAsyncResult.AsyncWaitHandle.
 *
 * A wait handle is signalled once, when its operation completes, and stays so. Waiting
 * consumes nothing: any number of threads may wait, any number of times. A handle got
 * from DnsAsyncResultCopyWaitHandle is yours until DnsWaitHandleRelease, before or after
 * the operation's End. A handle may be used from any thread, but must not be released
 * while one of your threads still uses it.
 *
 * In a child process of fork(2) the parent's wait handles are signalled: nothing more will
 * come. They have no descriptor there, and to release them does nothing. */
#ifndef ASYNCDNS_WAIT_HANDLE_H
#define ASYNCDNS_WAIT_HANDLE_H

#include <stddef.h>

#include <asyncdns/visibility.h>

typedef struct DnsWaitHandle DnsWaitHandle;

typedef enum DnsWaitResult {
	DNS_WAIT_SIGNALED = 0,
	DNS_WAIT_TIMED_OUT,
	DNS_WAIT_FAILED,	/* errno says why */

	DNS_WAIT_FORCE_INT = 0x7fffffff
} DnsWaitResult;

/* As a number of milliseconds: wait without a limit. */
#define DNS_WAIT_FOREVER (-1)

/* Waits until the handle is signalled, at most that many milliseconds (measured on the
 * monotonic clock): 0 only tests, DNS_WAIT_FOREVER has no limit. A signal handler that
 * runs meanwhile does not end the wait. DNS_WAIT_FAILED with errno
 *   EINVAL   handle is NULL, or milliseconds below -1
 *   EDEADLK  an unlimited wait in a callback on the loop thread that could never end */
DNS_API DnsWaitResult DnsWaitHandleWaitOne(DnsWaitHandle *handle, int milliseconds);

/* Waits until one of count handles is signalled; retIndex, if not NULL, gets the lowest
 * index that is (.NET's rule), and is untouched otherwise. There is no upper limit to
 * count, and a handle may stand in the array more than once. DNS_WAIT_FAILED as above,
 * with EINVAL also for a count of 0 or a NULL element, and
 *   ENOMEM   no memory for a wait on many handles */
DNS_API DnsWaitResult DnsWaitHandleWaitAny(DnsWaitHandle *const handles[], size_t count,
					   int milliseconds, size_t *retIndex);

/* Waits until all of count handles are signalled. Errors as for WaitAny. */
DNS_API DnsWaitResult DnsWaitHandleWaitAll(DnsWaitHandle *const handles[], size_t count,
					   int milliseconds);

/* A descriptor that is readable from completion on, for poll, epoll, libevent or GLib.
 * Made at the first call; the same at every later one. It belongs to the handle: only
 * watch it, do not read, write or close it; it is closed with the last reference. Take it
 * out of your event loop before you release the handle. -1 with errno EINVAL (NULL),
 * EMFILE, ENFILE or ENOMEM when it cannot be made, or ECHILD (the handle is a parent
 * process's); the handle remains usable. */
DNS_API int DnsWaitHandleGetDescriptor(DnsWaitHandle *handle);

DNS_API void DnsWaitHandleRelease(DnsWaitHandle *handle);

#endif
