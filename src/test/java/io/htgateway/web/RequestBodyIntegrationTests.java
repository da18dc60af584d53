package io.htgateway.web;

import java.io.UncheckedIOException;

import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import io.htgateway.testing.platform.SecurityTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request bodies, which no endpoint uses.
 */
@SecurityTest
@GatewayTest
class RequestBodyIntegrationTests {

	private static final String RISK = "/api/external/14/assets/liquidation-risk?limit=5";

	private static final String CHUNK = "4000\r\n" + "x".repeat(0x4000) + "\r\n";

	/**
	 * More chunks than the buffers of both ends can hold.
	 */
	private static final int MANY = 4096;

	@Autowired
	private Gateway gateway;

	@ParameterizedTest
	@CsvSource({ "POST, false, 405", "DELETE, false, 405", "GET, false, 200", "POST, true, 415" })
	void connectionWhenBodyGoesOnAfterTheAnswerIsClosed(String method, boolean management, int status) {
		String target = management ? "/actuator/gateway" : RISK;
		try (RawClient client = RawClient.to(management ? gateway.managementPort() : gateway.port())) {
			client.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 " + status + " ");

			assertThat(accepted(client)).isLessThan(MANY);
			assertThat(client.readToEnd()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "POST, 405", "GET, 200" })
	void requestWhenBodyIsSaidToBeLongIsAnsweredAndConnectionClosed(String method, int status) {
		try (RawClient client = RawClient.of(gateway)) {
			client.send(method + " " + RISK + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");

			assertThat(client.read()).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("connection: close");
			assertThat(accepted(client)).isLessThan(MANY);
		}
	}

	@Test
	void requestWhenBodyIsShortLeavesConnectionInUse() {
		try (RawClient client = RawClient.of(gateway)) {
			for (int time = 0; time < 3; time++) {
				client.send("POST " + RISK + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
						+ CHUNK.repeat(4) + "0\r\n\r\n");
				assertThat(client.read()).startsWith("HTTP/1.1 405 ");
			}
			client.send("GET " + RISK + " HTTP/1.1\r\nHost: a\r\n\r\n");
			assertThat(client.read()).startsWith("HTTP/1.1 200 ");
		}
	}

	/**
	 * Returns how many chunks can be sent until the connection is closed.
	 */
	private static int accepted(RawClient client) {
		int chunks = 0;
		try {
			while (chunks < MANY) {
				client.send(CHUNK);
				chunks++;
			}
		}
		catch (UncheckedIOException closed) {
			// The connection is closed, as expected.
		}
		return chunks;
	}

}
