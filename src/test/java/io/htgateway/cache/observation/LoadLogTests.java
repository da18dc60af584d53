package io.htgateway.cache.observation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.htgateway.cache.store.CacheKey;
import io.htgateway.cache.store.Subject;
import io.htgateway.testing.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LoadLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class LoadLogTests {

	private static final Instant START = Instant.parse("2026-11-02T10:00:00Z");

	private static final CacheKey KEY = new CacheKey() {
		@Override
		public String text() {
			return toString();
		}

		@Override
		public String toString() {
			return "key";
		}
	};

	private final LoadLog log = new LoadLog(LoadFault.Reader.NONE);

	@Test
	void failuresAreOneLineAndSuccessAfterHalfAMinuteAnother(CapturedOutput output) {
		for (int second = 0; second < 100; second++) {
			fail(LoadFailure.FAILED, second);
		}
		log.succeeded(at(129));
		log.succeeded(at(130));
		log.succeeded(at(131));

		assertThat(lines(output)).satisfiesExactly(
				(fails) -> assertThat(fails).contains("WARN",
						"Loads fail; stored responses are served where possible, and the gateway retries: endpoint=",
						" cause=\"IOException\""),
				(succeeds) -> assertThat(succeeds).contains("INFO", "Loads succeed again: failed=100 seconds=99"));
	}

	@Test
	void failuresBetweenSuccessesAreOneLine(CapturedOutput output) {
		for (int second = 0; second < 1_000; second++) {
			fail(LoadFailure.FAILED, second);
			log.succeeded(at(second));
		}

		assertThat(lines(output)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILED")
	void failuresThatAreLoggedElsewhereAreNoLine(LoadFailure kind, CapturedOutput output) {
		fail(kind, 0);
		log.succeeded(at(100));

		assertThat(lines(output)).isEmpty();
	}

	@Test
	void successWhileOthersAreRefusedIsNoLine(CapturedOutput output) {
		fail(LoadFailure.FAILED, 0);
		fail(LoadFailure.REFUSED, 25);
		fail(LoadFailure.REJECTED, 50);
		log.succeeded(at(50));
		assertThat(lines(output)).hasSize(1);
		log.succeeded(at(56));

		assertThat(lines(output)).hasSize(2).last().asString().contains("failed=1 ");
	}

	@Test
	void otherEndpointHostAndCauseInAnEpisodeAreOneLineEach(CapturedOutput output) {
		LoadLog faults = new LoadLog((failure) -> new LoadFault(failure.getMessage(), 443, "it failed"));
		for (int second = 0; second < 3; second++) {
			for (String endpoint : List.of("fills", "heatmap")) {
				fail(faults, endpoint, "upstream.test", second);
				fail(faults, endpoint, "store.test", second);
			}
		}
		faults.succeeded(at(60));
		fail(faults, "fills", "store.test", 61);

		assertThat(lines(output)).hasSize(6).satisfies((lines) -> {
			for (int line : new int[] { 0, 1, 2, 3, 5 }) {
				assertThat(lines.get(line)).contains("WARN", "Loads fail; stored responses are served where possible");
			}
			assertThat(lines.get(1)).contains("endpoint=fills host=store.test port=443 cause=\"it failed\"");
			assertThat(lines.get(2)).contains("endpoint=heatmap host=upstream.test");
			assertThat(lines.get(4)).contains("INFO", "failed=12 ");
		});
	}

	@Test
	void otherCausesInAnEpisodeAreAtMostTwentyLines(CapturedOutput output) {
		LoadLog faults = new LoadLog((failure) -> new LoadFault(failure.getMessage(), 443, "it failed"));
		for (int host = 0; host < 100; host++) {
			fail(faults, "heatmap", "store-" + host + ".test", host);
		}
		faults.succeeded(at(200));

		assertThat(lines(output)).hasSize(21);
	}

	private static void fail(LoadLog log, String endpoint, String host, int second) {
		log.failed(new CacheKey() {
			@Override
			public String text() {
				return endpoint;
			}

			@Override
			public Subject subject() {
				return new Subject(endpoint, Map.of());
			}
		}, LoadFailure.FAILED, new IllegalStateException(host), at(second));
	}

	private void fail(LoadFailure kind, int second) {
		log.failed(KEY, kind, new IllegalStateException("down", new IOException("secret")), at(second));
	}

	private static Instant at(int second) {
		return START.plus(Duration.ofSeconds(second));
	}

	private static List<String> lines(CapturedOutput output) {
		return LogLines.of(LoadLog.class, output).stream().filter((line) -> !line.contains("DEBUG")).toList();
	}

}
