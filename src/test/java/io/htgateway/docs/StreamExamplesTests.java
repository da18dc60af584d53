package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.MutableClock;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the examples of streams of <code>docs/api.md</code>, with only their ports
 * changed. They do not end by themselves.
 */
@Tag("examples")
@GatewayTest
@TestPropertySource(properties = "gateway.stream.enabled=true")
class StreamExamplesTests {

	static final Path PAGE = Path.of("docs/api.md");

	private static final Duration LIFETIME = Duration.ofMinutes(15);

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	@Autowired
	private MutableClock clock;

	@Autowired
	private MeterRegistry meters;

	@TempDir
	private Path directory;

	private Instant start = Instant.EPOCH;

	/**
	 * Returns whether an example reads a stream.
	 */
	static boolean isStream(Example example) {
		return example.text().contains("/api/stream/");
	}

	/**
	 * Returns the example of a stream in a language, which is empty for curl.
	 */
	static Example example(String language) {
		return Example.of(MarkdownPage.read(PAGE))
			.stream()
			.filter(StreamExamplesTests::isStream)
			.filter((example) -> example.language().equals(language))
			.findFirst()
			.orElseThrow();
	}

	@BeforeEach
	void awaitNobody() {
		awaitStreams(0);
		start = clock.instant();
	}

	@Test
	void curlPrintsEachFill() throws IOException {
		try (Example.Run run = start("")) {
			awaitStreams(1);
			liquidate(50);

			List<String> fills = largeFills();
			Awaitility.await().until(() -> run.printed().contains(fills.getLast()));
			assertThat(run.printed().lines().filter((line) -> line.startsWith("data: ")))
				.containsExactlyElementsOf(fills.stream().map("data: "::concat).toList());
		}
	}

	@Test
	void pythonPrintsEachFillOnceAlsoWhenStreamsEnd() throws IOException {
		try (Example.Run run = start("python")) {
			awaitStreams(1);
			liquidate(50);
			Awaitility.await().until(() -> !run.printed().isEmpty());
			for (int stream = 0; stream < 2; stream++) {
				clock.advance(LIFETIME);
				liquidate(50);
			}

			List<String> fills = largeFills();
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.until(() -> run.printed().lines().count() >= fills.size());
			assertThat(run.printed().lines().map(StreamExamplesTests::trade))
				.containsExactlyElementsOf(fills.stream().map(StreamExamplesTests::trade).toList());
		}
	}

	private Example.Run start(String language) throws IOException {
		Example example = example(language);
		String text = example.text().replace("localhost:8080", "127.0.0.1:" + gateway.port());
		return example.with(text).start(directory, Map.of("TOKEN", "any"));
	}

	private void awaitStreams(int count) {
		Awaitility.await().until(() -> meters.get("gateway.stream.listeners").gauge().value() == count);
	}

	private void liquidate(int count) {
		Instant now = clock.instant();
		upstream.liquidate(count, now.plusSeconds(1), now.plusSeconds(50));
		clock.advance(Duration.ofMinutes(1));
	}

	private List<String> largeFills() {
		return largeFills(upstream, start);
	}

	/**
	 * Returns the fills since the given time that the examples ask for, oldest first.
	 */
	static List<String> largeFills(SimulatedHyperTracker upstream, Instant start) {
		return upstream.fills()
			.stream()
			.filter((json) -> !Instant.parse(text(json, "time")).isBefore(start))
			.filter((json) -> Double.parseDouble(text(json, "px")) * Double.parseDouble(text(json, "sz")) >= 1_000)
			.toList();
	}

	private static String trade(String json) {
		return text(json, "time") + " " + text(json, "tid");
	}

	private static String text(String json, String name) {
		return json.replaceAll(".*\"" + name + "\": ?\"?([^\",}]*).*", "$1");
	}

}
