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
 * @param unsettled earliest time of fills that can still be published after the page for
 * that time was read, or null if there is no such time yet
 */
public record Walk(Instant start, Instant begunAt, @Nullable String cursor, @Nullable Instant unsettled) {

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
	 * Returns this poll after a page that was requested at the given time.
	 * @param last time of the last fill
	 */
	Walk after(Instant requested, Instant last) {
		Instant settled = requested.minus(Checkpoint.OVERLAP);
		return (unsettled != null || !last.isAfter(settled)) ? this : new Walk(start, begunAt, cursor, settled);
	}

	/**
	 * Returns the time from which the next poll must read.
	 * @param last time of the last fill
	 */
	Instant next(Instant last) {
		Instant overlap = last.minus(Checkpoint.OVERLAP);
		return (unsettled != null && unsettled.isBefore(overlap)) ? unsettled : overlap;
	}

	/**
	 * Returns the rest of the poll, from the given cursor on.
	 */
	Walk at(String following) {
		return new Walk(start, begunAt, following, unsettled);
	}

}
