package io.htgateway.cache;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.htgateway.cache.load.Loader;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.cache.store.Origin;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A source whose loads a test answers: the next one in advance, or all that are waiting.
 */
final class ControlledSource implements Loader {

	private final AtomicInteger loads = new AtomicInteger();

	private final List<Sinks.One<Loaded>> waiting = new ArrayList<>();

	private final InstantSource clock;

	private @Nullable Mono<Loaded> next;

	ControlledSource(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public synchronized Mono<Loaded> load(@Nullable CachedResponse previous) {
		loads.incrementAndGet();
		Mono<Loaded> prepared = next;
		next = null;
		if (prepared != null) {
			return prepared;
		}
		Sinks.One<Loaded> sink = Sinks.one();
		waiting.add(sink);
		return sink.asMono();
	}

	int loads() {
		return loads.get();
	}

	void answer(String text) {
		answer(Loaded.fetched(response(text, Duration.ZERO)));
	}

	synchronized void answer(Loaded loaded) {
		next = Mono.just(loaded);
	}

	synchronized void fail(Throwable failure) {
		next = Mono.error(failure);
	}

	void answerWaiting(String text) {
		endWaiting((sink) -> sink.tryEmitValue(Loaded.fetched(response(text, Duration.ZERO))).orThrow());
	}

	void failWaiting(Throwable failure) {
		endWaiting((sink) -> sink.tryEmitError(failure).orThrow());
	}

	private void endWaiting(Consumer<Sinks.One<Loaded>> end) {
		List<Sinks.One<Loaded>> ending;
		synchronized (this) {
			ending = List.copyOf(waiting);
			waiting.clear();
		}
		ending.forEach(end);
	}

	CachedResponse response(String text, Duration age) {
		return CachedResponse.of(text.getBytes(StandardCharsets.UTF_8), "application/json",
				Origin.of(clock.instant(), age));
	}

}
