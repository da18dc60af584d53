package io.htgateway.ops;

import java.util.List;
import java.util.Locale;

import io.htgateway.access.authentication.Teams;
import io.htgateway.budget.ConfiguredPlan;
import io.htgateway.cache.store.SecondLevelCache;
import io.htgateway.traffic.Endpoint;
import io.htgateway.upstream.ConfiguredUpstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/**
 * Collects the running configuration, and logs it once the gateway is ready.
 */
@Component
final class StartupSummary implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger LOG = LoggerFactory.getLogger(StartupSummary.class);

	private final String version;

	private final ConfiguredUpstream upstream;

	private final ConfiguredPlan plan;

	private final List<Endpoint> endpoints;

	private final Teams teams;

	private final String secondLevel;

	StartupSummary(ObjectProvider<BuildProperties> build, ConfiguredUpstream upstream, ConfiguredPlan plan,
			List<Endpoint> endpoints, Teams teams, ObjectProvider<SecondLevelCache> secondLevel) {
		this.version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown");
		this.upstream = upstream;
		this.plan = plan;
		this.endpoints = List.copyOf(endpoints);
		this.teams = teams;
		this.secondLevel = secondLevel.getIfAvailable(() -> SecondLevelCache.NONE).name();
	}

	/**
	 * Returns the configuration with the current teams.
	 */
	RunningConfiguration running() {
		return new RunningConfiguration(version, upstream.host(), plan.name(), plan.perMinute(), plan.perDay(),
				plan.perMonth(), plan.replicas(), endpoints.stream().map(RunningConfiguration.Lifetimes::of).toList(),
				teams.isOpen(), teams.count(), teams.acceptsJwts(), secondLevel,
				upstream.key().name().toLowerCase(Locale.ROOT));
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		LOG.info("Gateway is ready: {}", running().text());
	}

}
