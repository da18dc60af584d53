package io.htgateway.upstream.guard;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.upstream.response.WrongSign;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints with wrong responses of a server that has answered correctly before. One
 * wrong response means nothing; three in a row, without a correct one of the endpoint
 * between them, make the endpoint suspect. Not thread-safe.
 */
final class SuspectEndpoints {

	private final Map<String, Row> rows = new HashMap<>();

	/**
	 * Records a wrong response of the given endpoint.
	 * @return whether the endpoint is suspect
	 */
	boolean failed(String endpoint, WrongSign sign, Instant now) {
		Row row = rows.computeIfAbsent(endpoint, (name) -> new Row());
		row.wrongResponses++;
		row.sign = sign;
		// If the request may be the reason, other requests to the endpoint stay possible.
		if (!sign.isOfRequest()) {
			row.probes.failed(now);
		}
		return row.isSuspect();
	}

	/**
	 * Records a correct response of the given endpoint.
	 * @return whether the endpoint was suspect
	 */
	boolean succeeded(String endpoint) {
		Row row = rows.remove(endpoint);
		return row != null && row.isSuspect();
	}

	/**
	 * Returns the schedule of probes of the given endpoint, or null if it is open.
	 */
	@Nullable ProbeSchedule closed(String endpoint) {
		Row row = rows.get(endpoint);
		return (row != null && row.probes.isClosed()) ? row.probes : null;
	}

	/**
	 * Returns the latest sign of a suspect endpoint, or an empty value if there is none.
	 */
	Optional<WrongSign> sign() {
		return rows.values().stream().filter(Row::isSuspect).flatMap((row) -> Stream.ofNullable(row.sign)).findFirst();
	}

	void clear() {
		rows.clear();
	}

	private static final class Row {

		private final ProbeSchedule probes = new ProbeSchedule();

		private int wrongResponses;

		private @Nullable WrongSign sign;

		boolean isSuspect() {
			return wrongResponses >= ProbeSchedule.IN_A_ROW;
		}

	}

}
