package io.htgateway.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until a test moves it.
 */
public final class MutableClock implements InstantSource {

	private final AtomicReference<Instant> now;

	public MutableClock(Instant start) {
		now = new AtomicReference<>(start);
	}

	@Override
	public Instant instant() {
		return now.get();
	}

	/**
	 * Moves the clock, forward or (negative) back.
	 */
	public void advance(Duration duration) {
		now.updateAndGet((instant) -> instant.plus(duration));
	}

}
