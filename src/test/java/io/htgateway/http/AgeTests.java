package io.htgateway.http;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Age}.
 */
class AgeTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | 0
			7 | 7
			' 7 ' | 7
			5, 7 | 5
			5,x | 5
			x, 7 | 0
			, 7 | 0
			-1 | 0
			1.5 | 0
			'' | 0
			2147483649 | 2147483648
			99999999999999999999 | 2147483648
			""")
	void ofWhenHeaderIsGivenIsItsFirstNumber(String header, long seconds) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Age", header);

		assertThat(Age.of(headers)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@Test
	void ofWhenThereAreSeveralHeadersIsTheFirst() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Age", "5");
		headers.add("Age", "7");

		assertThat(Age.of(headers)).isEqualTo(Duration.ofSeconds(5));
		assertThat(Age.of(new HttpHeaders())).isZero();
	}

}
