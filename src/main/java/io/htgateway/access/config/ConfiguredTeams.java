package io.htgateway.access.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.htgateway.secret.SecretFile;
import io.htgateway.secret.UnusableSecretException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The list of teams: configured once, or in a file that may be replaced.
 */
public final class ConfiguredTeams implements AutoCloseable {

	private static final String FILE = "gateway.teams-file";

	private static final String ACTION = "Correct the file (docs/teams.md). To make a token and its hash:"
			+ " java -jar hypertracker-gateway.jar --new-team-token=research";

	/**
	 * Room for a thousand teams, which take a second or two to read.
	 */
	private static final int MAX_SIZE = 256 * 1024;

	private final List<TeamsProperties.Entry> first;

	private final @Nullable SecretFile<List<TeamsProperties.Entry>> file;

	private ConfiguredTeams(List<TeamsProperties.Entry> first, @Nullable SecretFile<List<TeamsProperties.Entry>> file) {
		this.first = first;
		this.file = file;
	}

	/**
	 * The teams that are configured.
	 * @param endpoints names of all endpoints
	 * @throws IllegalArgumentException if a configured team has an unknown endpoint
	 * @throws UnusableTeamsException where a file is, and has none that could be used
	 */
	public static ConfiguredTeams of(TeamsProperties properties, EndpointNames endpoints) {
		Path path = properties.teamsFile();
		if (path == null) {
			endpoints.check(properties.teams());
			return new ConfiguredTeams(properties.teams(), null);
		}
		if (!properties.teams().isEmpty()) {
			throw new UnusableTeamsException("Both gateway.teams and " + FILE + " are configured.",
					"Remove one of them.");
		}
		boolean jwts = properties.hasJwts();
		try {
			SecretFile<List<TeamsProperties.Entry>> file = SecretFile.read(FILE, path, MAX_SIZE,
					(content) -> TeamsFile.parse(content, jwts, endpoints));
			return new ConfiguredTeams(file.value(), file);
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableTeamsException(SecretFile.describe(FILE, path, "teams", true, unusable), ACTION);
		}
	}

	/**
	 * The teams at the start.
	 */
	public List<TeamsProperties.Entry> first() {
		return first;
	}

	/**
	 * Follows the file from now on, if the teams are in one.
	 * @param changed receives the teams when they have changed, and returns the step that
	 * applies them
	 */
	public void follow(Scheduler scheduler, Function<List<TeamsProperties.Entry>, Runnable> changed) {
		if (file != null) {
			file.onChange(changed);
			file.watch(scheduler);
		}
	}

	@Override
	public void close() {
		if (file != null) {
			file.close();
		}
	}

}
