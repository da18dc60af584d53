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
 * The replicas that share a Redis. What changes is published there, and only then: a
 * message is a reason to look, and is never answered by another one.
 */
final class RedisReplicas implements Replicas {

	private static final Script STEP = Script.named("guard");

	private static final String GROUP = "guard";

	/**
	 * Where it does not matter which key it is.
	 */
	private static final String ANY = "any";

	private final SharedStore store;

	private final String channel;

	RedisReplicas(SharedStore store) {
		this.store = store;
		this.channel = store.names().of(GROUP);
	}

	/**
	 * What is published.
	 */
	Flux<Message> messages() {
		return store.messages(channel).map((text) -> "key".equals(text) ? Message.KEY : Message.LOOK);
	}

	@Override
	public void pause(Duration length) {
		publish(again("pause", ANY, ALL_ENDPOINTS, String.valueOf(length.toMillis())));
	}

	@Override
	public Mono<Void> refused(String key, String endpoint, Duration age) {
		return again("refused", key, endpoint, String.valueOf(age.toMillis())).then();
	}

	@Override
	public void accepted(String key, String endpoint) {
		publish(again("accepted", key, endpoint, ""));
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

	// Nobody waits for it, and all look once a second: what is lost is found then, or
	// learned anew.
	private static void publish(Mono<State> step) {
		step.onErrorComplete().subscribe();
	}

	private Mono<State> step(String operation, String key, String endpoint, String argument) {
		return store.run(STEP, keys(key, endpoint), arguments(operation, endpoint, argument)).map(RedisReplicas::state);
	}

	// Run twice it does no more than once, but that a time may begin a second later.
	private Mono<State> again(String operation, String key, String endpoint, String argument) {
		return store.runAgain(STEP, keys(key, endpoint), arguments(operation, endpoint, argument))
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

	private static State state(byte[] answer) {
		return JsonMapper.shared().readValue(answer, State.class);
	}

	/**
	 * Why to look, and at what.
	 */
	enum Message {

		LOOK, KEY

	}

	/**
	 * What the script returns.
	 *
	 * @param pause what is left of it, in milliseconds
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
