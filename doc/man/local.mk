# SPDX-License-Identifier: MIT
# One page a type; every other name is a page of one line that leads to it.
dist_man_MANS += \
	%D%/asyncdns.7 \
	%D%/BeginGetHostByName.3 \
	%D%/DnsAsyncCallback.3 \
	%D%/DnsAsyncResult.3 \
	%D%/DnsAsyncResultCancel.3 \
	%D%/DnsAsyncResultCompletedSynchronously.3 \
	%D%/DnsAsyncResultCopyWaitHandle.3 \
	%D%/DnsAsyncResultGetState.3 \
	%D%/DnsAsyncResultIsCompleted.3 \
	%D%/DnsAsyncResultSetDeadline.3 \
	%D%/DnsHostEntry.3 \
	%D%/DnsHostEntryGetAddress.3 \
	%D%/DnsHostEntryGetAddressCount.3 \
	%D%/DnsHostEntryGetAlias.3 \
	%D%/DnsHostEntryGetAliasCount.3 \
	%D%/DnsHostEntryGetHostent.3 \
	%D%/DnsHostEntryGetName.3 \
	%D%/DnsHostEntryGetTimeToLive.3 \
	%D%/DnsHostEntryRelease.3 \
	%D%/DnsHostEntryRetain.3 \
	%D%/DnsResolver.3 \
	%D%/DnsResolverClose.3 \
	%D%/DnsResolverCreate.3 \
	%D%/DnsResolverGetDefault.3 \
	%D%/DnsResolverGetStatistics.3 \
	%D%/DnsResolverOptions.3 \
	%D%/DnsResolverOptionsCreate.3 \
	%D%/DnsResolverOptionsRelease.3 \
	%D%/DnsResolverOptionsSetDeadline.3 \
	%D%/DnsResolverOptionsSetFlags.3 \
	%D%/DnsResolverOptionsSetResolvConfPath.3 \
	%D%/DnsResolverOptionsSetServers.3 \
	%D%/DnsResolverOptionsSetTimeout.3 \
	%D%/DnsResolverOptionsSetTries.3 \
	%D%/DnsStatistics.3 \
	%D%/DnsStatus.3 \
	%D%/DnsStatusGetText.3 \
	%D%/DnsWaitHandle.3 \
	%D%/DnsWaitHandleGetDescriptor.3 \
	%D%/DnsWaitHandleRelease.3 \
	%D%/DnsWaitHandleWaitAll.3 \
	%D%/DnsWaitHandleWaitAny.3 \
	%D%/DnsWaitHandleWaitOne.3 \
	%D%/EndGetHostByName.3 \
	%D%/GetHostByName.3
