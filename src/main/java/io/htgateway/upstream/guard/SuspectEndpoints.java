package io.htgateway.upstream.guard;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.upstream.response.WrongSign;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints that a server which has proved right does not answer as HyperTracker does. A
 * single odd answer says nothing; some in a row, with no right answer of the endpoint
 * between them, do. Not thread-safe.
 */
final class SuspectEndpoints {

	private final Map<String, Row> rows = new HashMap<>();

	/**
	 * Records an odd answer of the given endpoint.
	 * @return whether it is one of some in a row
	 */
	boolean failed(String endpoint, WrongSign sign, Instant now) {
		Row row = rows.computeIfAbsent(endpoint, (name) -> new Row());
		row.answers++;
		row.sign = sign;
		// Another request of the endpoint may be answered rightly.
		if (!sign.isOfRequest()) {
			row.probes.failed(now);
		}
		return row.isLasting();
	}

	/**
	 * Records a right answer of the given endpoint.
	 * @return whether it ends a row
	 */
	boolean right(String endpoint) {
		Row row = rows.remove(endpoint);
		return row != null && row.isLasting();
	}

	/**
	 * Returns when the given endpoint may be called, or null if there is no limit.
	 */
	@Nullable ProbeSchedule closed(String endpoint) {
		Row row = rows.get(endpoint);
		return (row != null && row.probes.isClosed()) ? row.probes : null;
	}

	/**
	 * Returns the latest sign of an endpoint with some odd answers in a row.
	 */
	Optional<WrongSign> sign() {
		return rows.values().stream().filter(Row::isLasting).flatMap((row) -> Stream.ofNullable(row.sign)).findFirst();
	}

	void clear() {
		rows.clear();
	}

	private static final class Row {

		private final ProbeSchedule probes = new ProbeSchedule();

		private int answers;

		private @Nullable WrongSign sign;

		boolean isLasting() {
			return answers >= ProbeSchedule.IN_A_ROW;
		}

	}

}
