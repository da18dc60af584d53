package io.htgateway.access.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.htgateway.secret.SecretFile;
import io.htgateway.secret.UnusableSecretException;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The configured list of teams, from properties or from a file that may be replaced while
 * the gateway runs.
 */
public final class ConfiguredTeams implements AutoCloseable {

	private static final String FILE = "gateway.access.teams-file";

	private static final String ACTION = "Correct the file as docs/teams.md describes. To generate a token and its"
			+ " hash, run java -jar hypertracker-gateway.jar --new-team-token=research";

	/**
	 * Most bytes of the file: enough for a thousand teams, which take one or two seconds
	 * to read.
	 */
	private static final int MAX_SIZE = 256 * 1024;

	private final List<TeamsProperties.Entry> first;

	private final @Nullable SecretFile<List<TeamsProperties.Entry>> file;

	private ConfiguredTeams(List<TeamsProperties.Entry> first, @Nullable SecretFile<List<TeamsProperties.Entry>> file) {
		this.first = first;
		this.file = file;
	}

	/**
	 * Reads the configured teams.
	 * @param known everything that teams may be restricted to
	 * @throws IllegalArgumentException if a team in the properties names an unknown
	 * endpoint or cohort
	 * @throws UnusableTeamsException if the file cannot be used, both the file and the
	 * property are set, or the properties do not say who may call
	 */
	public static ConfiguredTeams of(TeamsProperties properties, KnownNames known) {
		AccessCheck.check(properties);
		Path path = properties.teamsFile();
		if (path == null) {
			known.check(properties.teams());
			return new ConfiguredTeams(properties.teams(), null);
		}
		if (!properties.teams().isEmpty()) {
			throw new UnusableTeamsException(
					"Both gateway.access.teams and " + FILE
							+ " are configured, but the gateway reads teams from only one place.",
					"Remove one of them.");
		}
		boolean jwts = properties.hasJwts();
		try {
			SecretFile<List<TeamsProperties.Entry>> file = SecretFile.read(FILE, path, MAX_SIZE,
					(content) -> TeamsFile.parse(content, jwts, known));
			return new ConfiguredTeams(file.value(), file);
		}
		catch (UnusableSecretException unusable) {
			throw new UnusableTeamsException(SecretFile.describe(FILE, path, "teams", true, unusable), ACTION);
		}
	}

	/**
	 * Returns the teams at startup.
	 */
	public List<TeamsProperties.Entry> first() {
		return first;
	}

	/**
	 * Starts to watch the file, if the teams are in one.
	 * @param changed receives the new teams after a change and returns the step that
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
