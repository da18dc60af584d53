package io.htgateway.access.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.htgateway.secret.Secret;
import io.htgateway.secret.UnusableSecretException;
import io.htgateway.settings.PropertyLocation;
import io.htgateway.settings.UnknownNames;
import io.htgateway.settings.YamlProblem;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Parser of a teams file: YAML with <code>gateway.access.teams</code>, as in a
 * configuration file. Messages say what is wrong without any value of the file, which may
 * be a token.
 */
final class TeamsFile {

	private static final String TEAMS = "gateway.access.teams";

	private static final Bindable<List<TeamsProperties.Entry>> TEAM_LIST = Bindable.listOf(TeamsProperties.Entry.class);

	private TeamsFile() {
	}

	/**
	 * Parses the given content of the file.
	 * @param jwts whether JWTs are accepted, so that teams need no token
	 * @param known everything that teams may be restricted to
	 * @throws UnusableSecretException if the content has no teams or invalid ones; the
	 * message is the end of a sentence that begins with the file
	 */
	static List<TeamsProperties.Entry> parse(Secret content, boolean jwts, KnownNames known) {
		EnumerablePropertySource<?> file = yaml(content);
		ConfigurationPropertySource source = Objects.requireNonNull(ConfigurationPropertySource.from(file));
		List<TeamsProperties.Entry> teams = bind(new Binder(source));
		Optional<String> unknown = UnknownNames.find(file, TEAMS);
		if (teams.isEmpty() && (unknown.isEmpty() || !hasGateway(file))) {
			throw new UnusableSecretException(
					"has no " + TEAMS + ": indent \"teams:\" below \"access:\", and \"access:\" below \"gateway:\"");
		}
		unknown.ifPresent((sentence) -> {
			throw new UnusableSecretException("cannot be used: " + sentence.replaceFirst("[.]$", ""));
		});
		try {
			TeamsCheck.check(teams, jwts);
			known.check(teams);
		}
		catch (IllegalArgumentException bad) {
			throw new UnusableSecretException(
					"cannot be used: " + PropertyLocation.in(source, String.valueOf(bad.getMessage())));
		}
		return List.copyOf(teams);
	}

	private static List<TeamsProperties.Entry> bind(Binder binder) {
		try {
			return binder.bind(TEAMS, TEAM_LIST).orElse(List.of());
		}
		catch (BindException bad) {
			throw new UnusableSecretException("has an invalid value for " + bad.getName());
		}
	}

	private static boolean hasGateway(EnumerablePropertySource<?> file) {
		return Arrays.stream(file.getPropertyNames()).anyMatch((name) -> name.startsWith("gateway."));
	}

	private static EnumerablePropertySource<?> yaml(Secret content) {
		byte[] bytes = content.reveal().getBytes(StandardCharsets.UTF_8);
		try {
			List<PropertySource<?>> documents = new YamlPropertySourceLoader().load("teams",
					new ByteArrayResource(bytes));
			if (documents.size() != 1) {
				throw new UnusableSecretException("must have exactly one YAML document");
			}
			return (EnumerablePropertySource<?>) documents.getFirst();
		}
		catch (YAMLException bad) {
			String problem = YamlProblem.of(bad, bytes);
			throw new UnusableSecretException(
					(content.reveal().indexOf('\t') >= 0) ? problem + ": indent by spaces, not tabs" : problem);
		}
		catch (StackOverflowError bad) {
			// YAML can make a list an element of itself.
			throw new UnusableSecretException(YamlProblem.ENDLESS);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
