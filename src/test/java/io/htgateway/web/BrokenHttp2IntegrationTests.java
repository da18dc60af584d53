package io.htgateway.web;

import java.util.Arrays;
import java.util.function.Supplier;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that violate HTTP/2: their connection ends, and neither the log nor other
 * clients suffer.
 */
@SecurityTest
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

	@Test
	void connectionsWhenManyAreBrokenAreLoggedInOneLine(CapturedOutput output) {
		int before = output.length();
		for (int time = 0; time < 50; time++) {
			try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
				client.send(Http2Attack.DATA_ON_CONNECTION.bytes());
				client.readToEnd();
			}
		}

		assertThat(Http2Attack.linesIn(output.toString().substring(before))).hasSizeLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { Http2Frames.SETTINGS, Http2Frames.PING, 2, 99 })
	void connectionWhenFloodedWithHousekeepingIsAnsweredOrEndsQuietly(int type, CapturedOutput output) {
		gateway.get(RISK);
		int before = output.length();
		byte[] payload = new byte[(type == Http2Frames.PING) ? 8 : (type == 2) ? 5 : 0];
		byte[][] flood = new byte[20_000][];
		Arrays.fill(flood, Http2Frames.frame(type, 0, (type == 2) ? 3 : 0, payload));
		try (Http2Client client = Http2Client.on(RawClient.of(gateway))) {
			Http2Attack.send(client, Http2Frames.join(flood));
			client.reset();
		}

		assertThat(gateway.get(RISK).status()).isEqualTo(200);
		assertThat(Http2Attack.linesIn(output.toString().substring(before))).isEmpty();
	}

	private void attack(Http2Attack attack, Supplier<Http2Client> connection, CapturedOutput output) {
		attack.run(connection, () -> Http2Client.on(RawClient.of(gateway)), RISK, output);
	}

}
