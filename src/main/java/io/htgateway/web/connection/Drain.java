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
 * Has the gateway serve for a while after it was asked to end. Its readiness tells so by
 * then, and connections are not kept, so that clients find another gateway.
 */
// Before all other listeners, of which one closes the meters; not a lifecycle, whose
// phases are cut off after the time that requests under way have.
@EnableConfigurationProperties(DrainProperties.class)
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Drain implements ApplicationListener<ContextClosedEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

	/**
	 * Longest time for requests that have been received behind others. The server's own
	 * shutdown waits only for those that it is answering.
	 */
	private static final Duration PIPELINED = Duration.ofSeconds(10);

	private final Duration delay;

	private final ApplicationContext clients;

	private final Pipelines pipelines = new Pipelines();

	Drain(DrainProperties properties, ApplicationContext clients) {
		this.delay = properties.delay();
		this.clients = clients;
	}

	/**
	 * Whether the gateway is about to end, so that connections are closed when they are
	 * answered.
	 */
	public boolean hasBegun() {
		return pipelines.isDraining();
	}

	/**
	 * Returns the connections of clients that have sent requests ahead.
	 */
	public Pipelines pipelines() {
		return pipelines;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() != clients) {
			return;
		}
		pipelines.drain();
		if (delay.isPositive()) {
			LOG.info("Asked to end: not ready, and serving for another {} s", delay.toMillis() / 1000.0);
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
