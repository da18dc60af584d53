package io.htgateway.state.status;

import java.time.Duration;
import java.time.InstantSource;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.ResponseCache;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.StateProperties;
import io.htgateway.time.Dates;
import io.htgateway.time.RepeatedTask;
import io.htgateway.upstream.UpstreamClient;
import io.htgateway.upstream.UpstreamRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * Configures the polls of the status endpoint, if the plan affords them.
 */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	private static final Logger LOG = LoggerFactory.getLogger(StatusConfiguration.class);

	private static final Duration TICK = Duration.ofSeconds(1);

	private static final String PATH = "/api/external/hypertracker/state/status";

	private static final int MAX_SIZE = 16 * 1024;

	@Bean(destroyMethod = "dispose")
	Disposable statusPolls(StateProperties properties, CallBudget budget, UpstreamClient upstream, ResponseCache cache,
			StateClock state, Followers followers, InstantSource clock, Dates dates) {
		Duration spacing = new StatusShare(properties.maxShare()).spacing(budget.snapshot().windows()).orElse(null);
		if (spacing == null || followers.isEmpty()) {
			LOG.info("State status is not polled: the plan does not afford it, or no endpoint follows the state: "
					+ "gateway.state.max-share={}", properties.maxShare());
			return Disposables.disposed();
		}
		StatusPoll poll = new StatusPoll(spacing, upstream.deadline(), () -> call(upstream), cache, state, followers,
				clock, dates);
		return RepeatedTask.every(TICK, poll::pollIfDue);
	}

	private static Mono<byte[]> call(UpstreamClient upstream) {
		UpstreamRequest request = UpstreamRequest.of(PATH).refreshing(true).ofOptional(MAX_SIZE);
		return upstream.fetch(request, (response) -> Mono.fromSupplier(() -> response.content().body()));
	}

}
