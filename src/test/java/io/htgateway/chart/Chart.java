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
import org.yaml.snakeyaml.Yaml;

/**
 * The chart, rendered by Helm's own library. Nothing is asked of a cluster.
 */
final class Chart {

	static final Path DIRECTORY = Path.of("helm/hypertracker-gateway");

	static final String RELEASE = "gw";

	private static final Map<Scenario, Rendering> RENDERINGS = new ConcurrentHashMap<>();

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
			var install = new Helm(DIRECTORY).install().withName(RELEASE).clientOnly().dryRun();
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
			TemplateCommand template = new Helm(DIRECTORY).template().withName(RELEASE).withNamespace("apps").withKubeVersion("1.30.0");
			files.forEach(template::withValuesFile);
			return template.call();
		});
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
