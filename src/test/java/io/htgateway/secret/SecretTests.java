package io.htgateway.secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Secret}.
 */
class SecretTests {

	private static final String TEXT = "canary-key-5d1f";

	@ParameterizedTest
	@ValueSource(strings = { TEXT, " " + TEXT, TEXT + "\n", "\t" + TEXT + "\r\n", "\u2003" + TEXT })
	void revealWhenWhiteSpaceIsAroundTextIsTextAlone(String written) {
		assertThat(Secret.of(written).reveal()).isEqualTo(TEXT);
	}

	@Test
	void revealWhenWhiteSpaceIsWithinTextKeepsIt() {
		assertThat(Secret.of(" a b\nc ").reveal()).isEqualTo("a b\nc");
	}

	@ParameterizedTest
	@ValueSource(strings = { TEXT, "", "x", "******" })
	void toStringIsTheSameForEverySecret(String text) {
		Secret secret = Secret.of(text);

		assertThat(secret).hasToString("******");
		assertThat(secret.toString()).isEqualTo(String.valueOf(Secret.of("another")));
	}

	@Test
	void toStringWhenSecretIsInRecordIsMasked() {
		record Holder(String name, Secret secret) {
		}

		assertThat(new Holder("name", Secret.of(TEXT)).toString()).contains("name").doesNotContain(TEXT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\n", "\t\r\n " })
	void isEmptyWhenTextIsBlank(String text) {
		assertThat(Secret.of(text).isEmpty()).isTrue();
	}

	@Test
	void isEmptyWhenTextIsThereIsFalse() {
		assertThat(Secret.of("x").isEmpty()).isFalse();
	}

	@Test
	void equalsWhenTextIsTheSame() {
		assertThat(Secret.of(TEXT + "\n")).isEqualTo(Secret.of(TEXT)).hasSameHashCodeAs(Secret.of(TEXT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "canary-key-5d1", "canary-key-5d1f0", "CANARY-KEY-5D1F", "******" })
	void equalsWhenTextDiffersIsFalse(String other) {
		assertThat(Secret.of(TEXT)).isNotEqualTo(Secret.of(other));
	}

	@Test
	void equalsWhenOtherIsNoSecretIsFalse() {
		assertThat((Object) Secret.of(TEXT)).isNotEqualTo(TEXT).isNotEqualTo(null);
	}

}
