package io.htgateway.history.web;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.endpoint.RequestParameters;
import io.htgateway.history.RecordedEndpoints;
import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.Snapshots;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * Validated request for one snapshot: the newest at or before a time, or the one with an
 * entity tag.
 *
 * @param etag entity tag of its body without quotes, or null for the newest
 */
record SnapshotQuery(Series series, Instant time, @Nullable String etag) {

	/**
	 * Size of a listing that finds one snapshot: several with the same time are rare.
	 */
	private static final int LISTED = 10;

	private static final Pattern SYNTAX = Pattern.compile("([^Zz]+[Zz])(?:-([A-Za-z0-9_-]{1,64}))?");

	/**
	 * Reads the path variables of the given request.
	 * @throws io.htgateway.web.problem.InvalidParametersException with all errors, if
	 * there are any
	 */
	static SnapshotQuery of(ServerHttpRequest request, SeriesParameters path, RecordedEndpoints recorded) {
		return RequestParameters
			.read(request, path.variables(), Set.of(),
					(parameters) -> read(parameters, path.series(recorded, parameters)))
			.orElseThrow();
	}

	private static Optional<SnapshotQuery> read(RequestParameters parameters, @Nullable Series series) {
		String text = parameters.path("time", SnapshotQuery::isValid, HistoryTime.PATH_EXPECTATION);
		Matcher parts = SYNTAX.matcher(text);
		return (series != null && parts.matches())
				? HistoryTime.parse(parts.group(1)).map((time) -> new SnapshotQuery(series, time, parts.group(2)))
				: Optional.empty();
	}

	private static boolean isValid(String text) {
		Matcher parts = SYNTAX.matcher(text);
		return parts.matches() && HistoryTime.isValid(parts.group(1));
	}

	/**
	 * Returns the requested snapshot, or nothing if it does not exist.
	 */
	Mono<Snapshot> find(Snapshots snapshots) {
		return (etag == null) ? snapshots.at(series, time)
				: snapshots.from(series, time, null, LISTED)
					.takeWhile((snapshot) -> snapshot.time().equals(time))
					.filter((snapshot) -> snapshot.etag().equals(etag))
					.next();
	}

	/**
	 * Returns whether all later responses to this request have the body of the given
	 * snapshot. A request for a time alone gets the same body only if the snapshot has
	 * exactly this time, since snapshots that are stored later have other times.
	 */
	boolean isAlways(Snapshot found) {
		return etag != null || found.time().equals(time);
	}

}
