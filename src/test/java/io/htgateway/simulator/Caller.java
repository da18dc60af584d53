package io.htgateway.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;

/**
 * A simulator under test with a clock and one client, which follows no redirect.
 */
final class Caller implements AutoCloseable {

	private static final Instant START = Instant.parse("2026-11-02T10:02:30Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(START);

	final SimulatedHyperTracker upstream = SimulatedHyperTracker.start(Options.forTests(this.now::get));

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	/**
	 * Sets the clock to a time after the start.
	 */
	void at(Duration sinceStart) {
		this.now.set(START.plus(sinceStart));
	}

	/**
	 * Forgets what a test has done.
	 */
	void reset() {
		at(Duration.ZERO);
		this.upstream.reset();
	}

	/**
	 * Calls the API with its key.
	 */
	HttpResponse<byte[]> api(String path) throws IOException, InterruptedException {
		return get(URI.create(this.upstream.apiBaseUrl() + "/api/external" + path), "Authorization",
				"Bearer " + this.upstream.key());
	}

	HttpResponse<byte[]> get(URI uri, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	static String text(HttpResponse<byte[]> response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	static byte[] gunzip(byte[] bytes) throws IOException {
		try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return stream.readAllBytes();
		}
	}

	@Override
	public void close() {
		this.client.close();
		this.upstream.close();
	}

}
