package io.htgateway.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Blocking calls on event loops that are not ours to mend: Spring looks for a file where
 * no controller has the path, and Netty's allocator, when threads have contended for it,
 * replaces its arenas and waits, some microseconds, until the last of them has left the
 * old ones. The detector would fail that write in place of the wait. Lettuce has a lock
 * around each command, which it would leave locked; the timers of Reactor have one around
 * their queue. Netty's pool of connections, which the AWS SDK uses, waits for its end on
 * a thread that serves nothing else.
 */
public final class ToleratedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder detector) {
		detector.allowBlockingCallsInside("org.springframework.web.reactive.resource.PathResourceResolver",
				"getResource");
		detector.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup",
				"tryExpandMagazines");
		detector.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue",
				"remove");
		detector.allowBlockingCallsInside("io.netty.channel.pool.SimpleChannelPool", "close");
		// Finds the XML parser that only the object store of the tests needs.
		detector.allowBlockingCallsInside("javax.xml.stream.FactoryFinder", "findServiceProvider");
		for (String method : new String[] { "incrementWriters", "decrementWriters", "doExclusive" }) {
			detector.allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", method);
		}
	}

}
