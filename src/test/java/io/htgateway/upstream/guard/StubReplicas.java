package io.htgateway.upstream.guard;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Mono;

/**
 * Replicas that grant or deny permits as the test says, and count the permits that are
 * given back.
 */
public class StubReplicas implements Replicas {

	private final AtomicInteger givenBack = new AtomicInteger();

	private final Mono<Boolean> answer;

	private final Mono<Void> refusal;

	public StubReplicas(Mono<Boolean> answer) {
		this(answer, Mono.empty());
	}

	/**
	 * Creates replicas whose findings never contain a refusal.
	 * @param refusal completes or fails each attempt to publish a refusal
	 */
	StubReplicas(Mono<Boolean> answer, Mono<Void> refusal) {
		this.answer = answer;
		this.refusal = refusal;
	}

	final int givenBack() {
		return givenBack.get();
	}

	@Override
	public void pause(Duration length) {
	}

	@Override
	public Mono<Void> refused(String key, String endpoint, Duration age) {
		return refusal;
	}

	@Override
	public void accepted(String key, String endpoint) {
	}

	@Override
	public void unsent(String key, String endpoint) {
		givenBack.incrementAndGet();
	}

	@Override
	public void unsentAfterPause() {
		givenBack.incrementAndGet();
	}

	@Override
	public void keyChanged() {
	}

	@Override
	public Mono<Boolean> admitsAfterPause() {
		return answer;
	}

	@Override
	public Mono<Boolean> admitsProbe(String key, String endpoint) {
		return answer;
	}

	@Override
	public Mono<Findings> poll(String key) {
		return Mono.just(new Findings(Duration.ZERO, false, Map.of()));
	}

}
