package io.htgateway.shared.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;

import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.budget.account.Line;
import io.htgateway.budget.account.Statement;
import io.htgateway.budget.account.Statements;
import io.htgateway.budget.account.Usage;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the accounts in a real Redis.
 */
class RedisAccountsTests {

	private final RedisServer redis = RedisServer.shared();

	private final String prefix = UUID.randomUUID().toString();

	private final Stores stores = Stores.connect(redis.port(), prefix, Duration.ofSeconds(5));

	private final SharedBudget budget = budget();

	private final RedisAccounts accounts = new RedisAccounts(stores.store(), budget.state());

	private final YearMonth month = accounts.month();

	private SharedBudget budget() {
		SharedBudget one = Budgets.shared(100_000, 1_000_000, 3, Shares.NONE, new RedisLedger(stores.store()),
				InstantSource.system());
		one.synchronize().block();
		return one;
	}

	@AfterEach
	void close() {
		stores.close();
	}

	@Test
	void additionThatIsRepeatedCountsOnce() {
		Map<Line, Usage> more = Map.of(new Line("payments", "risk"), new Usage(0, 5, 3, 3_000_000_000L));

		accounts.add(1, more).block();
		accounts.add(1, more).block();
		accounts.add(2, more).block();

		assertThat(statement().lines().get(new Line("payments", "risk")))
			.isEqualTo(new Usage(0, 10, 6, 6_000_000_000L));
	}

	@Test
	void callsAreKnownSinceTheLedgerEntersThem() {
		redis.command("DEL", key(), prefix + ":1:{budget}:ledger");
		accounts.add(1, Map.of(new Line("payments", "risk"), new Usage(0, 5, 3, 7))).block();
		assertThat(since()).isEqualTo(budget.state().monthStart());

		budget.synchronize().block();

		assertThat(since()).isAfter(budget.state().monthStart());
	}

	@Test
	void callsOfALedgerWithoutAccountsAreNotKnown() {
		redis.command("DEL", key());
		redis.command("HDEL", prefix + ":1:{budget}:ledger", "account.month", "account.start");

		budget.synchronize().block();

		assertThat(since()).isAfter(budget.state().monthStart());
	}

	private Instant since() {
		return Objects.requireNonNull(accounts.ofTeam("payments", List.of()).block()).since();
	}

	@RepeatedTest(5)
	void concurrentChargesOfTwoReplicasAreAllEntered() {
		SharedBudget other = budget();

		Flux.range(0, 200)
			.flatMap((call) -> ((call % 2 == 0) ? budget : other)
				.charge(Priority.INTERACTIVE, "team" + call % 5, "risk", Budgets.PATIENCE)
				.subscribeOn(Schedulers.parallel()))
			.blockLast();
		budget.synchronize().block();

		assertThat(Statements.calls(statement())).containsEntry(new Line("team0", "risk"), 40L)
			.containsEntry(new Line("team4", "risk"), 40L)
			.doesNotContainKey(Line.UNKNOWN);
		assertThat(Statements.sum(statement())).isEqualTo(Statements.spend(budget));
	}

	@Test
	void linesBeyondTheLimitAreOneLineForEachEndpoint() {
		redis.command("HSET", key(), "#", "10000", "+known risk", "1");

		Budgets.charge(budget, Priority.INTERACTIVE, "known");
		Budgets.charge(budget, Priority.INTERACTIVE, "new");
		budget.release(Budgets.charge(budget, Priority.INTERACTIVE, "newer"));
		budget.synchronize().block();

		assertThat(Statements.calls(statement())).containsEntry(new Line("known", "risk"), 2L)
			.containsEntry(new Line("(others)", "risk"), 1L)
			.doesNotContainKey(new Line("new", "risk"));
	}

	@Test
	void garbageInTheAccountIsIgnored() {
		Budgets.charge(budget, Priority.INTERACTIVE, "payments");
		redis.command("HSET", key(), "+payments fills", "many", "+nospace", "3", "+", "1", "~payments risk", "1 2",
				"=soon", "1 0 0", "=1000", "garbage", "?", "?", "#", "none");
		redis.command("DEL", prefix + ":1:{budget}:ledger");
		budget.synchronize().block();

		accounts.add(1, Map.of(new Line("payments", "risk"), new Usage(0, 5, 3, 7))).block();

		assertThat(statement().lines()).containsEntry(new Line("payments", "risk"), new Usage(1, 6, 5, 7))
			.doesNotContainKey(new Line("payments", "fills"));
		assertThat(Statements.sum(statement())).isEqualTo(Statements.spend(budget));
	}

	@Test
	void keyWithOtherDataIsReplaced() {
		redis.command("SET", key(), "other");

		Budgets.charge(budget, Priority.INTERACTIVE, "payments");

		assertThat(Statements.calls(statement())).containsEntry(new Line("payments", "risk"), 1L);
		assertThat(redis.number("TTL", key())).isBetween(429 * 86_400L, 430 * 86_400L);
	}

	@Test
	void thousandTeamsAreReadInASecond() {
		for (int batch = 0; batch < 10; batch++) {
			Map<Line, Usage> lines = new HashMap<>();
			for (int line = 0; line < 500; line++) {
				lines.put(new Line("team-" + (batch * 100 + line / 5), "endpoint-" + line % 5),
						new Usage(0, 7, 5, 123_456));
			}
			accounts.add(batch + 1, lines).block();
		}

		long quickest = LongStream.range(0, 5).map((run) -> nanosOfReading()).min().orElseThrow();

		Statement statement = statement();
		assertThat(statement.lines()).hasSizeGreaterThanOrEqualTo(5000);
		assertThat(quickest).isLessThan(1_000_000_000L);
		assertThat(redis.number("MEMORY", "USAGE", key())).isLessThan(1_000_000);
		assertThat(statement.months()).containsExactlyElementsOf(List.of(month));
	}

	private long nanosOfReading() {
		long start = System.nanoTime();
		statement();
		return System.nanoTime() - start;
	}

	private Statement statement() {
		return Objects.requireNonNull(accounts.statement(month).block());
	}

	private String key() {
		return prefix + ":1:{budget}:accounts:" + month;
	}

}
