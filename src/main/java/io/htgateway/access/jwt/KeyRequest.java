package io.htgateway.access.jwt;

import java.util.ArrayList;
import java.util.List;

import io.htgateway.access.TeamRefusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Signal;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A request to the JWT issuer, and the JWTs that wait for its response. Their claimants
 * take turns. If too many JWTs are waiting, the newest of the claimant that has the most
 * is refused.
 */
final class KeyRequest {

	/**
	 * Most JWTs that wait for one response.
	 */
	static final int MAX_WAITING = 1_000;

	private final Turns<MonoSink<ResponseEntity<String>>> waiting = new Turns<>();

	private final Mono<ResponseEntity<String>> response;

	private boolean sent;

	private volatile @Nullable Signal<ResponseEntity<String>> result;

	/**
	 * Creates a request that is sent when the first JWT waits for its response.
	 */
	KeyRequest(Mono<ResponseEntity<String>> response) {
		this.response = response;
	}

	/**
	 * Returns the response. Fails with {@link TeamRefusal.TooManyJwts} if too many JWTs
	 * wait for it. The request also completes when none waits any more.
	 */
	Mono<ResponseEntity<String>> response() {
		return Mono.deferContextual((context) -> Mono.create((sink) -> join(Claimant.of(context).names(), sink)));
	}

	private void join(List<String> claimant, MonoSink<ResponseEntity<String>> sink) {
		MonoSink<ResponseEntity<String>> refused = add(claimant, sink);
		if (refused != null) {
			refused.error(new TeamRefusal.TooManyJwts());
		}
		Signal<ResponseEntity<String>> known = result;
		if (known != null) {
			end(known).forEach((next) -> emit(known, next));
		}
		else if (send()) {
			response.materialize().subscribe(this::complete);
		}
	}

	private synchronized @Nullable MonoSink<ResponseEntity<String>> add(List<String> claimant,
			MonoSink<ResponseEntity<String>> sink) {
		return waiting.add(claimant, sink, MAX_WAITING);
	}

	private synchronized boolean send() {
		boolean first = !sent;
		sent = true;
		return first;
	}

	private void complete(Signal<ResponseEntity<String>> signal) {
		end(signal).forEach((sink) -> emit(signal, sink));
	}

	private synchronized List<MonoSink<ResponseEntity<String>>> end(Signal<ResponseEntity<String>> signal) {
		result = signal;
		List<MonoSink<ResponseEntity<String>>> inTurn = new ArrayList<>();
		for (var next = waiting.poll(); next != null; next = waiting.poll()) {
			inTurn.add(next);
		}
		return inTurn;
	}

	private static void emit(Signal<ResponseEntity<String>> signal, MonoSink<ResponseEntity<String>> sink) {
		Throwable failure = signal.getThrowable();
		if (failure != null) {
			sink.error(failure);
		}
		else {
			sink.success(signal.get());
		}
	}

	/**
	 * The claimed identity of the JWT for which keys are read.
	 *
	 * @param names names of the identity and its parts, the most important first; each
	 * takes turns with its siblings
	 */
	record Claimant(List<String> names) {

		private static final Claimant NOBODY = new Claimant(List.of());

		Claimant {
			names = List.copyOf(names);
		}

		/**
		 * Returns the given context with this claimant added.
		 */
		Context in(Context context) {
			return context.put(Claimant.class, this);
		}

		private static Claimant of(ContextView context) {
			return context.hasKey(Claimant.class) ? context.get(Claimant.class) : NOBODY;
		}

	}

}
