package io.htgateway.time;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link DoublingDelay}.
 */
class DoublingDelayTests {

	@ParameterizedTest
	@CsvSource({ "1, 3", "2, 6", "3, 12", "5, 48", "6, 60", "7, 60", "17, 60", "64, 60", "2147483647, 60" })
	void delayDoublesUpToItsMaximum(int attempts, long seconds) {
		DoublingDelay delay = new DoublingDelay(Duration.ofSeconds(3), Duration.ofSeconds(60));

		assertThat(delay.after(attempts)).hasSeconds(seconds);
	}

}
