package io.htgateway.teams;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the teams of a configuration. Says what is wrong with which of them, and never
 * what somebody may have taken for the hash of a token.
 */
final class TeamsCheck {

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?");

	private static final long MAX_REQUESTS = 1_000_000_000;

	// Shares are decimal fractions, and their sum is not exact.
	private static final double ALL = 1 + 1e-9;

	private TeamsCheck() {
	}

	static void check(List<TeamsProperties.Entry> teams, boolean jwt) {
		Set<String> names = new HashSet<>();
		Set<String> tokens = new HashSet<>();
		Set<String> subjects = new HashSet<>();
		int number = 0;
		for (TeamsProperties.Entry team : teams) {
			number++;
			checkName(team.name(), number);
			require(names.add(team.name()), team, "is there twice");
			checkNumbers(team);
			require(jwt || !team.tokenSha256().isEmpty(), team,
					"needs a token-sha256, which is the SHA-256 of its token in hexadecimal");
			require(jwt || team.subjects().isEmpty(), team, "has subjects, for which gateway.teams-jwt has to be set");
			for (String hash : team.tokenSha256()) {
				require(TokenHash.isHash(hash), team, "has a token-sha256 that is not 64 hexadecimal digits");
				require(tokens.add(hash.toLowerCase(Locale.ROOT)), team, "has a token-sha256 that is there twice");
			}
			for (String subject : team.subjects()) {
				require(!subject.isBlank() && subjects.add(subject), team,
						"has a subject that is there twice or blank");
			}
		}
		if (teams.stream().mapToDouble(TeamsProperties.Entry::upstreamShare).sum() > ALL) {
			throw new IllegalArgumentException("the upstream-share of all gateway.teams together is more than 1");
		}
	}

	// Where the name should be, somebody may have put the token.
	private static void checkName(String name, int number) {
		if (!isName(name)) {
			throw new IllegalArgumentException(
					"gateway.teams[%d].name must be 1 to 40 small letters, digits and single . _ - between them, and not %s"
						.formatted(number - 1, Team.ANONYMOUS.name()));
		}
	}

	private static void checkNumbers(TeamsProperties.Entry team) {
		require(team.requestsPerMinute() >= 0 && team.requestsPerMinute() <= MAX_REQUESTS, team,
				"has requests-per-minute that are not 0 to " + MAX_REQUESTS);
		require(team.upstreamShare() >= 0 && team.upstreamShare() <= 1, team,
				"has an upstream-share that is not a part from 0 to 1");
	}

	private static void require(boolean good, TeamsProperties.Entry team, String wrong) {
		if (!good) {
			throw new IllegalArgumentException("team " + team.name() + " of gateway.teams " + wrong);
		}
	}

	/**
	 * Whether the given text can be the name of a team, a label of a metric and a word in
	 * a log.
	 */
	static boolean isName(String name) {
		return NAME.matcher(name).matches() && !name.equals(Team.ANONYMOUS.name());
	}

}
