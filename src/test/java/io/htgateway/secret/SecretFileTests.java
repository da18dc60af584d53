package io.htgateway.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link SecretFile}, whose values are numbers here.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretFileTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final int MAX_SIZE = 20;

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Integer> applied = new ArrayList<>();

	private MountedSecret mounted;

	private SecretFile<Integer> file;

	@BeforeEach
	void watch(@TempDir Path directory) {
		mounted = new MountedSecret(directory, "5151\n");
		file = read(mounted.path());
		file.onChange((value) -> () -> applied.add(value));
		file.watch(time);
	}

	@AfterEach
	void stop() {
		file.close();
		time.dispose();
	}

	@Test
	void valueWhenFileIsReplacedIsNewWithinTenSeconds(CapturedOutput output) {
		assertThat(file.value()).isEqualTo(5151);
		mounted.replace("6262");
		assertThat(file.value()).isEqualTo(5151);
		time.advanceTimeBy(LIMIT);

		assertThat(file.value()).isEqualTo(6262);
		assertThat(applied).containsExactly(6262);
		assertThat(lines(output)).hasSize(1)
			.first()
			.asString()
			.contains("INFO", "File changed; its new content is in use: property=gateway.secret file=" + mounted.path())
			.doesNotContain("6262");
	}

	@Test
	void valueWhenFileStaysIsNotReadAgain(CapturedOutput output) {
		mounted.replace(" 5151 ");
		time.advanceTimeBy(LIMIT.multipliedBy(100));

		assertThat(applied).isEmpty();
		assertThat(lines(output)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("badContents")
	void valueWhenNewFileIsBadStaysAndIsLoggedOnce(String content, String reason, CapturedOutput output) {
		mounted.replace(content.getBytes(StandardCharsets.ISO_8859_1));
		time.advanceTimeBy(LIMIT.multipliedBy(100));

		assertThat(file.value()).isEqualTo(5151);
		assertThat(applied).isEmpty();
		assertThat(lines(output)).hasSize(1)
			.first()
			.asString()
			.contains("ERROR",
					"File unusable; its previous content stays in use: property=gateway.secret file=" + mounted.path()
							+ " reason=\"" + reason + "\"")
			.doesNotContain("canary");
	}

	static Stream<Arguments> badContents() {
		return Stream.of(Arguments.of("", "is empty"), Arguments.of("\n \n", "is empty"),
				Arguments.of("1".repeat(MAX_SIZE + 1), "is larger than 20 bytes"),
				Arguments.of("5\u00ff", "is not text in UTF-8"), Arguments.of("-1", "is negative"),
				Arguments.of("canary", "cannot be used (NumberFormatException)"));
	}

	@Test
	void valueWhenFileIsGoneForAWhileStays(CapturedOutput output) {
		mounted.remove();
		time.advanceTimeBy(LIMIT.multipliedBy(3));
		mounted.replace("5151");
		time.advanceTimeBy(LIMIT.multipliedBy(3));

		assertThat(file.value()).isEqualTo(5151);
		assertThat(applied).isEmpty();
		assertThat(lines(output)).satisfiesExactly(
				(gone) -> assertThat(gone).contains("ERROR",
						"File unusable; its previous content stays in use: property=gateway.secret file="
								+ mounted.path() + " reason=\"is missing\""),
				(back) -> assertThat(back).contains("INFO",
						"File usable again; its content has not changed: property=gateway.secret file="
								+ mounted.path()));
	}

	@Test
	void valueWhenOneBadFileFollowsAnotherLogsBothAndThenTheGoodOne(CapturedOutput output) {
		for (String content : List.of("-1", "-2", "", "7373")) {
			mounted.replace(content);
			time.advanceTimeBy(LIMIT);
		}

		assertThat(file.value()).isEqualTo(7373);
		assertThat(applied).containsExactly(7373);
		assertThat(lines(output)).hasSize(4).filteredOn((line) -> line.contains("ERROR")).hasSize(3);
	}

	// All listeners have the same value, whichever listener fails, and when.
	@ParameterizedTest
	@MethodSource("failures")
	void valueWhenAListenerFailsStaysForAllUntilItSucceeds(boolean early, Throwable failure, CapturedOutput output) {
		AtomicBoolean failing = new AtomicBoolean(true);
		AtomicInteger before = new AtomicInteger(5151);
		AtomicInteger after = new AtomicInteger(5151);
		file.onChange((value) -> () -> before.set(value));
		file.onChange((value) -> fail(early && failing.get() && value == 6262, failure,
				() -> fail(failing.get() && value == 6262, failure, () -> {
				}).run()));
		file.onChange((value) -> () -> after.set(value));
		mounted.replace("6262");
		time.advanceTimeBy(LIMIT.multipliedBy(3));

		assertThat(file.value()).isEqualTo(5151);
		assertThat(before).hasValue(5151);
		assertThat(after).hasValue(5151);
		assertThat(lines(output)).hasSize(1)
			.first()
			.asString()
			.contains("ERROR", "File unusable; its previous content stays in use: ",
					" reason=\"cannot be used (" + failure.getClass().getSimpleName() + ")\"")
			.doesNotContain("canary");

		failing.set(false);
		time.advanceTimeBy(LIMIT);
		assertThat(file.value()).isEqualTo(6262);
		assertThat(before).hasValue(6262);
		assertThat(after).hasValue(6262);
		assertThat(lines(output)).hasSize(2).last().asString().contains("File changed; its new content is in use");
	}

	static Stream<Arguments> failures() {
		return Stream.of(true, false)
			.flatMap((early) -> Stream
				.of(new IllegalStateException("canary"), new StackOverflowError("canary"), new LinkageError("canary"))
				.map((failure) -> Arguments.of(early, failure)));
	}

	private static Runnable fail(boolean fails, Throwable failure, Runnable otherwise) {
		if (fails) {
			if (failure instanceof Error error) {
				throw error;
			}
			throw (RuntimeException) failure;
		}
		return otherwise;
	}

	@Test
	void valueWhenReadingFailsWithAnErrorIsReadAgain() {
		AtomicBoolean failing = new AtomicBoolean(true);
		file.close();
		file = SecretFile.read("gateway.secret", mounted.path(), MAX_SIZE, (content) -> {
			if (failing.get() && content.reveal().equals("6262")) {
				throw new StackOverflowError();
			}
			return number(content);
		});
		file.watch(time);
		mounted.replace("6262");
		time.advanceTimeBy(LIMIT);
		assertThat(file.value()).isEqualTo(5151);

		failing.set(false);
		time.advanceTimeBy(LIMIT);
		assertThat(file.value()).isEqualTo(6262);
	}

	@Test
	void readWhenFileIsUnusableFailsWithTheReason(@TempDir Path directory) {
		assertThatExceptionOfType(UnusableSecretException.class).isThrownBy(() -> read(directory.resolve("none")))
			.withMessage("is missing");
		assertThatExceptionOfType(UnusableSecretException.class).isThrownBy(() -> read(directory))
			.withMessage("is a directory: name a file in it "
					+ "(a container mount creates a directory if its source is missing)");
		assertThatExceptionOfType(UnusableSecretException.class).isThrownBy(() -> read(Path.of("/dev/null")))
			.withMessage("is not a regular file");
	}

	@Test
	void valueWhenClosedIsNotReadAgain() {
		file.close();
		mounted.replace("6262");
		time.advanceTimeBy(LIMIT);

		assertThat(file.value()).isEqualTo(5151);
	}

	private static Stream<String> lines(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains(SecretFile.class.getName()));
	}

	private static SecretFile<Integer> read(Path path) {
		return SecretFile.read("gateway.secret", path, MAX_SIZE, SecretFileTests::number);
	}

	private static Integer number(Secret content) {
		int number = Integer.parseInt(content.reveal());
		if (number < 0) {
			throw new UnusableSecretException("is negative");
		}
		return number;
	}

}
