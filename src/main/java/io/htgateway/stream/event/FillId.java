package io.htgateway.stream.event;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Position of a fill among all fills: by time, and by trade within a millisecond.
 *
 * @param time time of the fill, in ms since 1970
 * @param tid id of the trade, or 0 for the beginning of the millisecond
 */
public record FillId(long time, long tid) implements Comparable<FillId> {

	private static final Comparator<FillId> ORDER = Comparator.comparingLong(FillId::time)
		.thenComparingLong(FillId::tid);

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,14})-([0-9]{1,18})");

	/**
	 * Parses the text of an id. Returns nothing if it has another form.
	 */
	public static Optional<FillId> parse(String text) {
		Matcher parts = TEXT.matcher(text);
		return parts.matches() ? Optional.of(new FillId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
				: Optional.empty();
	}

	@Override
	public int compareTo(FillId other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return time + "-" + tid;
	}

}
