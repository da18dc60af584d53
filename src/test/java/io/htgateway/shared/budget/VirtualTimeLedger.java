package io.htgateway.shared.budget;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

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

	private static final String SCRIPT = Script.named("ledger").text();

	private final RedisServer redis;

	private final String sha1;

	private final String prefix;

	private final InstantSource clock;

	private boolean available = true;

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
		redis.command("DEL", key("ledger"), key("minute"), key("accounts:2026-11"));
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
			List<String> command = List.of("EVALSHA", sha1, "4", key("ledger"), key(receipt(request)), key("minute"), key("accounts"),
					JsonMapper.shared().writeValueAsString(request), String.valueOf(now / 1000),
					String.valueOf(now % 1000 * 1000));
			return JsonMapper.shared().readValue(redis.text(command.toArray(String[]::new)), Reply.class);
		});
	}

	private static String receipt(Request request) {
		Report report = request.report();
		return !request.charge().isEmpty() ? request.charge()
				: (report != null) ? Objects.requireNonNull(report).replica() : "none";
	}

}
