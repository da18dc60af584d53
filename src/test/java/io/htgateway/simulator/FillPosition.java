package io.htgateway.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of fills, which is all that a cursor holds.
 *
 * @param time milliseconds since the epoch
 * @param id the fill's own number, which parts fills of one moment
 */
record FillPosition(long time, long id) implements Comparable<FillPosition> {

	private static final Comparator<FillPosition> ORDER = Comparator.comparingLong(FillPosition::time)
		.thenComparingLong(FillPosition::id);

	private static final Pattern JSON = Pattern.compile("\\{\"id\":\"(\\d{1,18})\",\"time\":(\\d{1,15})}");

	static FillPosition fromCursor(String cursor) {
		Matcher matcher = JSON.matcher(decoded(cursor));
		if (!matcher.matches()) {
			throw new BadParameterException("nextCursor is invalid");
		}
		return new FillPosition(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(1)));
	}

	String toCursor() {
		String json = "{\"id\":\"%s\",\"time\":%s}".formatted(this.id, this.time);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public int compareTo(FillPosition other) {
		return ORDER.compare(this, other);
	}

	private static String decoded(String cursor) {
		try {
			return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new BadParameterException("nextCursor is invalid");
		}
	}

}
