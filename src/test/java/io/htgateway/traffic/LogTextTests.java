package io.htgateway.traffic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LogText}.
 */
class LogTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "a\rb", "a\nb", "a\r\nstatus=200", "a\u001b[31mb", "a b", "a\tb", "a\u0000b", "a\u0085b",
			"a\u2028b", "a\u00e9b", "a\u007fb", "\ud83d\ude00" })
	void plainWhenTextHasMoreThanVisibleAsciiEncodesIt(String text) {
		assertThat(LogText.plain(text, 100)).matches("[!-~]+").contains("%");
	}

	@Test
	void plainWhenTextIsVisibleAsciiIsTheSame() {
		assertThat(LogText.plain("/api/a%0D%0Ab:c~d", 100)).isEqualTo("/api/a%0D%0Ab:c~d");
	}

	@Test
	void plainWhenTextIsTooLongIsCut() {
		assertThat(LogText.plain("abcdef", 3)).isEqualTo("abc...");
		assertThat(LogText.plain("\n\n\n\n\n\n", 6)).isEqualTo("%0A%0A...");
		assertThat(LogText.plain("abc", 3)).isEqualTo("abc");
	}

	@ParameterizedTest
	@CsvSource({ "/a/b?c=d, /a/b", "/a/b, /a/b", "/?x=http://y/z, /", "http://user:word@host/a?b, /a",
			"http://user:word@host, /", "http://user:word@host?b=/c, /", "http://host/, /", "*, *" })
	void pathOfTargetIsWithoutHostAndQuery(String target, String path) {
		assertThat(LogText.path(target)).isEqualTo(path);
	}

}
