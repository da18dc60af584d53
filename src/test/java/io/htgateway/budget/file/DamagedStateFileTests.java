package io.htgateway.budget.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

import io.htgateway.budget.Budgets;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a damaged {@link StateFile}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DamagedStateFileTests {

	private static final long LIMIT = 30_000;

	private static final long EVEN_SPEND = 10_000;

	private static final int LIMIT_PER_MINUTE = 60;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-11T00:00:00Z"));

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "{}", "{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":1,\"windows\":null}",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":1,\"windows\":{\"month\":null}}",
			"{\"savedAt\":null,\"complete\":true,\"minute\":1,\"windows\":{}}",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":1,\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":-1}}}",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":1,\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\"}}}",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":false,\"minute\":1,\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":9223372036854775807}}}",
			"{\"savedAt\":\"2026-11-10T00:00:00Z\",\"complete\":true,\"minute\":1,\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":9223372036854775807}}}",
			"{\"savedAt\":\"soon\",\"complete\":true,\"minute\":1,\"windows\":{}}", "\u0000\u0000\u0000" })
	void startWhenFileIsCorruptReportsItOnceAndAssumesAnEvenSpend(String content, CapturedOutput output)
			throws Exception {
		Files.writeString(file(), content);

		Run run = start();
		run.keeper().save();

		assertThat(run.counted()).isEqualTo(EVEN_SPEND);
		assertThat(run.minute()).isZero();
		assertThat(output).containsOnlyOnce("Spend of earlier runs is unknown");
		run.keeper().close();
		assertThat(start().counted()).isEqualTo(EVEN_SPEND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "null", "[]", "{\"plan\":\"pulse\"}", "gateway:\n  risk:\n" })
	void startWhenFileIsForeignFailsAndLeavesItUnchanged(String content) throws Exception {
		Files.writeString(file(), content);

		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(this::start)
			.withMessageContaining("which is not a state file of the gateway: name another file, or remove it.");

		assertThat(file()).hasContent(content);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z" })
	void startWhenSaveTimeIsExtremeRestoresTheBudget(String savedAt) throws Exception {
		Files.writeString(file(),
				"{\"savedAt\":\"" + savedAt + "\",\"complete\":true,\"minute\":9223372036854775807,\"windows\":{}}");

		Run run = start();

		assertThat(run.counted()).isEqualTo(savedAt.startsWith("-") ? 0 : EVEN_SPEND);
		assertThat(run.minute()).isEqualTo(LIMIT_PER_MINUTE);
	}

	@Test
	void startWhenFileIsCutAnywhereAssumesAnEvenSpendOrReadsItWhole() throws Exception {
		Run first = start();
		first.charge(7);
		first.keeper().close();
		byte[] whole = Files.readAllBytes(file());

		for (int length = 0; length < whole.length; length++) {
			Files.write(file(), Arrays.copyOf(whole, length));
			assertThat(start().counted()).as("cut at %d", length).isEqualTo(EVEN_SPEND);
		}
	}

	private Run start() {
		Run run = Run.of(Budgets.of(60, 0, LIMIT, clock), file());
		run.keeper().restore();
		return run;
	}

	private Path file() {
		return directory.resolve("spend.json");
	}

}
