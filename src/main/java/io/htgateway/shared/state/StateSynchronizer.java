package io.htgateway.shared.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import io.htgateway.state.StateClock;
import io.htgateway.state.Timeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Shares the newest state: at once when this replica learns of one, and once a second
 * when another one did.
 */
final class StateSynchronizer extends Synchronizer {

	private static final Script STEP = Script.named("state");

	/**
	 * Longer than a state can be predictable.
	 */
	private static final Duration RETENTION = Duration.ofHours(12);

	private final StateClock state;

	private final SharedStore store;

	StateSynchronizer(StateClock state, SharedStore store) {
		this.state = state;
		this.store = store;
		state.onUpdate((timeline) -> synchronize().subscribe());
	}

	@Override
	protected Mono<Void> synchronize() {
		return Mono
			.defer(() -> store.runIdempotent(STEP, List.of(store.names().of("state")), arguments(state.newest())))
			.doOnNext((newest) -> StateText.read(new String(newest, StandardCharsets.UTF_8)).ifPresent(state::report))
			.onErrorComplete()
			.then();
	}

	private static byte[][] arguments(@Nullable Timeline newest) {
		return new byte[][] { SharedStore.argument((newest != null) ? newest.at().toEpochMilli() : ""),
				SharedStore.argument((newest != null) ? StateText.write(newest) : ""),
				SharedStore.argument(RETENTION.toMillis()) };
	}

}
