package io.htgateway.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart, rendered by Helm's own library, without a cluster.
 */
// Helm's library omits hooks, so it is given a copy in which the pod of helm test is not
// a hook.
final class Chart {

	static final Path DIRECTORY = Path.of("helm/hypertracker-gateway");

	static final String RELEASE = "gw";

	/**
	 * The oldest that the chart is for.
	 */
	private static final String KUBERNETES = "1.30.0";

	private static final Map<Scenario, Rendering> RENDERINGS = new ConcurrentHashMap<>();

	private static final Path WITHOUT_HOOKS = withoutHooks();

	private Chart() {
	}

	static LintResult lint() {
		return new Helm(DIRECTORY).lint().strict().call();
	}

	/**
	 * The objects of a release with the given values.
	 */
	static Rendering render(Scenario scenario) {
		return RENDERINGS.computeIfAbsent(scenario, (values) -> Rendering.of(template(values)));
	}

	/**
	 * The objects of a release with the given values, beside a key.
	 */
	static Rendering render(String values) {
		return render(Scenario.of(values));
	}

	/**
	 * What an installation tells, NOTES.txt included.
	 */
	static String notes(Scenario scenario) {
		return withFiles(scenario, (files) -> {
			var install = new Helm(DIRECTORY).install()
				.withName(RELEASE)
				.withKubeVersion(KUBERNETES)
				.clientOnly()
				.dryRun();
			files.forEach(install::withValuesFile);
			return install.call().getOutput();
		});
	}

	/**
	 * A file of the chart.
	 */
	static String file(String name) {
		try {
			return Files.readString(DIRECTORY.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Map<String, Object> yaml(String text) {
		return new Yaml().load(text);
	}

	/**
	 * What <code>helm template</code> prints.
	 */
	static String template(Scenario scenario) {
		return withFiles(scenario, (files) -> {
			TemplateCommand template = new Helm(WITHOUT_HOOKS).template()
				.withName(RELEASE)
				.withNamespace("apps")
				.withKubeVersion(KUBERNETES);
			files.forEach(template::withValuesFile);
			return template.call();
		});
	}

	private static Path withoutHooks() {
		try {
			Path copy = Path.of("target/chart-without-hooks");
			FileSystemUtils.deleteRecursively(copy);
			FileSystemUtils.copyRecursively(DIRECTORY, copy);
			Path test = copy.resolve("templates/tests/request.yaml");
			Files.writeString(test, Files.readString(test).replace("helm.sh/hook: test", "helm.sh/hook-not: test"));
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T> T withFiles(Scenario scenario, Rendered<T> rendered) {
		List<Path> files = new ArrayList<>(scenario.examples());
		try {
			Path values = Files.createTempFile("values", ".yaml");
			try {
				files.add(Files.writeString(values, scenario.values()));
				return rendered.by(files);
			}
			finally {
				Files.delete(values);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Rendered<T> {

		T by(List<Path> files);

	}

}
