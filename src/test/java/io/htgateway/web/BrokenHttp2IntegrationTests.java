package io.htgateway.web;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that break HTTP/2: their connection ends, and the log and other clients do not
 * notice.
 */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class BrokenHttp2IntegrationTests {

	private static final String RISK = "/api/external/11/assets/liquidation-risk?limit=5";

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@EnumSource(Http2Attack.class)
	void connectionWhenBrokenEndsQuietly(Http2Attack attack, CapturedOutput output) {
		attack(attack, () -> Http2Client.on(RawClient.of(gateway)), output);
	}

	@ParameterizedTest
	@EnumSource(Http2Attack.class)
	void connectionWhenUpgradedAndBrokenEndsQuietly(Http2Attack attack, CapturedOutput output) {
		attack(attack, () -> Http2Client.upgraded(RawClient.of(gateway), RISK), output);
	}

	private void attack(Http2Attack attack, Supplier<Http2Client> connection, CapturedOutput output) {
		int before = output.length();
		try (Http2Client bystander = Http2Client.on(RawClient.of(gateway))) {
			try (Http2Client client = connection.get()) {
				try {
					client.send(attack.bytes());
				}
				catch (UncheckedIOException closed) {
					// Sooner than all was sent.
				}
				List<Http2Client.Frame> frames = client.readToEnd();
				assertThat(frames).anyMatch((frame) -> frame.type() == Http2Client.GOAWAY);
			}
			bystander.request(1, Http2Client.get(RISK));
			assertThat(bystander.answer(1).status()).isEqualTo(200);
		}
		String log = output.toString().substring(before);
		assertThat(log.lines().filter((line) -> !line.contains("io.htgateway.access"))).hasSizeLessThanOrEqualTo(1);
		assertThat(log).doesNotContain(Http2Attack.TOKEN);
	}

}
