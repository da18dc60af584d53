package io.htgateway.traffic;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link AccessLog}.
 */
class AccessLogTests {

	private static final AccessLine LINE = new AccessLine("5f2b8c1e-7",
			new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4711), "research", "GET", "/a\r\nb?secret=1",
			"/{a}", 200, Outcome.HIT, Duration.ofSeconds(42), 1_234_567);

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.htgateway.access");

	private final ListAppender<ILoggingEvent> written = new ListAppender<>();

	private final Counter dropped = new SimpleMeterRegistry().counter("dropped");

	@BeforeEach
	void listen() {
		written.start();
		logger.addAppender(written);
	}

	@AfterEach
	void stopListening() {
		logger.detachAppender(written);
	}

	@Test
	void closeWritesWhatIsPending() {
		write(true, false, 3);

		assertThat(written.list).hasSize(3)
			.first()
			.extracting(ILoggingEvent::getFormattedMessage)
			.isEqualTo(
					"requestId=5f2b8c1e-7 client=127.0.0.1 team=research method=GET path=/a%0D%0Ab route=/{a} status=200 outcome=hit"
							+ " age=42 durationMs=1.234");
	}

	@Test
	void flushReturnsWhenAllThatWasPendingIsWritten() {
		try (AccessLog log = new AccessLog(true, null, false, dropped)) {
			for (int line = 1; line <= 1000; line++) {
				log.write(LINE);
				log.flush();
				assertThat(written.list).hasSize(line);
			}
		}
	}

	@Test
	void writeWhenOffWritesNothing() {
		write(false, false, 3);

		assertThat(written.list).isEmpty();
	}

	@Test
	void writeWhenOutcomeIsNotLoggedWritesNothingAndTakesNoRoom() {
		Object unprintable = new Object() {
			@Override
			public String toString() {
				throw new IllegalStateException("formatted");
			}
		};
		try (AccessLog log = new AccessLog(true, EnumSet.of(Outcome.MISS), false, dropped)) {
			for (int line = 0; line < 100_007; line++) {
				log.write(new AccessLine(unprintable, null, null, "GET", "/", null, 200, Outcome.HIT, null, 1));
			}
			log.write(new AccessLine("1", null, null, "GET", "/", null, 200, Outcome.MISS, null, 1));
			log.write(new AccessLine("2", null, null, "GET", "/", null, 200, null, null, 1));
		}

		assertThat(written.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("requestId=1 ");
		assertThat(dropped.count()).isZero();
	}

	@ParameterizedTest
	@EnumSource(Outcome.class)
	void writesSaysWhichLinesAreOfUse(Outcome outcome) {
		try (AccessLog all = new AccessLog(true, null, false, dropped);
				AccessLog one = new AccessLog(true, EnumSet.of(outcome), false, dropped);
				AccessLog others = new AccessLog(true, EnumSet.complementOf(EnumSet.of(outcome)), false, dropped);
				AccessLog off = new AccessLog(false, EnumSet.of(outcome), false, dropped)) {
			assertThat(List.of(all.writes(outcome), one.writes(outcome), others.writes(outcome), off.writes(outcome)))
				.containsExactly(true, true, false, false);
			assertThat(List.of(all.writes(null), one.writes(null))).containsExactly(true, false);
		}
	}

	@Test
	void writeWhenTooMuchIsPendingDropsAndCountsIt() {
		AccessLog log = new AccessLog(true, null, false, dropped);
		log.close();
		int before = written.list.size();
		for (int line = 0; line < 100_007; line++) {
			log.write(LINE);
		}

		assertThat(dropped.count()).isEqualTo(7);
		assertThat(written.list).hasSize(before);
	}

	@Test
	void writeWhenALineCannotBeWrittenDropsAndCountsItAndGoesOn() {
		Object unprintable = new Object() {
			@Override
			public String toString() {
				throw new IllegalStateException("no text");
			}
		};
		try (AccessLog log = new AccessLog(true, null, false, dropped)) {
			log.write(new AccessLine(unprintable, null, null, "GET", "/", null, 200, null, null, 1));
			log.write(LINE);
		}

		assertThat(written.list.size()).isEqualTo(1);
		assertThat(dropped.count()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(classes = { StackOverflowError.class, OutOfMemoryError.class, LinkageError.class })
	void writeWhenALineFailsWithAnErrorGoesOnToWriteThoseThatFollow(Class<? extends Error> type) throws Exception {
		Error error = type.getConstructor().newInstance();
		Object unprintable = new Object() {
			@Override
			public String toString() {
				throw error;
			}
		};
		try (AccessLog log = new AccessLog(true, null, false, dropped)) {
			log.write(new AccessLine(unprintable, null, null, "GET", "/", null, 200, null, null, 1));
			Awaitility.await().untilAsserted(() -> assertThat(dropped.count()).isEqualTo(1));
			log.write(LINE);
			Awaitility.await().untilAsserted(() -> assertThat(written.list).hasSize(1));
		}
	}

	@Test
	void lineWhenTargetIsLongHoldsNoMoreOfItThanIsLogged() {
		AccessLine line = new AccessLine("1", null, null, "GET", "/" + "a".repeat(8_000), null, 200, null, null, 1);

		assertThat(line.target()).hasSizeLessThanOrEqualTo(1_024);
		assertThat(line.text()).contains(" path=/" + "a".repeat(255) + "... ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash", "gelf" })
	void writeWhenStructuredGivesFieldsOfJson(String format) {
		write(true, true, 1);

		JsonNode json = JsonMapper.shared().readTree(encoder(format).encode(written.list.getFirst()));

		assertThat(json.path("requestId").asString(json.path("_requestId").asString())).isEqualTo("5f2b8c1e-7");
		assertThat(json.toString()).contains("request", "path\":\"/a%0D%0Ab\"", "status\":200", "outcome\":\"hit\"",
				"age\":42", "durationMs\":1.234", "io.htgateway.access");
	}

	private void write(boolean enabled, boolean structured, int lines) {
		try (AccessLog log = new AccessLog(enabled, null, structured, dropped)) {
			for (int line = 0; line < lines; line++) {
				log.write(LINE);
			}
		}
	}

	private static StructuredLogEncoder encoder(String format) {
		LoggerContext context = new LoggerContext();
		context.putObject(Environment.class.getName(), new MockEnvironment());
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setContext(context);
		encoder.setFormat(format);
		encoder.start();
		return encoder;
	}

}
