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
		tell("pause", ANY, ALL_ENDPOINTS, String.valueOf(length.toMillis()));
	}

	@Override
	public void refused(String key, String endpoint) {
		tell("refused", key, endpoint, "");
	}

	@Override
	public void accepted(String key, String endpoint) {
		tell("accepted", key, endpoint, "");
	}

	@Override
	public void unsent(String key, String endpoint) {
		tell("unsent", key, endpoint, "");
	}

	@Override
	public void unsentAfterPause() {
		tell("unsent-ramp", ANY, ALL_ENDPOINTS, "");
	}

	@Override
	public void keyChanged() {
		tell("key", ANY, ALL_ENDPOINTS, "");
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
	public Mono<News> news(String key) {
		return step("look", key, ALL_ENDPOINTS, "").map(State::news);
	}

	// Nobody waits for it, and all look once a second: what is lost is found then, or
	// learned anew.
	private void tell(String operation, String key, String endpoint, String argument) {
		step(operation, key, endpoint, argument).onErrorComplete().subscribe();
	}

	private Mono<State> step(String operation, String key, String endpoint, String argument) {
		List<String> keys = List.of(store.names().of(GROUP, "pause"), store.names().of(GROUP, "latch:" + key),
				store.names().of(GROUP, "probe:" + key + (endpoint.isEmpty() ? "" : ":" + endpoint)),
				store.names().of(GROUP, "endpoints:" + key));
		return store
			.run(STEP, keys, SharedStore.argument(operation), SharedStore.argument(argument),
					SharedStore.argument(channel), SharedStore.argument(endpoint))
			.map((answer) -> JsonMapper.shared().readValue(answer, State.class));
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

		News news() {
			Map<String, Duration> ages = new HashMap<>();
			endpoints.forEach((endpoint, age) -> ages.put(endpoint, Duration.ofMillis(age)));
			return new News(Duration.ofMillis(pause), refused, ages);
		}

	}

}
