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
 * The latches of the key and of the endpoints. A 401 concerns the key. A 403 concerns its
 * endpoint, and also the key if another endpoint answers 403 within a minute.
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

	private final AtomicLong looks = new AtomicLong();

	private long followed;

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
	 * Returns the names of the endpoints that are closed.
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
	 * Opens all latches, because refusals of the former key do not apply to the new one.
	 */
	void keyChanged(String newMark) {
		boolean closed = key.keyChanged();
		for (Latch endpoint : endpoints.values()) {
			closed |= endpoint.keyChanged();
		}
		mark = newMark;
		if (closed) {
			LOG.info("API key changed: calls pass again");
		}
	}

	// The mark is read first: if it is that of a new key, the latches have been replaced
	// too.
	void refused(int status, Admission call) {
		String current = mark;
		if (status != FORBIDDEN) {
			refuseKey(status, call.key(), current);
			return;
		}
		switch (call.latch().close(status, call.pass())) {
			case CLOSED -> {
				publish(current, call.endpoint(), call.latch(), call.latch().present());
				refuseKeyAfterTwo(call.endpoint(), call.key(), current);
			}
			case STILL_CLOSED -> publish(current, call.endpoint(), call.latch(), call.latch().present());
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
			publish(current, Replicas.ALL_ENDPOINTS, key, key.present());
		}
	}

	// Nothing that the others know, and nothing of a latch that has opened since.
	private void publish(String current, String endpoint, Latch latch, Latch.Pass closed) {
		latch.untoldFor(closed)
			.ifPresent((age) -> replicas.refused(current, endpoint, age)
				.doOnSuccess((done) -> latch.told(closed))
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
	 * Returns the current state of all latches, without a call.
	 */
	Present present() {
		Map<String, Latch.Pass> passes = new HashMap<>();
		endpoints.forEach((name, latch) -> passes.put(name, latch.present()));
		return new Present(looks.incrementAndGet(), mark, key.present(), passes);
	}

	/**
	 * Applies the state of other replicas, unless this replica's state has changed since,
	 * or a later look at theirs has been applied.
	 */
	synchronized void follow(Replicas.Findings findings, Present since) {
		if (!since.mark().equals(mark) || since.look() < followed) {
			return;
		}
		followed = since.look();
		if (findings.refused()) {
			key.told(since.key());
			key.followRefusal(since.key(), Duration.ZERO);
		}
		else {
			key.followAcceptance(since.key());
		}
		findings.endpoints().forEach((name, age) -> {
			Latch latch = endpoint(name);
			if (latch.followRefusal(since.endpoints().getOrDefault(name, latch.present()), age)
					&& age.compareTo(MINUTE) <= 0) {
				refuseKeyAfterTwo(name, since.key(), since.mark());
			}
		});
		since.endpoints().forEach((name, pass) -> {
			if (findings.endpoints().containsKey(name)) {
				endpoint(name).told(pass);
			}
			else {
				endpoint(name).followAcceptance(pass);
			}
		});
		shareAgain(findings, since);
	}

	// What the others were told may have been lost.
	private void shareAgain(Replicas.Findings findings, Present since) {
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
	 * The state of all latches at one moment.
	 *
	 * @param look number of the look at other replicas that begins then
	 */
	record Present(long look, String mark, Latch.Pass key, Map<String, Latch.Pass> endpoints) {
	}

}
