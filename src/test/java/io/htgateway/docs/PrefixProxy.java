package io.htgateway.docs;

import java.net.URI;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A reverse proxy like an ingress. It strips a path prefix, sends the usual headers for
 * it, and forwards responses unchanged.
 *
 * @param server server of the proxy
 * @param prefix path prefix that it strips
 */
public record PrefixProxy(DisposableServer server, String prefix) implements AutoCloseable {

	public static PrefixProxy start(String prefix, int gateway) {
		HttpClient client = HttpClient.create().host("127.0.0.1").port(gateway);
		return new PrefixProxy(HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.uri().startsWith(prefix + "/")
					? forward(client, prefix, request, response) : response.sendNotFound().then())
			.bindNow(), prefix);
	}

	private static Mono<Void> forward(HttpClient client, String prefix, HttpServerRequest request,
			HttpServerResponse response) {
		return client.headers((headers) -> {
			request.requestHeaders().forEach((header) -> headers.add(header.getKey(), header.getValue()));
			headers.set("X-Forwarded-Prefix", prefix)
				.set("X-Forwarded-Proto", "https")
				.set("X-Forwarded-Host", "gateway.example");
		}).get().uri(request.uri().substring(prefix.length())).responseConnection((answer, connection) -> {
			response.status(answer.status()).headers(answer.responseHeaders());
			return response.send(connection.inbound().receive().retain()).then();
		}).then();
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + server.port() + prefix + path);
	}

	@Override
	public void close() {
		server.disposeNow();
	}

}
