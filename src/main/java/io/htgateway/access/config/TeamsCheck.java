package io.htgateway.access.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.htgateway.access.Team;
import org.jspecify.annotations.Nullable;

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
		Map<String, Integer> names = new HashMap<>();
		Map<String, String> tokens = new HashMap<>();
		Set<String> subjects = new HashSet<>();
		int number = 0;
		for (TeamsProperties.Entry team : teams) {
			number++;
			checkName(team.name(), number);
			checkNameIsNew(team.name(), number - 1, names);
			checkNumbers(team);
			checkEndpoints(team.endpoints(), number - 1);
			require(jwt || !team.tokenSha256().isEmpty(), team,
					"needs a token-sha256, which is the SHA-256 of its token in hexadecimal");
			require(jwt || team.subjects().isEmpty(), team, "has subjects, for which gateway.teams-jwt has to be set");
			for (String hash : team.tokenSha256()) {
				checkHash(hash, number - 1);
				checkHashIsNew(hash, team.name(), tokens);
			}
			for (String subject : team.subjects()) {
				require(!subject.isBlank() && subjects.add(subject), team,
						"has a subject that is there twice or blank");
			}
		}
		double shares = teams.stream().mapToDouble(TeamsProperties.Entry::upstreamShare).sum();
		if (shares > ALL) {
			throw new IllegalArgumentException(
					"the upstream-share values of gateway.teams add up to %s; they must add up to at most 1"
						.formatted(BigDecimal.valueOf(shares)
							.setScale(6, RoundingMode.HALF_UP)
							.stripTrailingZeros()
							.toPlainString()));
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

	private static void checkNameIsNew(String name, int index, Map<String, Integer> names) {
		Integer first = names.putIfAbsent(name, index);
		if (first != null) {
			throw new IllegalArgumentException(
					"gateway.teams[%d].name must differ from that of gateway.teams[%d]: both are %s".formatted(index,
							first, name));
		}
	}

	private static void checkHash(String hash, int index) {
		if (!TokenHash.isHash(hash)) {
			throw new IllegalArgumentException(
					"gateway.teams[%d].token-sha256 must be 64 hexadecimal digits: the SHA-256 of the token, not the token"
						.formatted(index));
		}
	}

	private static void checkHashIsNew(String hash, String name, Map<String, String> tokens) {
		String first = tokens.putIfAbsent(hash.toLowerCase(Locale.ROOT), name);
		if (first != null) {
			throw new IllegalArgumentException(first.equals(name) ? "team " + name + " has the same token-sha256 twice"
					: "teams %s and %s have the same token-sha256".formatted(first, name));
		}
	}

	// None would be all to some readers, and none to others.
	private static void checkEndpoints(@Nullable List<String> endpoints, int index) {
		if (endpoints != null && endpoints.isEmpty()) {
			throw new IllegalArgumentException(
					"gateway.teams[%d].endpoints must name the endpoints that the team may use, such as risk; without it the team may use all"
						.formatted(index));
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
