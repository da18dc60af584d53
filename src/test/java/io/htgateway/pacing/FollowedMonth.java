package io.htgateway.pacing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.htgateway.testing.MutableClock;
import io.htgateway.traffic.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;

/**
 * A simulated month whose endpoints follow the state, with the real state clock.
 */
final class FollowedMonth {

	private FollowedMonth() {
	}

	static MonthTally.Outcome simulate(SimulatedPlan plan, StateSources source, double maxStretch) {
		AtomicReference<MonthTally.Outcome> outcome = new AtomicReference<>();
		boolean follows = source != StateSources.NONE;
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withBean("risk", Endpoint.class, () -> endpoint("risk", follows))
			.withBean("heatmap", Endpoint.class, () -> endpoint("heatmap", follows))
			.withUserConfiguration(Parts.class)
			.withPropertyValues("gateway.budget.plan=" + plan.property(), "gateway.pacing.max-stretch=" + maxStretch)
			.run((gateway) -> {
				AtomicReference<SimulatedMonth> month = new AtomicReference<>();
				month.set(new SimulatedMonth(gateway, plan, source.source(gateway, month::get)));
				outcome.set(month.get().run());
			});
		return outcome.get();
	}

	private static Endpoint endpoint(String name, boolean follows) {
		return new Endpoint(name, "/" + name, SimulatedMonth.TTL, SimulatedMonth.STALE_WHILE_REVALIDATE,
				Duration.ofHours(24), List.of(), follows);
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing", "io.htgateway.time" })
	@ComponentScan(basePackages = "io.htgateway.state",
			excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*state\\.(status|webhook).*"))
	@ConfigurationPropertiesScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	static class Parts {

	}

}
