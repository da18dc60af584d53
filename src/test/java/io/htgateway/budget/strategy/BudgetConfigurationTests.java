package io.htgateway.budget.strategy;

import java.time.Instant;

import io.htgateway.budget.CallBudget;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BudgetConfiguration}.
 */
class BudgetConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withBean(Dates.class, () -> Dates.of(new MutableClock(Instant.parse("2026-11-01T00:00:00Z"))))
		.withUserConfiguration(BudgetConfiguration.class);

	@Test
	void budgetWhenNothingIsSetIsLocal() {
		runner.run((context) -> assertThat(context).getBean(CallBudget.class).isInstanceOf(LocalBudget.class));
	}

	// The ledger, too, is created only for true.
	@ParameterizedTest
	@ValueSource(strings = { "false", "FALSE", "on", "" })
	void budgetWhenSharingIsNotOnIsLocal(String enabled) {
		runner.withPropertyValues("gateway.shared.enabled=" + enabled)
			.run((context) -> assertThat(context).getBean(CallBudget.class).isInstanceOf(LocalBudget.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "TRUE" })
	void budgetWhenSharingIsOnIsShared(String enabled) {
		runner.withPropertyValues("gateway.shared.enabled=" + enabled)
			.withBean(Ledger.class, SilentLedger::new)
			.run((context) -> assertThat(context).getBean(CallBudget.class).isInstanceOf(SharedBudget.class));
	}

	/**
	 * A ledger that is unavailable.
	 */
	private static final class SilentLedger implements Ledger {

		@Override
		public boolean isAvailable() {
			return false;
		}

		@Override
		public Mono<Reply> send(Request request) {
			return Mono.never();
		}

	}

}
