package io.htgateway.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.htgateway.simulator.SimulatedHyperTracker;
import io.htgateway.testing.Gateway;
import io.htgateway.testing.GatewayTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams over HTTP/2 with prior knowledge, several on one connection.
 */
@GatewayTest
@TestPropertySource(properties = "gateway.stream.enabled=true")
class StreamHttp2IntegrationTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final ConnectionProvider connections = ConnectionProvider.create("streams", 1);

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Gateway gateway;

	@Autowired
	private SimulatedHyperTracker upstream;

	private StreamRuns runs;

	private Instant start;

	@BeforeEach
	void begin() {
		runs = StreamRuns.of(context);
		start = runs.now();
	}

	@AfterEach
	void closeConnections() {
		connections.dispose();
	}

	@Test
	void streamsOfOneConnectionReceiveEachFillOnce() {
		List<Received> streams = new ArrayList<>(List.of(open(HttpProtocol.H2C)));
		// The client uses the connection for others when it knows how many are allowed.
		runs.awaitListeners(1);
		Stream.generate(() -> open(HttpProtocol.H2C)).limit(19).forEach(streams::add);
		runs.awaitListeners(20);
		upstream.liquidate(1_200, start.plusSeconds(1), start.plusSeconds(50));

		runs.pass(MINUTE);

		List<String> fills = runs.fillsSince(start);
		for (Received stream : streams) {
			Awaitility.await().until(() -> stream.fills().size() >= fills.size());
			assertThat(stream.fills()).isEqualTo(fills);
			assertThat(stream.head()).isEqualTo("HTTP/2.0 200 text/event-stream");
		}
		streams.getFirst().close();
		runs.awaitListeners(19);
		streams.forEach(Received::close);
		runs.awaitListeners(0);
	}

	/**
	 * A minute without a fill: longer than a request may take, and than a connection may
	 * be idle.
	 */
	@Test
	@Tag("faults")
	void heartbeatsKeepStreamsOpen() {
		List<Received> streams = Stream.of(HttpProtocol.H2C, HttpProtocol.HTTP11).map(this::open).toList();
		runs.awaitListeners(2);

		for (Received stream : streams) {
			Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> stream.count(": heartbeat\n") >= 6);
		}

		upstream.liquidate(10, start.plusSeconds(1), start.plusSeconds(50));
		runs.pass(MINUTE);
		List<String> fills = runs.fillsSince(start);
		for (Received stream : streams) {
			Awaitility.await().until(() -> stream.fills().size() >= fills.size());
			assertThat(stream.fills()).isEqualTo(fills);
			stream.close();
		}
	}

	private Received open(HttpProtocol protocol) {
		StringBuffer body = new StringBuffer();
		StringBuffer head = new StringBuffer();
		Disposable stream = ((protocol == HttpProtocol.H2C) ? HttpClient.create(connections) : HttpClient.newConnection())
			.protocol(protocol)
			.get()
			.uri("http://127.0.0.1:" + gateway.port() + StreamClient.PATH)
			.response((response, content) -> {
				head.append(response.version())
					.append(' ')
					.append(response.status().code())
					.append(' ')
					.append(response.responseHeaders().get("Content-Type"));
				return content.asString();
			})
			.subscribe(body::append, (failure) -> body.append(failure));
		return new Received(stream, head, body);
	}

	/**
	 * What a stream has sent.
	 */
	private record Received(Disposable stream, StringBuffer headOfResponse, StringBuffer body) {

		String head() {
			return headOfResponse.toString();
		}

		List<String> fills() {
			return body.toString()
				.lines()
				.filter((line) -> line.startsWith("data: {"))
				.map((line) -> line.substring("data: ".length()))
				.toList();
		}

		long count(String text) {
			return body.toString().split(text, -1).length - 1L;
		}

		void close() {
			stream.dispose();
		}

	}

}
