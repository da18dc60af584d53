package io.htgateway.access.config;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.access.Team;
import io.htgateway.secret.Secret;

/**
 * Generator of team tokens: the command line option
 * <code>--new-team-token=research</code> prints a token and its configuration instead of
 * starting the gateway.
 */
public final class NewTeamToken {

	private static final String OPTION = "--new-team-token";

	private static final int BYTES = 32;

	private NewTeamToken() {
	}

	/**
	 * Generates a token if the given command line arguments have the option. Returns
	 * nothing if they do not, so that the gateway starts.
	 */
	public static Optional<Result> run(String... arguments) {
		return Stream.of(arguments)
			.filter((argument) -> argument.equals(OPTION) || argument.startsWith(OPTION + "="))
			.findFirst()
			.map((argument) -> create(argument.substring(Math.min(argument.length(), OPTION.length() + 1))));
	}

	private static Result create(String team) {
		if (!TeamsCheck.isName(team)) {
			return new Result.InvalidName("Usage: " + OPTION + "=<team>, such as " + OPTION
					+ "=research; the name of a team " + TeamsCheck.NAME_RULE);
		}
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		String token = "htgw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		return new Result.Created("""
				Token of the team, which is shown only once:

				%s

				Entry of the team for the gateway's configuration:

				gateway:
				  access:
				    teams:
				      - name: "%s"
				        token-sha256: "%s"
				""".formatted(token, team, TokenHash.of(Secret.of(token)).hex()));
	}

	/**
	 * Result of the option.
	 */
	public sealed interface Result {

		/**
		 * Returns the text to print.
		 */
		String text();

		/**
		 * A token was generated.
		 *
		 * @param text the token and the team's entry in the configuration
		 */
		record Created(String text) implements Result {
		}

		/**
		 * No token was generated, because the name of the team is invalid.
		 *
		 * @param text how to use the option
		 */
		record InvalidName(String text) implements Result {
		}

	}

}
