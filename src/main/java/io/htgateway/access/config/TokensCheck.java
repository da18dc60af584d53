package io.htgateway.access.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Validation of the tokens of all teams. Messages never show a value, which may be a
 * misplaced token.
 */
final class TokensCheck {

	/**
	 * Rule for the time at which a token expires, as the end of a sentence.
	 */
	static final String TIME_RULE = "must be a time in ISO 8601 with its offset, such as 2027-01-31T00:00:00Z";

	private static final int MAX_TOKENS = 2;

	private final Map<String, String> teams = new HashMap<>();

	/**
	 * Requires that the tokens of the given team are valid, and differ from those of the
	 * teams before.
	 * @param index position of the team in the configuration
	 * @throws IllegalArgumentException with a sentence on the first fault
	 */
	void check(TeamsProperties.Entry team, int index) {
		String entry = "gateway.access.teams[%d]".formatted(index);
		if (!team.tokenSha256().isEmpty() && !team.tokens().isEmpty()) {
			throw new IllegalArgumentException(
					entry + ".token-sha256 is set beside tokens: move it to tokens as another sha256, or remove it");
		}
		if (team.tokenSha256().size() > 1) {
			throw new IllegalArgumentException(entry
					+ ".token-sha256 has several values: list the tokens in tokens, each with its sha256 and, if it is to expire, its not-after");
		}
		if (team.tokens().size() > MAX_TOKENS) {
			throw new IllegalArgumentException(
					entry + ".tokens has %d tokens: list one, or two while the token is rotated"
						.formatted(team.tokens().size()));
		}
		List<TeamsProperties.Token> tokens = team.allTokens();
		for (int number = 0; number < tokens.size(); number++) {
			TeamsProperties.Token token = tokens.get(number);
			checkHash(token.sha256(),
					team.tokens().isEmpty() ? entry + ".token-sha256" : entry + ".tokens[%d].sha256".formatted(number));
			if (token.notAfter() != null && !isTime(token.notAfter())) {
				throw new IllegalArgumentException(entry + ".tokens[%d].not-after ".formatted(number) + TIME_RULE);
			}
			checkHashIsNew(token.sha256(), team.name());
		}
	}

	private static void checkHash(String hash, String property) {
		if (!TokenHash.isHash(hash)) {
			throw new IllegalArgumentException(
					property + " must be 64 hexadecimal digits: the SHA-256 of the token, not the token");
		}
	}

	private void checkHashIsNew(String hash, String name) {
		String first = teams.putIfAbsent(hash.toLowerCase(Locale.ROOT), name);
		if (first != null) {
			throw new IllegalArgumentException(
					first.equals(name) ? "team " + name + " has the same token twice; list it once"
							: "teams %s and %s have the same token-sha256; give each team a token of its own"
								.formatted(first, name));
		}
	}

	static boolean isTime(String text) {
		try {
			Instant _ = Instant.parse(text);
			return true;
		}
		catch (DateTimeException malformed) {
			return false;
		}
	}

}
