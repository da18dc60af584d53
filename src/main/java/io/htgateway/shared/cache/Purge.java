package io.htgateway.shared.cache;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.htgateway.cache.store.Subjects;

/**
 * A purge: responses of the given subjects that were fetched before the given time are
 * stale.
 *
 * @param since the time of the purge, in ms by the clock of Redis
 * @param at the time of the purge, by this replica's clock
 */
record Purge(Subjects subjects, long since, Instant at) {

	private static final String ANY = "-";

	private static final Pattern LINE = Pattern.compile("([0-9]{1,15}) ([0-9]{1,15}) (\\S+)((?: [^ =]+=[^ =]+)*)");

	/**
	 * Returns the given subjects as one line.
	 */
	static String text(Subjects subjects) {
		return Stream
			.concat(Stream.of(Objects.requireNonNullElse(subjects.endpoint(), ANY)),
					new TreeMap<>(subjects.tags()).entrySet().stream().map(Object::toString))
			.collect(Collectors.joining(" "));
	}

	/**
	 * Parses a line with the purge's age in ms, its time and its subjects. Returns
	 * nothing if the line has another form.
	 */
	static Optional<Purge> parse(String line, Instant now) {
		Matcher parts = LINE.matcher(line);
		if (!parts.matches()) {
			return Optional.empty();
		}
		Map<String, String> tags = new HashMap<>();
		Stream.of(parts.group(4).split(" "))
			.filter((tag) -> !tag.isEmpty())
			.map((tag) -> tag.split("="))
			.forEach((tag) -> tags.put(tag[0], tag[1]));
		String endpoint = parts.group(3).equals(ANY) ? null : parts.group(3);
		return Optional.of(new Purge(new Subjects(endpoint, tags), Long.parseLong(parts.group(2)),
				now.minusMillis(Long.parseLong(parts.group(1)))));
	}

	/**
	 * Returns whether this is the given purge, read another time.
	 */
	boolean isSame(Purge other) {
		return subjects.equals(other.subjects) && since == other.since;
	}

}
