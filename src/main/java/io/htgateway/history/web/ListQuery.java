package io.htgateway.history.web;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.Snapshots;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;

/**
 * Validated request for snapshots of a series, oldest first.
 *
 * @param from earliest time, or null to begin with the oldest snapshot
 * @param to time before which the snapshots were made, or null to end with the newest one
 * @param limit maximum number of snapshots, or null if the request has none
 * @param after the last snapshot of the page before, or null
 */
record ListQuery(Series series, @Nullable Instant from, @Nullable Instant to, @Nullable Integer limit,
		@Nullable Snapshot after) {

	static final int MAX_LIMIT = 1_000;

	private static final Set<String> NAMES = Set.of("from", "to", "limit", "cursor");

	/**
	 * Reads the parameters of the given request.
	 * @throws io.htgateway.web.problem.InvalidParametersException with all errors, if
	 * there are any
	 */
	static ListQuery of(ServerHttpRequest request, SeriesParameters path, RecordedEndpoints recorded) {
		return RequestParameters
			.read(request, path.variables(), NAMES, (parameters) -> read(parameters, path.series(recorded, parameters)))
			.orElseThrow();
	}

	private static Optional<ListQuery> read(RequestParameters parameters, @Nullable Series series) {
		Instant from = time(parameters, "from");
		Instant to = time(parameters, "to");
		if (from != null && to != null && !from.isBefore(to)) {
			parameters.reject("to", "must be later than from", to.toString());
		}
		Integer limit = parameters.integer("limit", 1, MAX_LIMIT);
		if (series == null) {
			return Optional.empty();
		}
		String cursor = parameters.text("cursor", (text) -> Cursor.parse(series, text).isPresent(), Cursor.EXPECTATION);
		Snapshot after = (cursor != null) ? Cursor.parse(series, cursor).orElseThrow() : null;
		return Optional.of(new ListQuery(series, from, to, limit, after));
	}

	private static @Nullable Instant time(RequestParameters parameters, String name) {
		String text = parameters.text(name, HistoryTime::isValid, HistoryTime.EXPECTATION);
		return (text != null) ? HistoryTime.parse(text).orElseThrow() : null;
	}

	/**
	 * Returns all snapshots of the range. Ignores the limit, which the caller applies.
	 * @param pageSize number of objects in one listing of the store
	 */
	Flux<Snapshot> find(Snapshots snapshots, int pageSize) {
		Flux<Snapshot> all = snapshots.from(series, from, after, pageSize);
		return (to != null) ? all.takeWhile((snapshot) -> snapshot.time().isBefore(to)) : all;
	}

}
