package io.htgateway.stream;

import java.util.List;

import io.htgateway.stream.event.StreamEvent;

/**
 * Events in logs, for the tests of other packages.
 */
public final class Logs {

	private static final ListenerFilter ALL = new ListenerFilter(null, null, null, null, null);

	private Logs() {
	}

	/**
	 * All events in the given log, in their order.
	 */
	public static List<StreamEvent> events(FillLog log) {
		return log.read(log.start(), ALL, Integer.MAX_VALUE).events();
	}

	/**
	 * The trades of all fills in the given log, in their order.
	 */
	public static List<Long> trades(FillLog log) {
		return events(log).stream()
			.filter(StreamEvent.Fill.class::isInstance)
			.map((event) -> ((StreamEvent.Fill) event).id().tid())
			.toList();
	}

}
