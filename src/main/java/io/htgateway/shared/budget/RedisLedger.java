package io.htgateway.shared.budget;

import java.util.List;

import io.htgateway.budget.ledger.Ledger;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger in Redis: one hash, and one sorted set of the calls of the minute by their
 * times. One script decides on each call, in all windows at once and by the clock of
 * Redis.
 */
final class RedisLedger implements Ledger {

	static final Script STEP = Script.named("account", "ledger/request", "ledger/minute", "ledger/windows",
			"ledger/accounts", "ledger/calls", "ledger/reply");

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String GROUP = "budget";

	private final SharedStore store;

	private final String key;

	private final String minuteKey;

	private final String accountsKey;

	private final String teamsKey;

	RedisLedger(SharedStore store) {
		this.store = store;
		this.key = store.names().of(GROUP, "ledger");
		this.minuteKey = store.names().of(GROUP, "minute");
		this.accountsKey = store.names().of(GROUP, "accounts");
		this.teamsKey = store.names().of(GROUP, "teams");
	}

	@Override
	public boolean isAvailable() {
		return store.isAvailable();
	}

	@Override
	public Mono<Boolean> awaitAvailable() {
		return store.awaitAvailable();
	}

	@Override
	public Mono<Reply> send(Request request) {
		return store
			.runIdempotent(STEP, List.of(key, receiptKey(request), minuteKey, accountsKey, teamsKey),
					JSON.writeValueAsBytes(request))
			.map((reply) -> JSON.readValue(reply, Reply.class));
	}

	// Key under which the ledger records that it has seen the request.
	private String receiptKey(Request request) {
		if (!request.charge().isEmpty()) {
			return store.names().of(GROUP, "charges:" + request.charge());
		}
		Report report = request.report();
		return store.names().of(GROUP, (report != null) ? "reports:" + report.replica() : "reports");
	}

}
