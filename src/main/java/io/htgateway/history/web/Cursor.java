package io.htgateway.history.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.htgateway.history.store.Series;
import io.htgateway.history.store.Snapshot;
import io.htgateway.history.store.StoredObject;

/**
 * Cursors of lists of snapshots. A cursor is the encoded name of the last snapshot of a
 * page, and opaque to callers.
 */
final class Cursor {

	/**
	 * Rule for a cursor, as the end of the sentence "the parameter ...".
	 */
	static final String EXPECTATION = "must be the nextCursor of an earlier page of the same series, unchanged";

	private Cursor() {
	}

	/**
	 * Returns the cursor of the page that follows the given snapshot.
	 */
	static String after(Snapshot last) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(last.name().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the last snapshot of the page before the given cursor, with the size 0, or
	 * nothing if the text is not a cursor of the given series.
	 */
	static Optional<Snapshot> parse(Series series, String text) {
		try {
			String name = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			return Snapshot.of(series, new StoredObject(name, 0)).filter((last) -> after(last).equals(text));
		}
		catch (IllegalArgumentException malformed) {
			return Optional.empty();
		}
	}

}
