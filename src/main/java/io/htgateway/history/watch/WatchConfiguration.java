package io.htgateway.history.watch;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.htgateway.budget.CallBudget;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.RecordedRequest;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.state.Followers;
import io.htgateway.state.StateClock;
import io.htgateway.state.Timeline;
import io.htgateway.time.RepeatedTask;
import io.htgateway.traffic.Endpoint;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * Creates the watch of the configured keys, if there are any.
 */
@EnableConfigurationProperties(WatchProperties.class)
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("gateway.history.enabled")
	static class On {

		@Bean
		WatchShare watchShare(WatchProperties properties, CallBudget budget) {
			return WatchShare.of(budget.snapshot(), properties.maxShare());
		}

		@Bean
		WatchQuota watchQuota(WatchProperties properties, WatchShare watchShare, InstantSource clock) {
			return new WatchQuota(watchShare, properties.watch().size(), clock);
		}

		@Bean
		GapLog watchGaps() {
			return new GapLog();
		}

		@Bean
		Watch watch(WatchProperties properties, WatchShare watchShare, WatchQuota watchQuota, GapLog watchGaps,
				RecordedEndpoints recorded, List<Endpoint> endpoints, ObjectProvider<SecondLevelCache> leases,
				StateClock state, Followers followers, InstantSource clock) {
			Map<String, Endpoint> byName = endpoints.stream()
				.collect(Collectors.toMap(Endpoint::name, Function.identity()));
			List<RecordedRequest> requests = WatchList.read(properties.watch(), recorded);
			double loads = requests.stream().mapToDouble((request) -> loads(endpoint(request, byName))).sum();
			watchShare.check(requests.size(), loads, properties.maxShare());
			Instant now = clock.instant();
			List<WatchedKey> keys = requests.stream()
				.map((request) -> new WatchedKey(request, endpoint(request, byName).followsState(), watchQuota, now))
				.toList();
			WatchTurn turn = new WatchTurn(leases.getIfAvailable(() -> SecondLevelCache.NONE), clock);
			return new Watch(keys, watchShare, watchQuota, turn, watchGaps, state, followers, clock);
		}

		private static Endpoint endpoint(RecordedRequest request, Map<String, Endpoint> byName) {
			return Objects.requireNonNull(byName.get(request.series().endpoint()));
		}

		private static double loads(Endpoint endpoint) {
			return WatchShare.loads(endpoint.followsState() ? Timeline.DEFAULT : endpoint.ttl());
		}

		@Bean
		WatchMeters watchMeters(Watch watch, WatchQuota watchQuota, GapLog watchGaps) {
			return new WatchMeters(watch, watchQuota, watchGaps);
		}

		@Bean(destroyMethod = "dispose")
		Disposable watchRuns(Watch watch) {
			return (watch.keys() > 0) ? RepeatedTask.every(Watch.INTERVAL, watch::run) : Disposables.disposed();
		}

		@Bean
		ApplicationListener<ContextClosedEvent> stopWatchOnShutdown(Watch watch) {
			return (closed) -> watch.stop();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "gateway.history.enabled", havingValue = false, matchIfMissing = true)
	static class Off {

		Off(WatchProperties properties) {
			if (!properties.watch().isEmpty()) {
				throw new UnusableSettingsException(
						WatchProperties.WATCH + " has keys, but the history is off: set gateway.history.enabled=true, "
								+ "or remove the keys.");
			}
		}

	}

}
