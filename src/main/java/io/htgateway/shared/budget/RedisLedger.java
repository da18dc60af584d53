package io.htgateway.shared.budget;

import java.util.List;

import io.htgateway.budget.ledger.Ledger;
import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ledger in one hash of Redis. One script decides on each call, in all windows at
 * once and by the clock of Redis.
 */
final class RedisLedger implements Ledger {

	private static final Script STEP = Script.named("ledger");

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String GROUP = "budget";

	private final SharedStore store;

	private final String key;

	RedisLedger(SharedStore store) {
		this.store = store;
		this.key = store.names().of(GROUP, "ledger");
	}

	@Override
	public boolean isAvailable() {
		return store.isAvailable();
	}

	@Override
	public Mono<Boolean> returnsSoon() {
		return store.returnsSoon();
	}

	@Override
	public Mono<Answer> ask(Question question) {
		return store.runAgain(STEP, List.of(key, note(question)), JSON.writeValueAsBytes(question))
			.map((answer) -> JSON.readValue(answer, Answer.class));
	}

	// Key under which the ledger notes that it has seen this question.
	private String note(Question question) {
		if (!question.charge().isEmpty()) {
			return store.names().of(GROUP, "charges:" + question.charge());
		}
		Report report = question.report();
		return store.names().of(GROUP, (report != null) ? "reports:" + report.replica() : "reports");
	}

}
