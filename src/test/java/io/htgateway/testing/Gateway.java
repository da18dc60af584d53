package io.htgateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the running gateway that is not built on what the gateway is built on.
 *
 * @param port where clients are served
 * @param managementPort where actuator is served
 */
public record Gateway(int port, int managementPort) {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	/**
	 * Returns a client of the gateway that runs with the given environment.
	 */
	public static Gateway of(Environment environment) {
		return new Gateway(environment.getRequiredProperty("local.server.port", Integer.class),
				environment.getRequiredProperty("local.management.port", Integer.class));
	}

	/**
	 * A response as it came.
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Response(int status, HttpHeaders headers, byte[] body) {

		public String text() {
			return new String(body, StandardCharsets.UTF_8);
		}

		public JsonNode json() {
			return JsonMapper.shared().readTree(body);
		}

		/**
		 * The only value of a header.
		 */
		public String header(String name) {
			List<String> values = headers.getOrEmpty(name);
			if (values.size() != 1) {
				throw new AssertionError("expected one header " + name + ", found " + values);
			}
			return values.getFirst();
		}

		/**
		 * Status, headers and body as one text, to search it.
		 */
		public String everything() {
			return status + " " + headers + " " + text();
		}

	}

	public Response get(String target, String... headers) {
		return send("GET", target, headers).join();
	}

	public Response head(String target, String... headers) {
		return send("HEAD", target, headers).join();
	}

	public CompletableFuture<Response> send(String method, String target, String... headers) {
		return send(method, URI.create("http://127.0.0.1:" + port + target), headers);
	}

	/**
	 * Posts the given body.
	 */
	public CompletableFuture<Response> post(String target, String body, String... headers) {
		return send("POST", URI.create("http://127.0.0.1:" + port + target), HttpRequest.BodyPublishers.ofString(body),
				headers);
	}

	/**
	 * As many GET requests at once.
	 */
	public List<Response> getAll(int times, String target) {
		return sendAll(times, target).stream().map(CompletableFuture::join).toList();
	}

	/**
	 * Sends as many GET requests at once, whose responses are yet to come.
	 */
	public List<CompletableFuture<Response>> sendAll(int times, String target) {
		return IntStream.range(0, times).mapToObj((number) -> send("GET", target)).toList();
	}

	/**
	 * All that the gateway sends to a request of the given target, which goes out as it
	 * is written.
	 */
	public String raw(String method, String target) {
		String request = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
		try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Response actuator(String path) {
		return actuator("GET", path);
	}

	public Response actuator(String method, String path) {
		return send(method, URI.create("http://127.0.0.1:" + managementPort + "/actuator" + path)).join();
	}

	/**
	 * Requests the given path of the management port with the given headers.
	 */
	public Response actuatorWith(String path, String... headers) {
		return send("GET", URI.create("http://127.0.0.1:" + managementPort + "/actuator" + path), headers).join();
	}

	/**
	 * Sends a body to the management port.
	 */
	public Response actuatorPost(String path, String type, String body) {
		return send("POST", URI.create("http://127.0.0.1:" + managementPort + "/actuator" + path),
				HttpRequest.BodyPublishers.ofString(body), "Content-Type", type)
			.join();
	}

	private static CompletableFuture<Response> send(String method, URI uri, String... headers) {
		return send(method, uri, HttpRequest.BodyPublishers.noBody(), headers);
	}

	private static CompletableFuture<Response> send(String method, URI uri, HttpRequest.BodyPublisher body,
			String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).method(method, body);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()).thenApply((response) -> {
			HttpHeaders received = new HttpHeaders();
			response.headers().map().forEach(received::addAll);
			return new Response(response.statusCode(), received, response.body());
		});
	}

}
