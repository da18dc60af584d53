package io.htgateway.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests of what tests rely on: the key, the counts and replaced answers.
 */
class SimulatedHyperTrackerTests {

	private static final String RISK = "/5/assets/liquidation-risk";

	private static final Caller caller = new Caller();

	@AfterAll
	static void close() {
		caller.close();
	}

	@BeforeEach
	void reset() {
		caller.reset();
	}

	@Test
	void refusesWhenKeyIsMissingOrWrong() throws Exception {
		URI uri = URI.create(caller.upstream.apiBaseUrl() + "/api/external" + RISK);

		HttpResponse<byte[]> missing = caller.get(uri);
		HttpResponse<byte[]> wrong = caller.get(uri, "Authorization", "Bearer other");

		assertThat(List.of(missing.statusCode(), wrong.statusCode())).containsOnly(401);
		assertThat(Caller.text(missing)).isEqualTo("{\"statusCode\":401,\"message\":\"Unauthorized\"}");
	}

	@Test
	void countsEveryRequestAndKeepsItsHeaders() throws Exception {
		caller.api(RISK);
		caller.api(RISK + "?limit=501");
		caller.get(URI.create(caller.upstream.apiBaseUrl() + "/api/external" + RISK), "X-Test", "yes");
		caller.get(caller.upstream.storeBaseUrl().resolve("/anything"));

		assertThat(caller.upstream.calls(Endpoint.RISK)).isEqualTo(3);
		assertThat(caller.upstream.calls(Endpoint.DOWNLOAD)).isOne();
		assertThat(caller.upstream.calls(Endpoint.FILLS)).isZero();
		assertThat(caller.upstream.requests(Endpoint.RISK).get(1).getUrl()).endsWith("?limit=501");
		assertThat(caller.upstream.requests(Endpoint.RISK).getLast().getHeader("X-Test")).isEqualTo("yes");
	}

	@Test
	void replacesNextAnswersThenStandingOneUntilReset() throws Exception {
		caller.upstream.answer(Endpoint.RISK, WireMock.aResponse().withStatus(503));
		caller.upstream.answerNext(Endpoint.RISK, 2,
				WireMock.aResponse().withStatus(429).withHeader("Retry-After", "42").withBody("{}"));

		HttpResponse<byte[]> first = caller.api(RISK);

		assertThat(first.statusCode()).isEqualTo(429);
		assertThat(first.headers().firstValue("Retry-After")).contains("42");
		assertThat(statuses(3)).containsExactly(429, 503, 503);
		caller.upstream.reset();
		assertThat(caller.upstream.calls(Endpoint.RISK)).isZero();
		assertThat(statuses(1)).containsExactly(200);
	}

	@Test
	void breaksConnectionWhenAnswerIsFault() {
		caller.upstream.delay(Endpoint.RISK, Duration.ofMillis(1));
		caller.upstream.answer(Endpoint.RISK, WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

		assertThatIOException().isThrownBy(() -> caller.api(RISK));
		assertThat(caller.upstream.calls(Endpoint.RISK)).isPositive();
	}

	@Test
	void delaysAnswerWhenTold() throws Exception {
		caller.upstream.delay(Endpoint.RISK, Duration.ofMillis(150));

		long start = System.nanoTime();
		caller.api(RISK);

		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
	}

	@Test
	void answersAllWhenHundredsCallAtOnce() throws Exception {
		caller.upstream.delay(Endpoint.RISK, Duration.ofMillis(100));
		Callable<Integer> call = () -> caller.api(RISK).statusCode();

		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Integer>> calls = threads.invokeAll(IntStream.range(0, 300).mapToObj((index) -> call).toList());

			assertThat(calls).extracting(Future::resultNow).containsOnly(200);
		}
		assertThat(caller.upstream.calls(Endpoint.RISK)).isEqualTo(300);
	}

	@Test
	void answersNotFoundWhenPathIsUnknown() throws Exception {
		HttpResponse<byte[]> response = caller.api("/elsewhere");

		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(Caller.text(response)).contains("\"statusCode\":404");
	}

	private static List<Integer> statuses(int calls) throws IOException, InterruptedException {
		Integer[] statuses = new Integer[calls];
		for (int i = 0; i < calls; i++) {
			statuses[i] = caller.api(RISK).statusCode();
		}
		return List.of(statuses);
	}

}
