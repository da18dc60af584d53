package io.htgateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.htgateway.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link InterimResponses}.
 */
class InterimResponsesTests {

	@Test
	void responseWhenInterimOnesComeFirstIsTheFinalOne() {
		String interim = "HTTP/1.1 103 Early Hints\nlink: </a>\nx-hint: a\n\n";
		String head = interim + "HTTP/1.1 102 Processing\n\n" + interim + "HTTP/1.1 200 OK\nContent-Length: 4";
		try (ScriptedServer server = ScriptedServer.answering(head, "body".getBytes(StandardCharsets.UTF_8))) {
			String response = InterimResponses.dropFor(HttpClient.create())
				.get()
				.uri(server.uri())
				.responseSingle((last, body) -> body.asString()
					.map((text) -> last.status().code() + " " + last.responseHeaders().get("x-hint") + " " + text))
				.blockOptional(Duration.ofSeconds(10))
				.orElseThrow();

			assertThat(response).isEqualTo("200 null body");
		}
	}

}
