package io.htgateway.stream;

import java.util.function.ToDoubleFunction;

import io.htgateway.stream.poll.FillPoller;
import io.htgateway.stream.poll.PollHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the streams and of the polls for them.
 */
record StreamMeters(Feed feed, FillPoller poller, FillLog log) implements MeterBinder {

	private static final double MILLIS = 1000;

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("gateway.stream.listeners", feed, Feed::countListeners)
			.description("Open streams")
			.register(registry);
		Gauge.builder("gateway.stream.lag", poller, (now) -> now.lag().toMillis() / MILLIS)
			.description("Time since the newest fills were last read, or 0 while nobody listens")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("gateway.stream.buffer", log, FillLog::bytes)
			.description("Size of the fills that are retained for listeners that resume")
			.baseUnit("bytes")
			.register(registry);
		counter(registry, "gateway.stream.calls", "Upstream calls that polls caused", poller, FillPoller::calls);
		counter(registry, "gateway.stream.fills", "New fills that polls read", poller.health(), PollHealth::countFills);
		counter(registry, "gateway.stream.unreadable", "Fills without a time, a trade or a coin", poller.health(),
				PollHealth::countUnreadable);
		counter(registry, "gateway.stream.events", "Events sent to listeners", feed, Feed::countSent);
		counter(registry, "gateway.stream.gaps", "Streams that resumed too late, and began with a gap", feed,
				Feed::countGaps);
		counter(registry, "gateway.stream.dropped", "Streams that ended because their client was too slow", feed,
				Feed::countDropped);
		poll(registry, "ok", PollHealth::countSucceeded);
		poll(registry, "failed", PollHealth::countFailed);
		poll(registry, "refused", PollHealth::countRefused);
	}

	private static <T> void counter(MeterRegistry registry, String name, String description, T source,
			ToDoubleFunction<T> count) {
		FunctionCounter.builder(name, source, count).description(description).register(registry);
	}

	private void poll(MeterRegistry registry, String outcome, ToDoubleFunction<PollHealth> count) {
		FunctionCounter.builder("gateway.stream.polls", poller.health(), count)
			.description("Polls for streams, by outcome")
			.tag("outcome", outcome)
			.register(registry);
	}

}
