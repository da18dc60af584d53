package io.htgateway.state.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of the status endpoint. The upstream does not document the form of its dates:
 * ISO 8601 text, and seconds or milliseconds since 1970 as a number or text, are
 * understood.
 */
public final class StateStatus {

	/**
	 * Numbers from here on are milliseconds. As seconds they would be in the year 5138.
	 */
	private static final long FIRST_MILLIS = 100_000_000_000L;

	private static final double TOO_LARGE = 1e14;

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,9})?");

	private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

	private StateStatus() {
	}

	/**
	 * Returns the update in the given body, or nothing if the body is not understood.
	 */
	static Optional<StateUpdate> read(byte[] body) {
		try {
			JsonNode status = JsonMapper.shared().readTree(body);
			Instant last = date(status.get("lastUpdate"));
			return (last == null) ? Optional.empty() : Optional
				.of(new StateUpdate(last, date(status.get("nextUpdate")), StateSource.STATUS, null, null));
		}
		catch (JacksonException notJson) {
			return Optional.empty();
		}
	}

	/**
	 * Returns the date in the given JSON value, or null if there is none.
	 */
	public static @Nullable Instant date(@Nullable JsonNode value) {
		Instant date = (value == null) ? null : value.isNumber() ? ofEpoch(value.asDouble(-1))
				: value.isString() ? ofText(value.asString().strip()) : null;
		return (date != null && date.isAfter(EARLIEST) && date.isBefore(LATEST)) ? date : null;
	}

	private static @Nullable Instant ofText(String text) {
		try {
			return NUMBER.matcher(text).matches() ? ofEpoch(Double.parseDouble(text))
					: OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeException notDate) {
			return null;
		}
	}

	private static @Nullable Instant ofEpoch(double number) {
		if (!(number >= 0 && number < TOO_LARGE)) {
			return null;
		}
		return (number >= FIRST_MILLIS) ? Instant.ofEpochMilli((long) number) : Instant.ofEpochSecond((long) number);
	}

}
