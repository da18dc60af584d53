package io.htgateway.testing;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Counts the requests that the framework sees: those that were not answered before it.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class SeenRequests implements WebHttpHandlerBuilderCustomizer {

	private final AtomicInteger count = new AtomicInteger();

	// Before the filters of the gateway, which have been added.
	@Override
	public void customize(WebHttpHandlerBuilder builder) {
		builder.filters((filters) -> filters.addFirst((exchange, chain) -> {
			count.incrementAndGet();
			return chain.filter(exchange);
		}));
	}

	public int count() {
		return count.get();
	}

}
