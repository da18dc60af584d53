package io.htgateway.budget.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetProperties;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.Plan;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.LocalBudget;
import io.htgateway.settings.UnusableSettingsException;
import io.htgateway.testing.MutableClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SpendKeeper}.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpendKeeperTests {

	private static final long LIMIT = 30_000;

	private static final long EVEN_SPEND = 10_000;

	private static final int LIMIT_PER_MINUTE = 60;

	@TempDir
	private Path directory;

	private final MutableClock clock = new MutableClock(Instant.parse("2026-11-11T00:00:00Z"));

	@Test
	void startWhenThereIsNoFileAssumesAnEvenSpendAndSavesIt(CapturedOutput output) {
		assertThat(start()).satisfies((run) -> assertThat(run.counted()).isEqualTo(EVEN_SPEND));
		clock.advance(Duration.ofDays(1));

		assertThat(start().counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE);
		assertThat(output).doesNotContain("ERROR");
	}

	@Test
	void startAfterOrderlyEndRestoresTheSpend() throws Exception {
		Run first = start();
		first.charge(7);
		first.keeper().close();

		Run second = start();

		assertThat(second.counted()).isEqualTo(EVEN_SPEND + 7);
		assertThat(second.minute()).isEqualTo(LIMIT_PER_MINUTE - 7);
		assertThat(files()).containsExactly("spend.json");
	}

	@Test
	void chargeAfterTheLastSaveIsRefusedAndLeavesTheFileUnchanged() throws Exception {
		Run first = start();
		first.charge(7);
		first.keeper().close();
		String last = Files.readString(file());

		assertThatExceptionOfType(BudgetExhausted.class).isThrownBy(() -> first.charge(1))
			.withMessage("the gateway is shutting down and makes no more upstream calls");
		first.keeper().save();

		assertThat(Files.readString(file())).isEqualTo(last);
		assertThat(start().counted()).isEqualTo(EVEN_SPEND + 7);
	}

	@RepeatedTest(10)
	void chargesWhileTheKeeperClosesAreInTheFileOrRefused() throws Exception {
		Run first = start();
		AtomicInteger charged = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(4);
		try (ExecutorService loads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int load = 0; load < 4; load++) {
				loads.execute(() -> {
					for (int call = 0; call < 10; call++) {
						charged.addAndGet(Budgets.drain(first.budget(), Priority.INTERACTIVE, 1));
						begun.countDown();
					}
				});
			}
			begun.await();
			first.keeper().close();
		}

		assertThat(start().counted()).isEqualTo(EVEN_SPEND + charged.get());
	}

	@Test
	void startAfterAVersionThatDidNotSaveSinceWhenCallsAreKnownRestoresTheSpend() throws Exception {
		Run first = start();
		first.charge(7);
		first.keeper().close();
		Path file = directory.resolve("spend.json");
		Files.writeString(file, Files.readString(file).replaceFirst("\"since\":(null|\"[^\"]*\"),", ""));
		assertThat(file).content().contains("accounts").doesNotContain("since");

		Run second = start();

		assertThat(second.counted()).isEqualTo(EVEN_SPEND + 7);
		assertThat(second.used()).isEqualTo(first.used());
	}

	@Test
	void startAfterKillAssumesTheUnsavedCallsOfTheMinute() {
		Run first = start();
		first.charge(7);
		first.keeper().save();
		first.charge(5);

		Run second = start();

		assertThat(second.counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE);
		assertThat(second.minute()).isZero();
	}

	@Test
	void startAfterKillAssumesAsManyCallsAsHaveLeftTheMinuteSince() {
		Run first = start();
		first.charge(20);
		clock.advance(Duration.ofSeconds(40));
		first.charge(LIMIT_PER_MINUTE - 20);
		first.keeper().save();
		clock.advance(Duration.ofSeconds(21));
		assertThat(start().counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE);
		clock.advance(Duration.ofDays(1));

		assertThat(start().counted()).isEqualTo(EVEN_SPEND + 2 * LIMIT_PER_MINUTE);
	}

	@Test
	void startAfterKillOfARunThatCalledTwiceAssumesWhatTheSecondTimeLeft() {
		Run first = start();
		first.charge(20);
		clock.advance(Duration.ofSeconds(40));
		first.charge(LIMIT_PER_MINUTE - 20);
		first.keeper().save();
		clock.advance(Duration.ofSeconds(25));

		assertThat(start().counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE + 20);
	}

	@Test
	void startAfterManyKillsAssumesNoMoreThanOneMinute() {
		start().keeper().close();
		int made = 0;
		for (int run = 0; run < 10; run++) {
			Run killed = start();
			clock.advance(Duration.ofSeconds(4));
			made += Budgets.drain(killed.budget(), Priority.INTERACTIVE, 1);
			killed.keeper().save();
		}

		assertThat(made).isEqualTo(1);
		assertThat(start().counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE);
	}

	@Test
	void startAfterManyKillsWithoutCallsAssumesThemOnce() {
		start().keeper().close();
		for (int run = 0; run < 10; run++) {
			start().keeper().save();
		}

		assertThat(start().counted()).isEqualTo(EVEN_SPEND + LIMIT_PER_MINUTE);
	}

	@Test
	void startWhenFileIsOfEarlierMonthCountsFromNothing() {
		Run first = start();
		first.charge(7);
		first.keeper().close();
		clock.advance(Duration.ofDays(20));

		assertThat(start().counted()).isZero();
	}

	@Test
	void startWhenBillingDayChangedAssumesAnEvenSpend() {
		Run first = start();
		first.charge(7);
		first.keeper().close();

		BudgetProperties properties = new BudgetProperties(Plan.CUSTOM, 60L, null, LIMIT, 10, 1, 0.1, null, true,
				Duration.ofSeconds(2));
		LocalBudget budget = new LocalBudget(properties, Shares.NONE, clock);
		SpendKeeper keeper = new SpendKeeper(budget, new StateFile(file()));
		keeper.restore();

		// One of thirty days has passed; more than an even spend was counted.
		assertThat(new Run(budget, keeper).counted()).isEqualTo(EVEN_SPEND + 7);
	}

	@Test
	void startWhenFileCannotBeWrittenFails() {
		Path missing = directory.resolve("missing").resolve("spend.json");
		SpendKeeper keeper = new SpendKeeper(Budgets.of(60, 0, LIMIT, clock), new StateFile(missing));

		assertThatExceptionOfType(UnusableSettingsException.class).isThrownBy(keeper::restore)
			.withMessageStartingWith("gateway.budget.state-file cannot be written: ")
			.withMessageContaining(missing.toString());
	}

	@Test
	void saveWhenDirectoryIsGoneLogsTheFailureOnceAndTheRecoveryOnce(CapturedOutput output) throws Exception {
		Path file = Files.createDirectory(directory.resolve("volume")).resolve("spend.json");
		Run run = Run.of(Budgets.of(60, 0, LIMIT, clock), file);
		run.keeper().restore();
		Files.delete(file);
		Files.delete(file.getParent());
		run.charge(1);
		run.keeper().save();
		run.keeper().save();
		assertThat(output).containsOnlyOnce("Spend cannot be saved");

		Files.createDirectory(file.getParent());
		run.keeper().save();

		assertThat(output).containsOnlyOnce("Spend is saved again");
		assertThat(file).exists();
	}

	@Test
	void saveWhenNothingChangedWritesNothing() throws Exception {
		Run run = start();
		Files.delete(file());

		run.keeper().save();
		assertThat(file()).doesNotExist();

		run.charge(1);
		run.keeper().save();
		assertThat(file()).exists();
	}

	@Test
	void spendIsSavedInTheBackground() throws Exception {
		Run run = run();
		run.keeper().start();
		String before = Files.readString(file());

		run.charge(3);

		Awaitility.await().until(() -> !Files.readString(file()).equals(before));
		assertThat(Files.readString(file())).contains("\"used\":" + (EVEN_SPEND + 3));
		run.keeper().close();
	}

	private Run start() {
		Run run = run();
		run.keeper().restore();
		return run;
	}

	private Run run() {
		return Run.of(Budgets.of(60, 0, LIMIT, clock), file());
	}

	private Path file() {
		return directory.resolve("spend.json");
	}

	private Stream<String> files() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList().stream();
		}
	}

}
