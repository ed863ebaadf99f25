/* SPDX-License-Identifier: MIT */
/* notifier: a descriptor that one side makes readable and another watches: an eventfd, or
 * a pipe where there is none. */
#ifndef ASYNCDNS_NOTIFIER_H
#define ASYNCDNS_NOTIFIER_H

struct notifier {
	int descriptor;	/* to watch; -1 when closed */
	int write_end;	/* the same one if it is an eventfd */
};

#define NOTIFIER_CLOSED { -1, -1 }

/* 0, or -1 with errno. */
int notifier_open(struct notifier *notifier);
void notifier_close(struct notifier *notifier);

/* From any thread. Raising it several times is like once. */
void notifier_raise(struct notifier *notifier);
void notifier_lower(struct notifier *notifier);

#endif
