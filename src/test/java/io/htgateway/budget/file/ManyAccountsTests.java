package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Usage;
import io.htgateway.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the accounts of many teams in a state file.
 */
class ManyAccountsTests {

	private static final YearMonth FIRST = YearMonth.of(2026, 1);

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-01-11T10:00:00Z"));

	@Test
	void thousandTeamsForYearsHaveThirteenEndedMonthsAndASmallStateFile() throws IOException {
		Run run = start();
		for (int month = 0; month < 20; month++) {
			run.budget().state().add(usage());
			run.keeper().save();
			clock.advance(Duration.ofDays(31));
		}
		run.budget().state().add(usage());
		run.keeper().close();

		Statement latest = start().budget().state().statement(FIRST.plusMonths(20));

		assertThat(latest.lines()).hasSizeGreaterThanOrEqualTo(5000);
		assertThat(latest.months()).hasSize(14);
		assertThat(Files.size(directory.resolve("spend.json"))).isLessThan(300_000);
		try (var files = Files.list(directory)) {
			assertThat(files).hasSize(14);
		}
	}

	@Test
	void linesBeyondTheLimitAreOneLineForEachEndpoint() {
		Run run = start();
		Map<Line, Usage> many = new HashMap<>();
		for (int team = 0; team < 10_010; team++) {
			many.put(new Line("team-" + team, "risk"), new Usage(0, 1, 0, 0));
		}
		run.budget().state().add(many);

		Statement statement = run.budget().state().statement(FIRST);

		assertThat(statement.lines().get(new Line("(others)", "risk"))).isEqualTo(new Usage(0, 10, 0, 0));
	}

	@Test
	void damagedMonthIsMissingAndOthersAreRead() throws IOException {
		Run run = start();
		run.budget().state().add(usage());
		clock.advance(Duration.ofDays(31));
		run.keeper().close();
		Files.writeString(directory.resolve("spend.json.2025-12"), "{");

		assertThat(start().budget().state().statement(FIRST).lines()).hasSizeGreaterThanOrEqualTo(5000);
	}

	private static Map<Line, Usage> usage() {
		Map<Line, Usage> usage = new HashMap<>();
		for (int line = 0; line < 5000; line++) {
			usage.put(new Line("team-%03d".formatted(line / 5), "endpoint-" + line % 5),
					new Usage(12, 3456, 2345, 98_765_432));
		}
		return usage;
	}

	private Run start() {
		Run run = Run.of(Budgets.of(60, 0, 30_000, clock), directory.resolve("spend.json"));
		run.keeper().restore();
		return run;
	}

}
