package io.htgateway.testing;

import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks for hits on both their ways: through the controller, and replayed before it. Only
 * the first is seen by the framework.
 */
public record Ways(Gateway gateway, SeenRequests seen) {

	private static final String[] LONG = { "Accept", "application/json;q=0.9" };

	/**
	 * The response of the controller, which is remembered for the other way.
	 */
	public Gateway.Response longWay(String method, String target, String... headers) {
		int before = seen.count();
		String[] all = Stream.concat(Arrays.stream(headers), Arrays.stream(LONG)).toArray(String[]::new);
		Gateway.Response response = gateway.send(method, target, all).join();
		assertThat(seen.count()).as("requests that the framework saw").isEqualTo(before + 1);
		return response;
	}

	/**
	 * The response that is replayed.
	 */
	public Gateway.Response shortWay(String method, String target, String... headers) {
		int before = seen.count();
		Gateway.Response response = gateway.send(method, target, headers).join();
		assertThat(seen.count()).as("requests that the framework saw").isEqualTo(before);
		return response;
	}

	/**
	 * The response that both ways give to a request. It is replayed twice: the second
	 * request on a connection may be answered before it is decoded.
	 */
	public Gateway.Response both(String method, String target, String... headers) {
		Gateway.Response first = longWay(method, target, headers);
		Gateway.Response second = shortWay(method, target, headers);
		assertThat(second.status()).isEqualTo(first.status());
		assertThat(second.headers()).isEqualTo(first.headers());
		assertThat(second.body()).isEqualTo(first.body());
		Gateway.Response repeated = shortWay(method, target, headers);
		assertThat(repeated.headers()).isEqualTo(first.headers());
		assertThat(repeated.body()).isEqualTo(first.body());
		return first;
	}

	public Gateway.Response get(String target, String... headers) {
		return both("GET", target, headers);
	}

}
