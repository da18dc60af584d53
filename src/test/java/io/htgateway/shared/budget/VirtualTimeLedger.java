package io.htgateway.shared.budget;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.htgateway.budget.account.Statement;
import io.htgateway.budget.ledger.Ledger;
import io.htgateway.shared.Script;
import io.htgateway.testing.redis.RedisServer;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The script of the ledger in a real Redis, with the time of a test's clock instead of
 * the clock of Redis.
 */
final class VirtualTimeLedger implements Ledger {

	private static final String CLOCK_OF_REDIS = "redis.call('TIME')";

	private static final String SCRIPT = RedisLedger.STEP.text();

	private static final String ACCOUNTS = Script.named("accounts").text();

	private final RedisServer redis;

	private final String sha1;

	private final String prefix;

	private final InstantSource clock;

	private boolean available = true;

	private boolean withoutEntries;

	VirtualTimeLedger(RedisServer redis, String prefix, InstantSource clock) {
		if (!SCRIPT.contains(CLOCK_OF_REDIS)) {
			throw new IllegalStateException("the script does not read the clock of Redis");
		}
		this.redis = redis;
		this.prefix = prefix;
		this.clock = clock;
		this.sha1 = redis.text("SCRIPT", "LOAD", SCRIPT.replace(CLOCK_OF_REDIS, "{ ARGV[2], ARGV[3] }"));
	}

	void goDown() {
		available = false;
	}

	void comeBack() {
		available = true;
	}

	/**
	 * Loses everything that was stored.
	 */
	void clear() {
		clearCount();
		clearAccounts();
	}

	/**
	 * Loses the count of calls.
	 */
	void clearCount() {
		redis.command("DEL", key("ledger"), key("minute"));
	}

	/**
	 * Loses the accounts of all months.
	 */
	void clearAccounts() {
		redis.command(Stream.concat(Stream.of("DEL"), months().map((month) -> key("accounts:" + month)))
			.toArray(String[]::new));
	}

	/**
	 * Sends requests without an entry in the account, as replicas of an earlier version.
	 */
	void forgetEntries(boolean forget) {
		withoutEntries = forget;
	}

	Statement statement(YearMonth month) {
		return AccountText.statement(month, redis.text(
				Stream
					.concat(Stream.of("EVAL", ACCOUNTS, "2", key("ledger"), key("accounts"), month.toString(), "month"),
							months().map(YearMonth::toString))
					.toArray(String[]::new)));
	}

	private static Stream<YearMonth> months() {
		return Stream.iterate(YearMonth.of(2026, 10), (month) -> month.plusMonths(1)).limit(24);
	}

	private String key(String name) {
		return "{" + prefix + "}:" + name;
	}

	@Override
	public boolean isAvailable() {
		return available;
	}

	@Override
	public Mono<Reply> send(Request request) {
		return Mono.fromCallable(() -> {
			if (!available) {
				throw new IllegalStateException("the ledger is down");
			}
			long now = clock.instant().toEpochMilli();
			List<String> command = List.of("EVALSHA", sha1, "5", key("ledger"), key(receipt(request)), key("minute"),
					key("accounts"), key("teams"),
					JsonMapper.shared().writeValueAsString(withoutEntries ? anonymous(request) : request),
					String.valueOf(now / 1000), String.valueOf(now % 1000 * 1000));
			return JsonMapper.shared().readValue(redis.text(command.toArray(String[]::new)), Reply.class);
		});
	}

	private static Request anonymous(Request request) {
		return new Request(request.number(), request.change(), request.charge(), request.epoch(), request.calls(),
				request.priority(), request.account(), request.minute(), request.windows(), request.elsewhere(),
				request.report(), new Entry(request.entry().month(), "", "", false));
	}

	private static String receipt(Request request) {
		Report report = request.report();
		return !request.charge().isEmpty() ? request.charge()
				: (report != null) ? Objects.requireNonNull(report).replica() : "none";
	}

}
