package io.htgateway.web.connection;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Keeps the gateway serving for a while after SIGTERM. Its readiness is down in that
 * time, and it closes connections after their responses, so that clients find another
 * gateway.
 */
// It runs before all other listeners, because one of them closes the meters. It is not a
// lifecycle: phases are cut off after the time for requests in flight.
@EnableConfigurationProperties(DrainProperties.class)
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Drain implements ApplicationListener<ContextClosedEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

	/**
	 * Longest time for received requests that wait for the response before them. The
	 * server's own shutdown waits only for those that it is answering.
	 */
	private static final Duration PIPELINED = Duration.ofSeconds(10);

	private final Duration delay;

	private final ApplicationContext callerContext;

	private final Pipelines pipelines = new Pipelines();

	Drain(DrainProperties properties, ApplicationContext callerContext) {
		this.delay = properties.delay();
		this.callerContext = callerContext;
	}

	/**
	 * Returns whether the gateway is draining, so that connections are closed after their
	 * responses.
	 */
	public boolean hasBegun() {
		return pipelines.isDraining();
	}

	/**
	 * Returns the connections with received requests that wait for earlier responses.
	 */
	public Pipelines pipelines() {
		return pipelines;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != callerContext) {
			return;
		}
		pipelines.drain();
		if (delay.isPositive()) {
			LOG.info("Shutdown requested: readiness is down, draining for {} s", delay.toMillis() / 1000.0);
		}
		serveOn();
	}

	private void serveOn() {
		try {
			Thread.sleep(delay);
			pipelines.awaitEnd(PIPELINED);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
