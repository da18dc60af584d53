package io.htgateway.upstream.guard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latches of the key and of the endpoints. A 401 closes the latch of the key. A 403
 * closes the latch of its endpoint, and that of the key too if another endpoint answered
 * 403 within a minute.
 */
final class Latches {

	private static final Logger LOG = LoggerFactory.getLogger(Latches.class);

	private static final int FORBIDDEN = 403;

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final Latch key;

	private final ConcurrentMap<String, Latch> endpoints = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private final Replicas replicas;

	private volatile String mark = "";

	private final AtomicLong polls = new AtomicLong();

	private long lastApplied;

	Latches(InstantSource clock, Replicas replicas) {
		this.clock = clock;
		this.replicas = replicas;
		this.key = Latch.ofKey(clock);
	}

	Latch key() {
		return key;
	}

	Latch endpoint(String name) {
		return endpoints.computeIfAbsent(name, (absent) -> Latch.ofEndpoint(absent, clock));
	}

	/**
	 * Returns the names of the endpoints whose latch is closed.
	 */
	List<String> refusedEndpoints() {
		return endpoints.entrySet()
			.stream()
			.filter((endpoint) -> endpoint.getValue().isClosed())
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

	void useKey(String newMark) {
		mark = newMark;
	}

	String mark() {
		return mark;
	}

	/**
	 * Opens all latches, because refusals of the previous key do not apply to the new
	 * one.
	 */
	void keyChanged(String newMark) {
		boolean closed = key.keyChanged();
		for (Latch endpoint : endpoints.values()) {
			closed |= endpoint.keyChanged();
		}
		mark = newMark;
		if (closed) {
			LOG.info("API key changed: calls resume with the new key");
		}
	}

	// Reads the mark first: if it is that of the new key, the latches have been opened
	// for it too.
	void refused(int status, Admission call) {
		String current = mark;
		if (status != FORBIDDEN) {
			refuseKey(status, call.key(), current);
			return;
		}
		switch (call.latch().close(status, call.pass())) {
			case CLOSED -> {
				publish(current, call.endpoint(), call.latch(), call.latch().state());
				refuseKeyAfterTwo(call.endpoint(), call.key(), current);
			}
			case STILL_CLOSED -> publish(current, call.endpoint(), call.latch(), call.latch().state());
			case NONE -> {
			}
		}
	}

	private void refuseKeyAfterTwo(String endpoint, Latch.Pass since, String current) {
		boolean another = endpoints.entrySet()
			.stream()
			.anyMatch((other) -> !other.getKey().equals(endpoint) && other.getValue().wasRefusedWithin(MINUTE));
		if (another) {
			refuseKey(FORBIDDEN, since, current);
		}
	}

	private void refuseKey(int status, Latch.Pass call, String current) {
		if (key.close(status, call) != Latch.Closing.NONE) {
			publish(current, Replicas.ALL_ENDPOINTS, key, key.state());
		}
	}

	// Publishes a refusal unless the others know it, or the latch has opened since.
	private void publish(String current, String endpoint, Latch latch, Latch.Pass closed) {
		latch.unpublishedFor(closed)
			.ifPresent((age) -> replicas.refused(current, endpoint, age)
				.doOnSuccess((done) -> latch.published(closed))
				.onErrorComplete()
				.subscribe());
	}

	void accepted(Admission call) {
		String current = mark;
		if (key.accepted(call.key())) {
			replicas.accepted(current, Replicas.ALL_ENDPOINTS);
		}
		if (call.latch().accepted(call.pass())) {
			replicas.accepted(current, call.endpoint());
		}
	}

	/**
	 * Returns the current state of all latches, to be taken before other replicas are
	 * polled.
	 */
	Snapshot snapshot() {
		Map<String, Latch.Pass> passes = new HashMap<>();
		endpoints.forEach((name, latch) -> passes.put(name, latch.state()));
		return new Snapshot(polls.incrementAndGet(), mark, key.state(), passes);
	}

	/**
	 * Applies the state of other replicas to the latches that have not changed since the
	 * given snapshot. Ignores findings about another key, and those of a poll that began
	 * before one that has been applied.
	 */
	synchronized void follow(Replicas.Findings findings, Snapshot since) {
		if (!since.mark().equals(mark) || since.poll() < lastApplied) {
			return;
		}
		lastApplied = since.poll();
		if (findings.refused()) {
			key.published(since.key());
			key.followRefusal(since.key(), Duration.ZERO);
		}
		else {
			key.followAcceptance(since.key());
		}
		findings.endpoints().forEach((name, age) -> {
			Latch latch = endpoint(name);
			if (latch.followRefusal(since.endpoints().getOrDefault(name, latch.state()), age)
					&& age.compareTo(MINUTE) <= 0) {
				refuseKeyAfterTwo(name, since.key(), since.mark());
			}
		});
		since.endpoints().forEach((name, pass) -> {
			if (findings.endpoints().containsKey(name)) {
				endpoint(name).published(pass);
			}
			else {
				endpoint(name).followAcceptance(pass);
			}
		});
		publishAgain(findings, since);
	}

	// Refusals that the findings lack were not published yet or have been lost.
	private void publishAgain(Replicas.Findings findings, Snapshot since) {
		if (!findings.refused()) {
			publish(since.mark(), Replicas.ALL_ENDPOINTS, key, since.key());
		}
		since.endpoints().forEach((name, pass) -> {
			if (!findings.endpoints().containsKey(name)) {
				publish(since.mark(), name, endpoint(name), pass);
			}
		});
	}

	/**
	 * State of all latches at one moment.
	 *
	 * @param poll number of the poll of other replicas that begins at that moment
	 * @param mark mark of the key
	 * @param key state of the key's latch
	 * @param endpoints states of the endpoints' latches by name
	 */
	record Snapshot(long poll, String mark, Latch.Pass key, Map<String, Latch.Pass> endpoints) {
	}

}
