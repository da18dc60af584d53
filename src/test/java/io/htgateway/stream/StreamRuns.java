package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.stream.poll.FillPoller;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.Disposable;

/**
 * The polls of a running gateway, of which the test starts each one.
 */
record StreamRuns(FillPoller poller, Feed feed, FillLog log, MutableClock clock, SimulatedHyperTracker upstream) {

	/**
	 * Stops the runs in the background, and waits until nobody listens.
	 */
	static StreamRuns of(BeanFactory gateway) {
		gateway.getBean("streamRuns", Disposable.class).dispose();
		StreamRuns runs = new StreamRuns(gateway.getBean(FillPoller.class), gateway.getBean(Feed.class),
				gateway.getBean(FillLog.class), gateway.getBean(MutableClock.class),
				gateway.getBean(SimulatedHyperTracker.class));
		runs.awaitListeners(0);
		return runs;
	}

	void awaitListeners(int count) {
		Awaitility.await().until(() -> feed.countListeners() == count);
	}

	Instant now() {
		return clock.instant();
	}

	/**
	 * Advances the clock, and runs once.
	 */
	void pass(Duration time) {
		clock.advance(time);
		poller.run().block();
	}

	int calls() {
		return upstream.calls(Endpoint.FILLS);
	}

	/**
	 * Fills that happened from the given time on, as the upstream sends them.
	 */
	List<String> fillsSince(Instant from) {
		return fillsSince(upstream, from);
	}

	static List<String> fillsSince(SimulatedHyperTracker upstream, Instant from) {
		return upstream.fills().stream().filter((json) -> !time(json).isBefore(from)).toList();
	}

	private static Instant time(String json) {
		int start = json.indexOf("\"time\":\"") + 8;
		return Instant.parse(json.substring(start, json.indexOf('"', start)));
	}

}
