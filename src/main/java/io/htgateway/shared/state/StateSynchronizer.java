package io.htgateway.shared.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.shared.Synchronizer;
import io.htgateway.state.StateClock;
import io.htgateway.state.Timeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Shares the newest state: publishes a new state of this replica at once, and fetches
 * those of other replicas once a second.
 */
final class StateSynchronizer extends Synchronizer {

	private static final Script STEP = Script.named("state");

	/**
	 * Longer than a state can be predictable.
	 */
	private static final Duration RETENTION = Duration.ofHours(12);

	/**
	 * Largest difference between the clocks of replicas.
	 */
	private static final Duration SKEW = Duration.ofMinutes(2);

	private final StateClock state;

	private final SharedStore store;

	private final InstantSource dates;

	StateSynchronizer(StateClock state, SharedStore store, InstantSource dates) {
		this.state = state;
		this.dates = dates;
		this.store = store;
		state.onUpdate((timeline) -> synchronize().subscribe());
	}

	@Override
	protected Mono<Void> synchronize() {
		return Mono
			.defer(() -> store.runIdempotent(STEP, List.of(store.names().of("state")), arguments(state.newest())))
			.doOnNext((newest) -> StateText.read(new String(newest, StandardCharsets.UTF_8)).ifPresent(state::adopt))
			.onErrorComplete()
			.then();
	}

	private byte[][] arguments(@Nullable Timeline newest) {
		// A state from before this replica's clock was set back must not hide newer ones.
		long latest = dates.instant().plus(SKEW).toEpochMilli();
		return new byte[][] { SharedStore.argument((newest != null) ? newest.at().toEpochMilli() : ""),
				SharedStore.argument((newest != null) ? StateText.write(newest) : ""),
				SharedStore.argument(RETENTION.toMillis()), SharedStore.argument(latest) };
	}

}
