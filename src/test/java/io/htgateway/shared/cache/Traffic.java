package io.htgateway.shared.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.htgateway.testing.Gateway;
import org.awaitility.Awaitility;

/**
 * Clients that continuously request the same targets from gateways, and the responses.
 */
final class Traffic implements AutoCloseable {

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final List<Thread> clients = new ArrayList<>();

	private final List<AtomicLong> rounds;

	private final Queue<Answer> all = new ConcurrentLinkedQueue<>();

	private volatile Queue<Answer> answers = new ConcurrentLinkedQueue<>();

	private volatile List<Gateway> gateways;

	/**
	 * Starts one client for each gateway.
	 */
	Traffic(List<Gateway> gateways, List<String> targets) {
		this.gateways = List.copyOf(gateways);
		this.rounds = gateways.stream().map((gateway) -> new AtomicLong()).toList();
		for (int number = 0; number < gateways.size(); number++) {
			int client = number;
			clients.add(Thread.ofPlatform().start(() -> {
				while (!stopped.get()) {
					targets.forEach((target) -> send(client, target));
				}
			}));
		}
	}

	/**
	 * Sends further requests to the given gateways, and waits until the previous ones get
	 * no more requests.
	 */
	void moveTo(List<Gateway> others) {
		gateways = List.copyOf(others);
		List<Long> before = rounds.stream().map(AtomicLong::get).toList();
		Awaitility.await()
			.until(() -> IntStream.range(0, before.size())
				.allMatch((client) -> rounds.get(client).get() > before.get(client)));
	}

	private void send(int client, String target) {
		List<Gateway> current = gateways;
		Gateway gateway = current.get(client % current.size());
		long start = System.nanoTime();
		int status;
		try {
			status = gateway.get(target).status();
		}
		catch (RuntimeException failure) {
			status = 0;
		}
		Answer answer = new Answer(status, Duration.ofNanos(System.nanoTime() - start));
		answers.add(answer);
		all.add(answer);
		rounds.get(client).incrementAndGet();
	}

	/**
	 * Returns the responses within the given time from now.
	 */
	List<Answer> during(Duration time) {
		long start = System.nanoTime();
		answers = new ConcurrentLinkedQueue<>();
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.atMost(time.multipliedBy(2))
			.until(() -> System.nanoTime() - start >= time.toNanos());
		return List.copyOf(answers);
	}

	/**
	 * Returns the responses so far.
	 */
	List<Answer> all() {
		return List.copyOf(all);
	}

	static Duration p99(List<Answer> answers) {
		return answers.stream().map(Answer::time).sorted().skip(answers.size() * 99L / 100).findFirst().orElseThrow();
	}

	@Override
	public void close() {
		stopped.set(true);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> clients.stream().noneMatch(Thread::isAlive));
	}

	/**
	 * The response to a request.
	 *
	 * @param status its status, or 0 without a response
	 * @param time time until the response
	 */
	record Answer(int status, Duration time) {
	}

}
