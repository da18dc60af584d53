package io.htgateway.stream.poll;

import java.time.Instant;

import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one poll, from its start to the newest fill. A poll that is interrupted goes
 * on with its cursor, so that it advances however few calls are left.
 *
 * @param start time from which the upstream returns fills
 * @param begunAt when the poll began
 * @param cursor cursor of the next page, or null for the first one
 */
public record Walk(Instant start, Instant begunAt, @Nullable String cursor) {

	private static final String PATH = "/api/external/fills/liquidation";

	private static final int LIMIT = 1_000;

	/**
	 * Returns the request of the next page.
	 */
	UpstreamRequest request() {
		UpstreamRequest request = UpstreamRequest.of(PATH).with("limit", LIMIT).with("start", start);
		return (cursor != null) ? request.with("nextCursor", cursor) : request;
	}

	/**
	 * Returns whether the given cursor leads on from this one.
	 */
	boolean advances(String next) {
		return !next.equals(cursor);
	}

	/**
	 * Returns the rest of the poll, from the given cursor on.
	 */
	Walk next(String following) {
		return new Walk(start, begunAt, following);
	}

}
