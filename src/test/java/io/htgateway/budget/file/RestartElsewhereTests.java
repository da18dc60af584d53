package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a state file has the calls of others.
 */
class RestartElsewhereTests {

	private static final long LIMIT = 30_000;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-01T00:00:00Z"));

	@Test
	void restartHasTheCallsOfOthersAndWhatTheyAreExpectedToSpend() {
		Run first = start();
		clock.advance(Duration.ofDays(15));
		correct(first, 6_000);
		BudgetSnapshot before = first.budget().snapshot();
		first.keeper().close();

		Run second = start();

		assertThat(second.budget().snapshot().windows().getLast()).isEqualTo(before.windows().getLast());
		assertThat(second.budget().snapshot().windows().getLast().elsewhere()).isEqualTo(6_000);
		assertThat(second.budget().snapshot().projectedSpend()).isEqualTo(12_000);
		assertThat(Budgets.drain(second.budget(), Priority.REFRESH)).isEqualTo(16_500);
	}

	@Test
	void restartAfterAKillHasTheCallsOfOthers() {
		Run first = start();
		correct(first, 6_000);
		first.keeper().save();

		assertThat(elsewhere(start())).isEqualTo(6_000);
	}

	@Test
	void callsOfOthersThatWereTakenBackStayTakenBack() {
		Run first = start();
		correct(first, 6_000);
		first.keeper().save();
		correct(first, 0);
		first.keeper().close();

		assertThat(elsewhere(start())).isZero();
	}

	@Test
	void a429AfterARestartStillCountsAsTheSame() {
		Run first = start();
		clock.advance(Duration.ofDays(2));
		first.budget().rateLimited(Duration.ofHours(3));
		first.keeper().close();

		Run second = start();
		second.budget().rateLimited(Duration.ofHours(3));
		assertThat(elsewhere(second)).isEqualTo(3_000);
		clock.advance(Duration.ofHours(30));
		second.budget().rateLimited(Duration.ofHours(3));

		assertThat(elsewhere(second)).isEqualTo(3_000 + 2_700);
	}

	@Test
	void restartInTheNextMonthHasNone() {
		Run first = start();
		correct(first, 6_000);
		first.keeper().close();
		clock.advance(Duration.ofDays(30));

		assertThat(elsewhere(start())).isZero();
	}

	@Test
	void restartWithAFileOfAnEarlierVersionHasNone() throws IOException {
		Files.writeString(file(), "{\"savedAt\":\"2026-11-01T00:00:00Z\",\"complete\":true,\"minute\":40,"
				+ "\"windows\":{\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":9007}}}");

		Run run = start();

		assertThat(elsewhere(run)).isZero();
		assertThat(run.used()).isEqualTo(9007);
	}

	@Test
	void fileHasNoneInTheNumbersForEarlierVersions() throws IOException {
		Run run = start();
		run.charge(7);
		correct(run, 6_000);
		run.keeper().close();

		assertThat(Files.readString(file())).contains("\"month\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":7}",
				"\"elsewhere:month@2026-11-01T00:00:00Z\":{\"start\":\"2026-11-01T00:00:00Z\",\"used\":5993}");
	}

	private static void correct(Run run, long used) {
		assertThat(run.budget().correct("month", used).block()).isNotNull();
	}

	private static long elsewhere(Run run) {
		return run.budget().snapshot().windows().getLast().elsewhere();
	}

	private Run start() {
		Run run = Run.of(Budgets.of(0, 0, LIMIT, clock), file());
		run.keeper().restore();
		return run;
	}

	private Path file() {
		return directory.resolve("spend.json");
	}

}
