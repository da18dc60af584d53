package io.htgateway.history.watch;

import java.time.Duration;
import java.time.Instant;

import io.htgateway.cache.ResponseCache;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.BeanFactory;
import reactor.core.Disposable;

/**
 * The watch of a running gateway. The test runs it for each second of the clock.
 */
record WatchRuns(Watch watch, ResponseCache cache, StateClock state, Dates dates, MutableClock clock) {

	/**
	 * Time between two states, as in the simulator.
	 */
	static final Duration STATE = Duration.ofMinutes(5);

	/**
	 * Stops the runs in the background.
	 */
	static WatchRuns of(BeanFactory gateway) {
		gateway.getBean("watchRuns", Disposable.class).dispose();
		return new WatchRuns(gateway.getBean(Watch.class), gateway.getBean(ResponseCache.class),
				gateway.getBean(StateClock.class), gateway.getBean(Dates.class), gateway.getBean(MutableClock.class));
	}

	/**
	 * Stops the runs in the background, and publishes a state that others follow. The
	 * upstream has no calls then.
	 */
	static WatchRuns begin(BeanFactory gateway) {
		WatchRuns runs = of(gateway);
		runs.clock.advance(STATE.minus(runs.sinceState()));
		runs.oneState();
		runs.oneState();
		gateway.getBean(SimulatedHyperTracker.class).reset();
		return runs;
	}

	/**
	 * Publishes a state, and advances the clock to the next one.
	 */
	void oneState() {
		publish();
		restOfState();
	}

	private Duration sinceState() {
		return Duration.ofMillis(clock.millis() % STATE.toMillis());
	}

	/**
	 * Reports a state that was published now, and the time of the next one.
	 */
	void publish() {
		Instant at = dates.clock().instant();
		state.report(new StateUpdate(at, at.plus(STATE), StateSource.WEBHOOK, null, null));
	}

	/**
	 * Advances the clock to the next state.
	 */
	void restOfState() {
		pass(STATE.minus(sinceState()), Duration.ofSeconds(5));
	}

	/**
	 * Advances the clock by the given time, with a run in each step.
	 */
	void pass(Duration time, Duration step) {
		for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
			clock.advance(step);
			run();
		}
	}

	/**
	 * Advances the clock by a minute, which is enough for all loads of a few keys.
	 */
	void minute() {
		pass(Duration.ofMinutes(1), Duration.ofSeconds(1));
	}

	/**
	 * Runs once, and waits for the loads.
	 */
	void run() {
		watch.run().block();
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.until(() -> cache.loadsInFlight() == 0);
	}

}
