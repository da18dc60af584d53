package io.htgateway.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/**
 * Has both servers go on for a while when the gateway is asked to end. Its readiness says
 * so by then, and who watches it can look for another gateway.
 */
@Component
class Drain implements SmartLifecycle {

	private final Duration delay;

	private volatile boolean running;

	Drain(DrainProperties properties) {
		this.delay = properties.delay();
	}

	@Override
	public void start() {
		running = true;
	}

	@Override
	public void stop() {
		running = false;
	}

	@Override
	public void stop(Runnable stopped) {
		stop();
		Disposable _ = Schedulers.parallel().schedule(stopped, delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/**
	 * Stops before all others.
	 */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
