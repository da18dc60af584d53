package io.htgateway.simulator;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How one simulated upstream behaves.
 *
 * @param key the only API key that it accepts
 * @param clock the time by which data changes and links expire
 * @param linkExpiry how long a signed link is good for, in whole seconds
 * @param statePeriod the time between two state updates
 * @param minDelay the shortest time to an answer
 * @param maxDelay the longest time to an answer, zero for answers at once
 * @param gzipExports whether the store holds exports compressed
 * @param apiPort the port of the API, 0 for any free one
 * @param storePort the port of the object store, 0 for any free one
 */
public record Options(String key, InstantSource clock, Duration linkExpiry, Duration statePeriod, Duration minDelay,
		Duration maxDelay, boolean gzipExports, int apiPort, int storePort) {

	public Options {
		if (linkExpiry.toSeconds() < 1 || !statePeriod.isPositive() || maxDelay.compareTo(minDelay) < 0) {
			throw new IllegalArgumentException("Durations must be positive and delays in order");
		}
	}

	/**
	 * A system clock and the delays of a real network.
	 */
	public static Options demo() {
		return forTests(InstantSource.system()).withDelay(Duration.ofMillis(80), Duration.ofMillis(400));
	}

	/**
	 * The given clock and no delay.
	 */
	public static Options forTests(InstantSource clock) {
		return new Options("simulated-key", clock, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO,
				Duration.ZERO, true, 0, 0);
	}

	public Options withKey(String key) {
		return new Options(key, this.clock, this.linkExpiry, this.statePeriod, this.minDelay, this.maxDelay,
				this.gzipExports, this.apiPort, this.storePort);
	}

	public Options withLinkExpiry(Duration linkExpiry) {
		return new Options(this.key, this.clock, linkExpiry, this.statePeriod, this.minDelay, this.maxDelay,
				this.gzipExports, this.apiPort, this.storePort);
	}

	public Options withStatePeriod(Duration statePeriod) {
		return new Options(this.key, this.clock, this.linkExpiry, statePeriod, this.minDelay, this.maxDelay,
				this.gzipExports, this.apiPort, this.storePort);
	}

	public Options withDelay(Duration minDelay, Duration maxDelay) {
		return new Options(this.key, this.clock, this.linkExpiry, this.statePeriod, minDelay, maxDelay,
				this.gzipExports, this.apiPort, this.storePort);
	}

	public Options withGzipExports(boolean gzipExports) {
		return new Options(this.key, this.clock, this.linkExpiry, this.statePeriod, this.minDelay, this.maxDelay,
				gzipExports, this.apiPort, this.storePort);
	}

	public Options withPorts(int apiPort, int storePort) {
		return new Options(this.key, this.clock, this.linkExpiry, this.statePeriod, this.minDelay, this.maxDelay,
				this.gzipExports, apiPort, storePort);
	}

}
