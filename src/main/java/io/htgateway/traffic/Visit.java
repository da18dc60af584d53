package io.htgateway.traffic;

import java.time.Duration;

import io.htgateway.cache.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

/**
 * What is known so far of what becomes of a request.
 */
public final class Visit {

	private static final String ATTRIBUTE = Visit.class.getName();

	private final long start = System.nanoTime();

	private final RequestTrace trace;

	private @Nullable String team;

	private @Nullable Outcome outcome;

	private @Nullable Duration age;

	private boolean ended;

	private Visit(RequestTrace trace) {
		this.trace = trace;
	}

	static Visit begin(ServerWebExchange exchange, RequestTrace trace) {
		Visit visit = new Visit(trace);
		exchange.getAttributes().put(ATTRIBUTE, visit);
		return visit;
	}

	/**
	 * Notes that the exchange is the given team's.
	 */
	public static void belongsTo(ServerWebExchange exchange, String team) {
		Visit visit = exchange.getAttribute(ATTRIBUTE);
		if (visit != null) {
			visit.team = team;
		}
	}

	/**
	 * Notes that the exchange is about to be answered with the given result.
	 */
	public static void answered(ServerWebExchange exchange, CacheResult result) {
		Visit visit = exchange.getAttribute(ATTRIBUTE);
		if (visit != null) {
			visit.outcome = Outcome.of(result.outcome());
			visit.age = result.age();
		}
	}

	/**
	 * Notes that the exchange is about to be answered with a problem.
	 */
	public static void failed(ServerWebExchange exchange, Outcome outcome) {
		Visit visit = exchange.getAttribute(ATTRIBUTE);
		if (visit != null) {
			visit.outcome = outcome;
			visit.age = null;
		}
	}

	RequestTrace trace() {
		return trace;
	}

	/**
	 * Whose it is, or null where that is not known.
	 */
	@Nullable String team() {
		return team;
	}

	/**
	 * Whether this is its end, and not a second one. A client may leave on one thread
	 * while it is answered on another.
	 */
	synchronized boolean end() {
		boolean first = !ended;
		ended = true;
		return first;
	}

	/**
	 * What became of it, or null where it has nothing to do with mirrored data.
	 */
	@Nullable Outcome outcome(@Nullable HttpStatusCode status) {
		if (outcome != null || status == null || !status.isError()) {
			return outcome;
		}
		return status.is4xxClientError() ? Outcome.INVALID : Outcome.FAILED;
	}

	/**
	 * Age of the data that it was answered with, if it was.
	 */
	@Nullable Duration age() {
		return age;
	}

	long nanos() {
		return System.nanoTime() - start;
	}

}
