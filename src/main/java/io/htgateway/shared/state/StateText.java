package io.htgateway.shared.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.state.StateSource;
import io.htgateway.state.StateUpdate;
import io.htgateway.state.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The text of a state update that replicas share: its date in milliseconds, its source,
 * the time until the announced next update in milliseconds, or 0, and the time from its
 * publication until it was known in milliseconds.
 */
final class StateText {

	private static final Pattern FORM = Pattern.compile("([0-9]{1,15}) ([A-Z_]{1,20}) ([0-9]{1,9}) ([0-9]{1,9})");

	private StateText() {
	}

	/**
	 * Returns the text of the given state, without its date.
	 */
	static String write(Timeline timeline) {
		Duration announced = timeline.announced();
		return timeline.source() + " " + ((announced != null) ? announced.toMillis() : 0) + " "
				+ timeline.delay().toMillis();
	}

	/**
	 * Returns the update of the given text with its date, or nothing if it has another
	 * form.
	 */
	static Optional<StateUpdate> read(String text) {
		Matcher parts = FORM.matcher(text);
		StateSource source = parts.matches() ? source(parts.group(2)) : null;
		if (source == null) {
			return Optional.empty();
		}
		Instant at = Instant.ofEpochMilli(Long.parseLong(parts.group(1)));
		long untilNext = Long.parseLong(parts.group(3));
		return Optional.of(new StateUpdate(at, (untilNext > 0) ? at.plusMillis(untilNext) : null, source, null,
				at.plusMillis(Long.parseLong(parts.group(4)))));
	}

	private static @Nullable StateSource source(String name) {
		for (StateSource source : StateSource.values()) {
			if (source.name().equals(name)) {
				return source;
			}
		}
		return null;
	}

}
