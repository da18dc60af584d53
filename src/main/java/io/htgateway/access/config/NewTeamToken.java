package io.htgateway.access.config;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.access.Team;
import io.htgateway.secret.Secret;

/**
 * Makes a token for a team, as <code>--new-team-token=research</code> asks for it.
 */
public final class NewTeamToken {

	private static final String OPTION = "--new-team-token";

	private static final int BYTES = 32;

	private NewTeamToken() {
	}

	/**
	 * What to say in place of a start, if the given arguments ask for a token.
	 */
	public static Optional<Answer> answer(String... arguments) {
		return Stream.of(arguments)
			.filter((argument) -> argument.equals(OPTION) || argument.startsWith(OPTION + "="))
			.findFirst()
			.map((argument) -> answer(argument.substring(Math.min(argument.length(), OPTION.length() + 1))));
	}

	private static Answer answer(String team) {
		if (!TeamsCheck.isName(team)) {
			return new Answer.Refused("Usage: " + OPTION
					+ "=<team>, whose name is at most 40 small letters, digits and . _ - between them, other than "
					+ Team.ANONYMOUS.name());
		}
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		String token = "htgw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		return new Answer.Made("""
				Token of the team, which is shown only here:

				%s

				Its entry in the gateway's configuration:

				gateway:
				  teams:
				    - name: "%s"
				      token-sha256: "%s"
				""".formatted(token, team, TokenHash.of(Secret.of(token)).hex()));
	}

	/**
	 * What is said in place of a start.
	 */
	public sealed interface Answer {

		/**
		 * What to print.
		 */
		String text();

		/**
		 * A token was made.
		 */
		record Made(String text) implements Answer {
		}

		/**
		 * None was made, since what was asked for is wrong.
		 */
		record Refused(String text) implements Answer {
		}

	}

}
