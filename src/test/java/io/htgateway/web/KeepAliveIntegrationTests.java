package io.htgateway.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.htgateway.simulator.Endpoint;
import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that carry more than one request.
 */
@GatewayTest
class KeepAliveIntegrationTests {

	private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: ([0-9]+)\r\n");

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	// Reactor Netty before 1.3.8 stopped reading a connection on which a request had to
	// wait for the response before it.
	@Test
	void connectionWhenRequestsWereSentAheadOfResponsesStaysInUse() throws Exception {
		upstream.delay(Endpoint.RISK, Duration.ofMillis(200));
		String slow = request("/api/external/5/assets/liquidation-risk?limit=1");
		String fast = request("/api/external/5/assets/liquidation-risk?limit=0");
		try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port())) {
			socket.setSoTimeout(60_000);

			send(socket, slow + fast);
			assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
			assertThat(read(socket)).startsWith("HTTP/1.1 400 ");

			send(socket, slow);
			assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
		}
	}

	private static String request(String target) {
		return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String read(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			assertThat(next).as(head.toString()).isNotNegative();
			head.append((char) next);
		}
		Matcher length = LENGTH.matcher(head);
		assertThat(length.find()).as(head.toString()).isTrue();
		in.readNBytes(Integer.parseInt(length.group(1)));
		return head.toString();
	}

}
