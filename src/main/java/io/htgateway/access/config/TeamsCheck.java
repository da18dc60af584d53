package io.htgateway.access.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.htgateway.access.Team;

/**
 * Validation of configured teams. Messages name the team and the rule, and never show a
 * value that may be a misplaced token.
 */
final class TeamsCheck {

	/**
	 * Rule for the name of a team, as the end of a sentence.
	 */
	static final String NAME_RULE = "must be 1 to 40 lowercase letters, digits and . _ -, begin and end with a letter"
			+ " or digit, and not be " + Team.ANONYMOUS.name();

	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?");

	private static final long MAX_REQUESTS = 1_000_000_000;

	// The sum of shares is not exact, because binary numbers round decimal fractions.
	private static final double MAX_SHARES = 1 + 1e-9;

	private TeamsCheck() {
	}

	/**
	 * Requires that the given teams are valid.
	 * @param jwt whether JWTs are accepted, so that teams need no token
	 * @throws IllegalArgumentException with a sentence on the first fault
	 */
	static void check(List<TeamsProperties.Entry> teams, boolean jwt) {
		Map<String, Integer> names = new HashMap<>();
		TokensCheck tokens = new TokensCheck();
		Set<String> subjects = new HashSet<>();
		int number = 0;
		for (TeamsProperties.Entry team : teams) {
			number++;
			checkName(team.name(), number);
			checkNameIsNew(team.name(), number - 1, names);
			checkNumbers(team);
			new ListsCheck(number - 1).check(team);
			require(jwt || !team.allTokens().isEmpty(), team,
					"needs a token-sha256, or tokens: the SHA-256 of its token, as 64 hexadecimal digits");
			require(jwt || team.subjects().isEmpty(), team,
					"has subjects, which need gateway.access.jwt: set it, or remove the subjects");
			tokens.check(team, number - 1);
			for (String subject : team.subjects()) {
				require(!subject.isBlank() && subjects.add(subject), team,
						"has a blank subject, or one that is listed twice: list each subject once, for one team");
			}
		}
		double shares = teams.stream().mapToDouble(TeamsProperties.Entry::upstreamShare).sum();
		if (shares > MAX_SHARES) {
			throw new IllegalArgumentException(
					"the upstream-share values of gateway.access.teams add up to %s; they must add up to at most 1"
						.formatted(BigDecimal.valueOf(shares)
							.setScale(6, RoundingMode.HALF_UP)
							.stripTrailingZeros()
							.toPlainString()));
		}
	}

	// The message does not show the name, which may be a misplaced token.
	private static void checkName(String name, int number) {
		if (!isName(name)) {
			throw new IllegalArgumentException("gateway.access.teams[%d].name %s".formatted(number - 1, NAME_RULE));
		}
	}

	private static void checkNameIsNew(String name, int index, Map<String, Integer> names) {
		Integer first = names.putIfAbsent(name, index);
		if (first != null) {
			throw new IllegalArgumentException(
					"gateway.access.teams[%d].name must differ from that of gateway.access.teams[%d]: both are %s"
						.formatted(index, first, name));
		}
	}

	private static void checkNumbers(TeamsProperties.Entry team) {
		require(team.requestsPerMinute() >= 0 && team.requestsPerMinute() <= MAX_REQUESTS, team,
				"has a requests-per-minute that is not from 0 (no limit) to " + MAX_REQUESTS);
		require(team.upstreamShare() >= 0 && team.upstreamShare() <= 1, team,
				"has an upstream-share that is not a fraction from 0 to 1, such as 0.25");
	}

	private static void require(boolean valid, TeamsProperties.Entry team, String problem) {
		if (!valid) {
			throw new IllegalArgumentException("team " + team.name() + " of gateway.access.teams " + problem);
		}
	}

	/**
	 * Returns whether the given text can be the name of a team. Names become metric
	 * labels and words in logs.
	 */
	static boolean isName(String name) {
		return NAME.matcher(name).matches() && !name.equals(Team.ANONYMOUS.name());
	}

}
