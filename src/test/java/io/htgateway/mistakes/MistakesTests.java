package io.htgateway.mistakes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what the gateway says to each mistake of an operator with the file that
 * describes the mistake. <code>-Dmistakes.write=true</code> writes the files.
 */
@Tag("mistakes")
@ExtendWith(OutputCaptureExtension.class)
class MistakesTests {

	private static final Path FILES = Path.of("src/test/resources/mistakes");

	@ParameterizedTest
	@MethodSource("mistakes")
	void startWithAMistakeSaysWhatIsWrongAndWhatIsRight(Mistake mistake, @TempDir Path directory, CapturedOutput output)
			throws IOException, InterruptedException {
		String text;
		try (Start start = new Start(mistake, directory)) {
			text = start.text(output::toString);
		}

		if (Boolean.getBoolean("mistakes.write")) {
			mistake.write(text);
			return;
		}
		assertThat(text).isEqualTo(mistake.answer()).doesNotContain("\tat ", "canary", "5d1f", "Caused by");
	}

	static List<Mistake> mistakes() {
		String only = System.getProperty("mistakes.only", ".*");
		return Mistake.allIn(FILES).stream().filter((mistake) -> mistake.toString().matches(only)).toList();
	}

	@Test
	void mistakesAreAtLeastThirtyEight() {
		assertThat(Mistake.allIn(FILES)).hasSizeGreaterThanOrEqualTo(38);
	}

}
