package io.htgateway.secret;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RotatingSecret}.
 */
class RotatingSecretTests {

	private final RotatingSecret secret = new RotatingSecret(Secret.of("canary-a"));

	@Test
	void getWhenReplacedIsTheNewOne() {
		secret.replace(Secret.of("canary-b"));

		assertThat(secret.get().reveal()).isEqualTo("canary-b");
	}

	@Test
	void maskInWhenReplacedMasksTheFormerOnesToo() {
		secret.replace(Secret.of("canary-b"));
		secret.replace(Secret.of("canary-a"));
		secret.replace(Secret.of("canary-c"));

		assertThat(secret.maskIn("a canary-a, canary-b; canary-c.")).isEqualTo("a ******, ******; ******.");
	}

	@Test
	void toStringDoesNotShowIt() {
		assertThat(secret).hasToString("******");
	}

}
