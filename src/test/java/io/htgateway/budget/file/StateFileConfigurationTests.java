package io.htgateway.budget.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.CallBudget;
import io.htgateway.budget.Priority;
import io.htgateway.testing.MutableClock;
import io.htgateway.time.Dates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.ComponentScan;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link StateFileConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StateFileConfigurationTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConfigurationPropertiesAutoConfiguration.class))
		.withBean(Dates.class, () -> Dates.of(new MutableClock(Instant.parse("2026-11-01T00:00:00Z"))))
		.withUserConfiguration(Scanned.class);

	@Test
	void spendWhenNoFileIsSetIsNotSavedAndLogged(CapturedOutput output) {
		runner.run((context) -> assertThat(context).hasSingleBean(CallBudget.class).doesNotHaveBean(SpendKeeper.class));

		assertThat(output)
			.containsOnlyOnce("Calls made before this start are unknown, because gateway.budget.state-file is"
					+ " not set: assuming that the plan was used evenly until now (month: 0 of 50000)");
	}

	@Test
	void spendWhenFileIsSetSurvivesTheEndOfTheGateway(CapturedOutput output) {
		Path file = directory.resolve("spend.json");
		ApplicationContextRunner saving = runner.withPropertyValues("gateway.budget.state-file=" + file);
		saving.run((context) -> Budgets.charge(context.getBean(CallBudget.class), Priority.INTERACTIVE, "anyone"));

		assertThat(file).content().contains("\"complete\":true");
		saving.run((context) -> {
			assertThat(context.getBean(CallBudget.class).snapshot().windows().getLast().used()).isEqualTo(1);
			assertThat(Files.readString(file)).contains("\"complete\":false");
		});
		assertThat(output).doesNotContain("is not set");
	}

	@ComponentScan("io.htgateway.budget")
	static class Scanned {

	}

}
