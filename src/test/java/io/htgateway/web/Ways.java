package io.htgateway.web;

import java.util.Arrays;
import java.util.stream.Stream;

import io.htgateway.testing.Gateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks for hits on both their ways: through the controller, and replayed before it.
 */
record Ways(Gateway gateway, Replays replays) {

	private static final String[] LONG = { "Accept", "application/json;q=0.9" };

	/**
	 * The response of the controller, which is remembered for the other way.
	 */
	Gateway.Response longWay(String method, String target, String... headers) {
		Replay before = replays.find(target);
		String[] all = Stream.concat(Arrays.stream(headers), Arrays.stream(LONG)).toArray(String[]::new);
		Gateway.Response response = gateway.send(method, target, all).join();
		assertThat(replays.find(target)).as("remembered anew").isNotNull().isNotSameAs(before);
		return response;
	}

	/**
	 * The response that is replayed.
	 */
	Gateway.Response shortWay(String method, String target, String... headers) {
		Replay before = replays.find(target);
		Gateway.Response response = gateway.send(method, target, headers).join();
		assertThat(before).as("remembered").isNotNull();
		assertThat(replays.find(target)).as("not remembered anew").isSameAs(before);
		return response;
	}

	/**
	 * The response that both ways give to a request.
	 */
	Gateway.Response both(String method, String target, String... headers) {
		Gateway.Response first = longWay(method, target, headers);
		Gateway.Response second = shortWay(method, target, headers);
		assertThat(second.status()).isEqualTo(first.status());
		assertThat(second.headers()).isEqualTo(first.headers());
		assertThat(second.body()).isEqualTo(first.body());
		return first;
	}

	Gateway.Response get(String target, String... headers) {
		return both("GET", target, headers);
	}

}
