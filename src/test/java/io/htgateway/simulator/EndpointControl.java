package io.htgateway.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a test sees of one endpoint and changes about it.
 */
final class EndpointControl {

	private static final int REQUESTS_KEPT = 2_000;

	private static final Duration LONGEST_HOLD = Duration.ofSeconds(60);

	private final Deque<LoggedRequest> requests = new ArrayDeque<>();

	private final Deque<ResponseDefinitionBuilder> next = new ArrayDeque<>();

	private @Nullable ResponseDefinitionBuilder standing;

	private @Nullable Duration delay;

	private CountDownLatch held = new CountDownLatch(0);

	private int calls;

	synchronized int calls() {
		return this.calls;
	}

	synchronized List<LoggedRequest> requests() {
		return List.copyOf(this.requests);
	}

	synchronized void answer(ResponseDefinitionBuilder answer) {
		this.standing = answer;
	}

	synchronized void answerNext(int times, ResponseDefinitionBuilder answer) {
		for (int i = 0; i < times; i++) {
			this.next.add(answer);
		}
	}

	synchronized void delay(Duration delay) {
		this.delay = delay;
	}

	synchronized void hold() {
		this.held = new CountDownLatch(1);
	}

	synchronized void release() {
		this.held.countDown();
	}

	private synchronized CountDownLatch held() {
		return this.held;
	}

	/**
	 * Waits while answers are held.
	 */
	void awaitRelease() {
		try {
			if (!held().await(LONGEST_HOLD.toSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("Answers are held for too long");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	synchronized Optional<Duration> delay() {
		return Optional.ofNullable(this.delay);
	}

	/**
	 * Counts a request and finds the answer that a test has set for it.
	 */
	synchronized Optional<ResponseDefinition> received(LoggedRequest request) {
		this.calls++;
		this.requests.add(request);
		if (this.requests.size() > REQUESTS_KEPT) {
			this.requests.remove();
		}
		ResponseDefinitionBuilder answer = this.next.poll();
		return Optional.ofNullable((answer != null) ? answer : this.standing).map(ResponseDefinitionBuilder::build);
	}

	synchronized void reset() {
		this.calls = 0;
		this.requests.clear();
		this.next.clear();
		this.standing = null;
		this.delay = null;
		release();
	}

}
