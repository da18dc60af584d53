package io.htgateway.access.authentication;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

import io.htgateway.access.config.TeamsProperties;
import io.htgateway.access.config.TokenHash;
import io.htgateway.testing.TeamsYaml;

/**
 * Generated teams, more than anybody writes by hand.
 */
public final class ManyTeams {

	private ManyTeams() {
	}

	/**
	 * Returns the given number of teams, each with a token and a limit of its own.
	 */
	public static Teams of(int number) {
		return new Teams(entries(number), false, InstantSource.system());
	}

	static List<TeamsProperties.Entry> entries(int number) {
		return IntStream.range(0, number)
			.mapToObj((index) -> new TeamsProperties.Entry(name(index),
					List.of(TokenHash.of(io.htgateway.secret.Secret.of("token" + index)).hex()), List.of(), 60,
					0.5 / number, null, null, null, List.of()))
			.toList();
	}

	/**
	 * Returns the content of a teams file with the given number of teams.
	 */
	static String yaml(int number) {
		TeamsYaml yaml = new TeamsYaml();
		IntStream.range(0, number)
			.forEach((index) -> yaml.with(name(index), "token" + index, "requests-per-minute: 60"));
		return yaml.toString();
	}

	private static String name(int index) {
		return "team-" + index;
	}

}
