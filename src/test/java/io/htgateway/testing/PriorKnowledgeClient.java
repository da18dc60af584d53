package io.htgateway.testing;

import java.time.Duration;
import java.util.Objects;

import io.netty.handler.codec.http.HttpMethod;
import org.springframework.http.HttpHeaders;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;

/**
 * A client that speaks only HTTP/2, without TLS.
 */
public final class PriorKnowledgeClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient client;

	private PriorKnowledgeClient(HttpClient client) {
		this.client = client;
	}

	/**
	 * Returns a client with connections of its own.
	 */
	public static PriorKnowledgeClient of(Gateway gateway) {
		return new PriorKnowledgeClient(
				HttpClient.newConnection().protocol(HttpProtocol.H2C).baseUrl("http://127.0.0.1:" + gateway.port()));
	}

	/**
	 * The response to a request without a body.
	 * @param headers names and values, which alternate
	 */
	public Gateway.Response send(String method, String target, String... headers) {
		return Objects.requireNonNull(client.headers((all) -> {
			for (int index = 0; index < headers.length; index += 2) {
				all.add(headers[index], headers[index + 1]);
			}
		})
			.request(HttpMethod.valueOf(method))
			.uri(target)
			.responseSingle((response, body) -> body.asByteArray().defaultIfEmpty(new byte[0]).map((bytes) -> {
				HttpHeaders received = new HttpHeaders();
				response.responseHeaders().forEach((header) -> received.add(header.getKey(), header.getValue()));
				received.remove("x-http2-stream-id");
				return new Gateway.Response(response.status().code(), received, bytes);
			}))
			.block(TIMEOUT));
	}

}
