package io.htgateway.access.config;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.htgateway.access.Team;
import io.htgateway.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Generator of team tokens: the command line option
 * <code>--new-team-token=research</code> prints a token and its configuration instead of
 * starting the gateway. With <code>--not-after=2027-01-31T00:00:00Z</code> the token
 * expires at that time.
 */
public final class NewTeamToken {

	private static final String OPTION = "--new-team-token";

	private static final String NOT_AFTER = "--not-after";

	private static final String USAGE = "Usage: " + OPTION + "=<team> [" + NOT_AFTER + "=<time>], such as " + OPTION
			+ "=research " + NOT_AFTER + "=2027-01-31T00:00:00Z; ";

	private static final int BYTES = 32;

	private NewTeamToken() {
	}

	/**
	 * Generates a token if the given command line arguments have the option. Returns
	 * nothing if they do not, so that the gateway starts.
	 */
	public static Optional<Result> run(String... arguments) {
		return run(InstantSource.system(), arguments);
	}

	static Optional<Result> run(InstantSource clock, String... arguments) {
		Optional<String> team = value(OPTION, arguments);
		Optional<String> notAfter = value(NOT_AFTER, arguments);
		if (team.isEmpty()) {
			return notAfter.map((time) -> new Result.WrongUsage(USAGE + NOT_AFTER + " needs " + OPTION));
		}
		List<String> others = Stream.of(arguments).filter((argument) -> !isOption(argument)).toList();
		if (!others.isEmpty()) {
			return Optional.of(new Result.WrongUsage(USAGE + "there are no other options"));
		}
		return Optional.of(create(team.get(), notAfter.orElse(null), clock));
	}

	private static boolean isOption(String argument) {
		return value(OPTION, argument).isPresent() || value(NOT_AFTER, argument).isPresent();
	}

	private static Optional<String> value(String option, String... arguments) {
		return Stream.of(arguments)
			.filter((argument) -> argument.equals(option) || argument.startsWith(option + "="))
			.findFirst()
			.map((argument) -> argument.substring(Math.min(argument.length(), option.length() + 1)));
	}

	private static Result create(String team, @Nullable String notAfter, InstantSource clock) {
		if (!TeamsCheck.isName(team)) {
			return new Result.WrongUsage(USAGE + "the name of a team " + TeamsCheck.NAME_RULE);
		}
		if (notAfter != null && !TokensCheck.isTime(notAfter)) {
			return new Result.WrongUsage(USAGE + NOT_AFTER + ' ' + TokensCheck.TIME_RULE);
		}
		if (notAfter != null && !Instant.parse(notAfter).isAfter(clock.instant())) {
			return new Result.WrongUsage(USAGE + NOT_AFTER + " must be in the future");
		}
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		String token = "htgw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
		return new Result.Created(
				"""
						Token of the team, which is shown only once:

						%s

						Entry of the team for the gateway's configuration. If the team has an entry, add only the part below tokens:

						gateway:
						  access:
						    teams:
						      - name: "%s"
						        tokens:
						          - sha256: "%s"
						%s"""
					.formatted(token, team, TokenHash.of(Secret.of(token)).hex(),
							(notAfter != null) ? "            not-after: \"" + notAfter + "\"\n" : ""));
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
		 * No token was generated, because an option is wrong.
		 *
		 * @param text how to use the options
		 */
		record WrongUsage(String text) implements Result {
		}

	}

}
