package io.htgateway.budget.account;

import java.util.Comparator;
import java.util.Objects;

/**
 * Line of an account: a team, and an endpoint that was called or requested for it. Names
 * in parentheses are reserved: no team can have one.
 *
 * @param team name of the team
 * @param endpoint name of the endpoint, or empty in lines that have none
 */
public record Line(String team, String endpoint) implements Comparable<Line> {

	/**
	 * Calls that were made for an unknown team.
	 */
	public static final Line UNKNOWN = new Line("(unknown)", "");

	/**
	 * Calls that may have been made while nobody counted.
	 */
	public static final Line ASSUMED = new Line("(assumed)", "");

	/**
	 * Calls of others with the same plan, as far as they are known.
	 */
	public static final Line ELSEWHERE = new Line("(elsewhere)", "");

	private static final String OTHERS = "(others)";

	private static final Comparator<Line> ORDER = Comparator.comparing(Line::isReserved)
		.thenComparing(Line::team)
		.thenComparing(Line::endpoint);

	public Line {
		Objects.requireNonNull(team);
		Objects.requireNonNull(endpoint);
	}

	/**
	 * Returns the line that the given text represents.
	 */
	public static Line parse(String text) {
		int space = text.indexOf(' ');
		return new Line(text.substring(0, space), text.substring(space + 1));
	}

	/**
	 * Returns the line that teams without a line of their own share.
	 */
	Line ofOthers() {
		return new Line(OTHERS, endpoint);
	}

	private boolean isReserved() {
		return team.startsWith("(");
	}

	/**
	 * Orders lines by team and endpoint, those with reserved names last.
	 */
	@Override
	public int compareTo(Line other) {
		return ORDER.compare(this, other);
	}

	/**
	 * Returns the text of this line. Names of teams have no space.
	 */
	@Override
	public String toString() {
		return team + ' ' + endpoint;
	}

}
