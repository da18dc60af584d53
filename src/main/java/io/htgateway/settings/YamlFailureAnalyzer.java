package io.htgateway.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;

/**
 * Explains at start which file of the configuration is not YAML, and where. Shows none of
 * its text, which may be a secret.
 */
final class YamlFailureAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {

	private static final List<String> LOCATIONS = List.of("spring.config.additional-location", "spring.config.location",
			"spring.config.import");

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MarkedYAMLException cause) {
		String place = (cause.getProblemMark() != null) ? " at line %d, column %d"
			.formatted(cause.getProblemMark().getLine() + 1, cause.getProblemMark().getColumn() + 1) : "";
		return new FailureAnalysis(
				"%s is not valid YAML%s.".formatted(file().map(Path::toString).orElse("A file of the configuration"),
						place),
				"Correct the file. Each level is indented by two spaces and not by tabs, each name stands once in its section, and a"
						+ " colon is followed by a space.",
				cause);
	}

	private static Optional<Path> file() {
		Stream<Path> named = LOCATIONS.stream()
			.flatMap((property) -> Stream.of(System.getProperty(property), System.getenv(variable(property, "")),
					System.getenv(variable(property, "_")), argument(property)))
			.filter(Objects::nonNull)
			.flatMap((locations) -> Stream.of(locations.split("[,;]")))
			.map((location) -> Path.of(location.replaceFirst("^(?:optional:)?(?:file:)?", "")));
		return Stream.concat(Stream.of(Path.of("."), Path.of("config")), named)
			.flatMap(YamlFailureAnalyzer::candidates)
			.filter(YamlFailureAnalyzer::isBroken)
			.findFirst();
	}

	// The dash may go, or become an underscore.
	private static String variable(String property, String dash) {
		return property.replace("-", dash).replace('.', '_').toUpperCase(Locale.ROOT);
	}

	// The arguments are not in the environment yet. The system knows only the first 4 KB
	// of a command, and the JVM does not know which spaces are between arguments.
	private static @Nullable String argument(String property) {
		String option = "--" + property + "=";
		return Stream
			.concat(Stream.of(ProcessHandle.current().info().arguments().orElse(new String[0])),
					Stream.of(System.getProperty("sun.java.command", "").split(" ")))
			.filter((argument) -> argument.startsWith(option))
			.map((argument) -> argument.substring(option.length()))
			.findFirst()
			.orElse(null);
	}

	private static Stream<Path> candidates(Path location) {
		return Files.isDirectory(location)
				? Stream.of("application.yaml", "application.yml").map(location::resolve).filter(Files::isRegularFile)
				: Stream.of(location).filter(Files::isRegularFile);
	}

	private static boolean isBroken(Path file) {
		try {
			new YamlPropertySourceLoader().load("file", new FileSystemResource(file));
			return false;
		}
		catch (MarkedYAMLException broken) {
			return true;
		}
		catch (IOException unreadable) {
			return false;
		}
	}

}
