package io.htgateway.shared.guard;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.htgateway.shared.Script;
import io.htgateway.shared.SharedStore;
import io.htgateway.upstream.guard.Replicas;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The replicas that share a Redis. A replica publishes a message only when something
 * changes. A message makes the others poll, and is never answered by another one.
 */
final class RedisReplicas implements Replicas {

	private static final Script STEP = Script.named("guard");

	private static final String GROUP = "guard";

	/**
	 * Placeholder for operations that do not depend on the key.
	 */
	private static final String ANY = "any";

	private final SharedStore store;

	private final String channel;

	RedisReplicas(SharedStore store) {
		this.store = store;
		this.channel = store.names().of(GROUP);
	}

	/**
	 * Returns the messages of all replicas.
	 */
	Flux<Message> messages() {
		return store.messages(channel).map((text) -> "key".equals(text) ? Message.KEY_CHANGED : Message.STATE_CHANGED);
	}

	@Override
	public void pause(Duration length) {
		publish(repeatableStep("pause", ANY, ALL_ENDPOINTS, String.valueOf(length.toMillis())));
	}

	@Override
	public Mono<Void> refused(String key, String endpoint, Duration age) {
		return repeatableStep("refused", key, endpoint, String.valueOf(age.toMillis())).then();
	}

	@Override
	public void accepted(String key, String endpoint) {
		publish(repeatableStep("accepted", key, endpoint, ""));
	}

	@Override
	public void unsent(String key, String endpoint) {
		publish(step("unsent", key, endpoint, ""));
	}

	@Override
	public void unsentAfterPause() {
		publish(step("unsent-ramp", ANY, ALL_ENDPOINTS, ""));
	}

	@Override
	public void keyChanged() {
		publish(step("key", ANY, ALL_ENDPOINTS, ""));
	}

	@Override
	public Mono<Boolean> admitsAfterPause() {
		return step("ramp", ANY, ALL_ENDPOINTS, "").map(State::admitted);
	}

	@Override
	public Mono<Boolean> admitsProbe(String key, String endpoint) {
		return step("probe", key, endpoint, "").map(State::admitted);
	}

	@Override
	public Mono<Findings> poll(String key) {
		return step("look", key, ALL_ENDPOINTS, "").map(State::findings);
	}

	// No caller waits for it. If it is lost, the once-a-second poll finds it, or it is
	// learned again.
	private static void publish(Mono<State> step) {
		step.onErrorComplete().subscribe();
	}

	private Mono<State> step(String operation, String key, String endpoint, String argument) {
		return store.run(STEP, keys(key, endpoint), arguments(operation, endpoint, argument)).map(RedisReplicas::state);
	}

	// For operations that have the same effect when they are repeated, except that a time
	// may begin a second later.
	private Mono<State> repeatableStep(String operation, String key, String endpoint, String argument) {
		return store.runIdempotent(STEP, keys(key, endpoint), arguments(operation, endpoint, argument))
			.map(RedisReplicas::state);
	}

	private List<String> keys(String key, String endpoint) {
		return List.of(store.names().of(GROUP, "pause"), store.names().of(GROUP, "latch:" + key),
				store.names().of(GROUP, "probe:" + key + (endpoint.isEmpty() ? "" : ":" + endpoint)),
				store.names().of(GROUP, "endpoints:" + key));
	}

	private byte[][] arguments(String operation, String endpoint, String argument) {
		return new byte[][] { SharedStore.argument(operation), SharedStore.argument(argument),
				SharedStore.argument(channel), SharedStore.argument(endpoint) };
	}

	private static State state(byte[] reply) {
		return JsonMapper.shared().readValue(reply, State.class);
	}

	/**
	 * Subject of a message.
	 */
	enum Message {

		STATE_CHANGED, KEY_CHANGED

	}

	/**
	 * The result of the script.
	 *
	 * @param pause time left of the pause, in milliseconds
	 * @param refused whether the key is refused for all endpoints
	 * @param admitted whether the call or probe is admitted
	 * @param endpoints milliseconds since each endpoint was refused
	 */
	record State(long pause, boolean refused, boolean admitted, Map<String, Long> endpoints) {

		Findings findings() {
			Map<String, Duration> ages = new HashMap<>();
			endpoints.forEach((endpoint, age) -> ages.put(endpoint, Duration.ofMillis(age)));
			return new Findings(Duration.ofMillis(pause), refused, ages);
		}

	}

}
