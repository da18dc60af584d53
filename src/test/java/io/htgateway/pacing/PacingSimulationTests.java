package io.htgateway.pacing;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import io.htgateway.testing.MutableClock;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;

class PacingSimulationTests {

	@Test
	void go() {
		run("free", 1_000_000, 100, 100_000_000);
		run("pulse", 60, 1_000_000, 50_000);
		run("surge", 100, 1_000_000, 150_000);
		run("flow", 200, 1_000_000, 400_000);
		run("stream", 500, 1_000_000, 2_000_000);
	}

	private void run(String plan, long minute, long day, long month) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
			.withBean(MutableClock.class, () -> new MutableClock(SimulatedMonth.START))
			.withUserConfiguration(Parts.class)
			.withPropertyValues("gateway.budget.plan=" + plan)
			.run((context) -> {
				long start = System.nanoTime();
				SimulatedMonth.Outcome outcome = new SimulatedMonth(context, new CountingUpstream(minute, day, month))
					.run();
				System.out.printf("%s %d calls, %d refusals, mean age %.0f, max %.0f, failures %d/%d, in %d ms%n", plan,
						outcome.calls(), outcome.refusals(), outcome.meanAge(), outcome.maxAge(),
						outcome.coldFailures(), outcome.warmFailures(), (System.nanoTime() - start) / 1_000_000);
				outcome.days()
					.forEach((d) -> System.out.printf("   %.0f %d %.2f%n", d.meanAge(), d.calls(), d.stretch()));
			});
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	@ConfigurationPropertiesScan({ "io.htgateway.budget", "io.htgateway.cache", "io.htgateway.pacing" })
	static class Parts {

	}

}
