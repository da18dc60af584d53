package io.htgateway.stream.event;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Position of a fill among all fills: by time, by trade within a millisecond, and by side
 * within a trade.
 *
 * @param time time of the fill, in ms since 1970
 * @param tid id of the trade, or 0 for the beginning of the millisecond
 * @param side A or B, or empty for the position before both sides
 */
public record FillId(long time, long tid, String side) implements Comparable<FillId> {

	private static final Comparator<FillId> ORDER = Comparator.comparingLong(FillId::time)
		.thenComparingLong(FillId::tid)
		.thenComparing(FillId::side);

	private static final Pattern TEXT = Pattern.compile("([0-9]{1,14})-([0-9]{1,18})([A-Z]?)");

	/**
	 * Creates the position before both sides of a trade.
	 */
	public FillId(long time, long tid) {
		this(time, tid, "");
	}

	/**
	 * Parses the text of an id. Returns nothing if it has another form.
	 */
	public static Optional<FillId> parse(String text) {
		Matcher parts = TEXT.matcher(text);
		return parts.matches()
				? Optional
					.of(new FillId(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3)))
				: Optional.empty();
	}

	/**
	 * Returns the first position from this one on that names no trade, for clients that
	 * may not read the trade.
	 */
	public FillId withoutTrade() {
		return (tid == 0 && side.isEmpty()) ? this : new FillId(time + 1, 0);
	}

	@Override
	public int compareTo(FillId other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return time + "-" + tid + side;
	}

}
