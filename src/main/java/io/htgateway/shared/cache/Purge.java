package io.htgateway.shared.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.cache.Subjects;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched about the given subjects before a time is stale.
 *
 * @param since that time, in ms by the clock of Redis
 * @param at that time, by this replica's clock
 */
record Purge(Subjects subjects, long since, Instant at) {

	private static final String NOTHING = "-";

	private static final int PARTS = 5;

	/**
	 * Subjects in one line.
	 */
	static String text(Subjects subjects) {
		return String.join(" ",
				Stream.of(subjects.endpoint(), subjects.cohort(), subjects.coin())
					.map((part) -> (part != null) ? part : NOTHING)
					.toList());
	}

	/**
	 * The purge of a line: for how many ms it is so, since when, and the subjects.
	 * Nothing where it is another line.
	 */
	static Optional<Purge> parse(String line, Instant now) {
		List<String> parts = List.of(line.split(" ", -1));
		if (parts.size() != PARTS || !parts.subList(0, 2).stream().allMatch((time) -> time.matches("[0-9]{1,15}"))) {
			return Optional.empty();
		}
		List<@Nullable String> given = new ArrayList<>();
		parts.stream().skip(2).forEach((part) -> given.add(part.equals(NOTHING) ? null : part));
		return Optional.of(new Purge(new Subjects(given.get(0), given.get(1), given.get(2)),
				Long.parseLong(parts.get(1)), now.minusMillis(Long.parseLong(parts.getFirst()))));
	}

	/**
	 * Whether this is the given one, seen another time.
	 */
	boolean isSame(Purge other) {
		return subjects.equals(other.subjects) && since == other.since;
	}

}
