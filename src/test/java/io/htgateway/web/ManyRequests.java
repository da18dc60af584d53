package io.htgateway.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many concurrent requests of one client.
 */
final class ManyRequests {

	private ManyRequests() {
	}

	/**
	 * Sends the requests together, and asserts that each gets 200 and the same bytes.
	 */
	static void send(HttpClient client, URI target, int requests) {
		HttpRequest request = HttpRequest.newBuilder(target).build();
		List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, requests)
			.mapToObj((index) -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
			.toList();
		assertThat(all).extracting((response) -> response.join().statusCode()).containsOnly(200);
		assertThat(all).extracting((response) -> response.join().body()).containsOnly(all.getFirst().join().body());
	}

}
