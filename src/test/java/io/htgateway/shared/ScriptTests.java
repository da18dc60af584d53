package io.htgateway.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Script}.
 */
class ScriptTests {

	@Test
	void namedHasTheDigestThatRedisUses() throws Exception {
		Script script = Script.named("time");

		byte[] digest = MessageDigest.getInstance("SHA-1").digest(script.text().getBytes(StandardCharsets.UTF_8));
		assertThat(script.sha1()).isEqualTo(HexFormat.of().formatHex(digest));
	}

}
